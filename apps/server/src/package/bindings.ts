import * as routes from '@liuhen/api/routes/case-file'
import type { BlobStore } from '../blobs/blob-store.ts'
import { bind, type Binding } from '../http/binding.ts'
import { downloadPackage } from './download-package.ts'
import { type ExportDeps, exportPackage } from './export-package.ts'
import { remakePackage } from './remake-package.ts'

type Deps = ExportDeps & Readonly<{ blobs: BlobStore }>

export const packageBindings = (deps: Deps): readonly Binding[] => [
  bind(routes.exportPackage, ({ commandId, actor }, { params, body }) =>
    exportPackage(deps, { commandId, actor, caseId: params.id, what: 'exportPackage' }, body),
  ),
  bind(routes.remakePackage, ({ actor }, { params }) =>
    remakePackage(deps, actor, params.id, params.packageId),
  ),
  bind(routes.downloadPackage, ({ actor }, { params }) =>
    downloadPackage(deps, actor, params.id, params.packageId),
  ),
]
