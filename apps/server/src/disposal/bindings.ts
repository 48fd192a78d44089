import * as routes from '@liuhen/api/routes/disposals'
import { bind, type Binding, type Context } from '../http/binding.ts'
import type { BlobDeps } from '../blobs/put-blob.ts'
import type { CaseDeps } from '../case-stream/open-case.ts'
import type { DisposalCommand } from './act-on-disposal.ts'
import * as change from './change-disposal.ts'
import { getDisposal, listDisposals, openCertificate } from './get-disposal.ts'
import { listDue } from './list-due.ts'

const commandOf = (c: Context, batchId: string, route: Readonly<{ id: string }>): DisposalCommand => ({
  commandId: c.commandId,
  actor: c.actor,
  batchId,
  what: route.id,
})

export const disposalBindings = (deps: CaseDeps & Readonly<{ blobs: BlobDeps }>): readonly Binding[] => [
  bind(routes.listDisposals, (c) => listDisposals(deps, c.actor)),
  bind(routes.listDue, (c, { query }) => listDue(deps, c.actor, query)),
  bind(routes.getDisposal, (c, { params }) => getDisposal(deps, c.actor, params.id)),
  bind(routes.proposeDisposal, (c, { body }) =>
    change.proposeDisposal(deps, commandOf(c, '', routes.proposeDisposal), body),
  ),
  bind(routes.reviewDisposal, (c, { params, body }) =>
    change.reviewDisposal(deps, commandOf(c, params.id, routes.reviewDisposal), body),
  ),
  bind(routes.approveDisposal, (c, { params, body }) =>
    change.approveDisposal(deps, commandOf(c, params.id, routes.approveDisposal), body),
  ),
  bind(routes.rejectDisposal, (c, { params, body }) =>
    change.rejectDisposal(deps, commandOf(c, params.id, routes.rejectDisposal), body),
  ),
  bind(routes.objectToDisposal, (c, { params, body }) =>
    change.objectToDisposal(deps, commandOf(c, params.id, routes.objectToDisposal), body),
  ),
  bind(routes.orderDisposal, (c, { params, body }) =>
    change.orderDisposal(deps, commandOf(c, params.id, routes.orderDisposal), body),
  ),
  bind(routes.openDisposalCertificate, (c, { params }) => openCertificate(deps, c.actor, params.id)),
]
