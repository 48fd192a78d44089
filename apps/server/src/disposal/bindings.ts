import * as routes from '@liuhen/api/routes/disposals'
import { bind, type Binding } from '../http/binding.ts'
import type { BlobDeps } from '../blobs/put-blob.ts'
import type { CaseDeps } from '../case-stream/open-case.ts'
import * as change from './change-disposal.ts'
import { getDisposal, listDisposals, openCertificate } from './get-disposal.ts'
import { listDue } from './list-due.ts'

export const disposalBindings = (deps: CaseDeps & Readonly<{ blobs: BlobDeps }>): readonly Binding[] => [
  bind(routes.listDisposals, (c) => listDisposals(deps, c.actor)),
  bind(routes.listDue, (c, { query }) => listDue(deps, c.actor, query)),
  bind(routes.getDisposal, (c, { params }) => getDisposal(deps, c.actor, params.id)),
  bind(routes.proposeDisposal, ({ command }, { body }) => change.proposeDisposal(deps, command, body)),
  bind(routes.reviewDisposal, ({ command }, { params, body }) =>
    change.reviewDisposal(deps, { ...command, batchId: params.id }, body),
  ),
  bind(routes.approveDisposal, ({ command }, { params, body }) =>
    change.approveDisposal(deps, { ...command, batchId: params.id }, body),
  ),
  bind(routes.rejectDisposal, ({ command }, { params, body }) =>
    change.rejectDisposal(deps, { ...command, batchId: params.id }, body),
  ),
  bind(routes.objectToDisposal, ({ command }, { params, body }) =>
    change.objectToDisposal(deps, { ...command, batchId: params.id }, body),
  ),
  bind(routes.orderDisposal, ({ command }, { params, body }) =>
    change.orderDisposal(deps, { ...command, batchId: params.id }, body),
  ),
  bind(routes.openDisposalCertificate, (c, { params }) => openCertificate(deps, c.actor, params.id)),
]
