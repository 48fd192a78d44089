import * as routes from '@liuhen/api/routes/derivatives'
import { bind, type Binding } from '../http/binding.ts'
import type { BlobDeps } from '../blobs/put-blob.ts'
import type { CaseDeps } from '../case-stream/open-case.ts'
import * as change from './change-derivative.ts'
import { listDerivatives } from './get-derivatives.ts'
import { openDerivative } from './open-derivative.ts'
import { openProof } from './open-proof.ts'
import { waitingDerivatives } from './waiting-derivatives.ts'

type Deps = CaseDeps &
  Readonly<{ blobs: BlobDeps; logFolder: string; vkey: (checkpoint: string) => Promise<string> }>

export const derivativeBindings = (deps: Deps): readonly Binding[] => [
  bind(routes.listDerivatives, (c, { params }) => listDerivatives(deps, c.actor, params.id)),
  bind(routes.waitingDerivatives, (c) => waitingDerivatives(deps, c.actor)),
  bind(routes.requestDerivative, ({ command }, { params, body }) =>
    change.requestDerivative(deps, command, {
      ...body,
      recordingId: params.id,
    }),
  ),
  bind(routes.retryDerivative, ({ command }, { params }) =>
    change.retryDerivative(deps, { ...command, derivativeId: params.id }),
  ),
  bind(routes.reviewDerivative, ({ command }, { params, body }) =>
    change.reviewDerivative(deps, { ...command, derivativeId: params.id }, body),
  ),
  bind(routes.releaseDerivative, ({ command }, { params, body }) =>
    change.releaseDerivative(deps, { ...command, derivativeId: params.id }, body),
  ),
  bind(routes.withdrawDerivative, ({ command }, { params, body }) =>
    change.withdrawDerivative(deps, { ...command, derivativeId: params.id }, body.reason),
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
