import * as routes from '@liuhen/api/routes/derivatives'
import { bind, type Binding, type Context } from '../http/binding.ts'
import type { BlobDeps } from '../blobs/put-blob.ts'
import type { CaseDeps } from '../case-stream/open-case.ts'
import type { DerivativeCommand } from './act-on-derivative.ts'
import * as change from './change-derivative.ts'
import { listDerivatives } from './get-derivatives.ts'
import { openDerivative } from './open-derivative.ts'
import { openProof } from './open-proof.ts'
import { waitingDerivatives } from './waiting-derivatives.ts'

type Deps = CaseDeps &
  Readonly<{ blobs: BlobDeps; logFolder: string; vkey: (checkpoint: string) => Promise<string> }>

const commandOf = (c: Context, derivativeId: string, route: Readonly<{ id: string }>): DerivativeCommand => ({
  commandId: c.commandId,
  actor: c.actor,
  derivativeId,
  what: route.id,
})

export const derivativeBindings = (deps: Deps): readonly Binding[] => [
  bind(routes.listDerivatives, (c, { params }) => listDerivatives(deps, c.actor, params.id)),
  bind(routes.waitingDerivatives, (c) => waitingDerivatives(deps, c.actor)),
  bind(routes.requestDerivative, (c, { params, body }) =>
    change.requestDerivative(deps, commandOf(c, '', routes.requestDerivative), {
      ...body,
      recordingId: params.id,
    }),
  ),
  bind(routes.retryDerivative, (c, { params }) =>
    change.retryDerivative(deps, commandOf(c, params.id, routes.retryDerivative)),
  ),
  bind(routes.reviewDerivative, (c, { params, body }) =>
    change.reviewDerivative(deps, commandOf(c, params.id, routes.reviewDerivative), body),
  ),
  bind(routes.releaseDerivative, (c, { params, body }) =>
    change.releaseDerivative(deps, commandOf(c, params.id, routes.releaseDerivative), body),
  ),
  bind(routes.withdrawDerivative, (c, { params, body }) =>
    change.withdrawDerivative(deps, commandOf(c, params.id, routes.withdrawDerivative), body.reason),
  ),
  bind(routes.derivativeMedia, async (c, { params, query }) => {
    const asked = { id: params.id, range: c.header('range'), copy: query.copy === 'true', address: c.address }
    const answer = await openDerivative(deps, c.actor, asked)
    return 'refused' in answer ? answer : { ...answer, bytes: answer.stream ?? new Uint8Array() }
  }),
  bind(routes.derivativeProof, (c, { params, query }) =>
    openProof(deps, c.actor, {
      id: params.id,
      leftOut: query.chunks !== 'included',
      address: c.address,
    }),
  ),
]
