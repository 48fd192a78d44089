import * as routes from '@liuhen/api/routes/case-file'
import { bind, type Binding } from '../http/binding.ts'
import { archiveCase } from './archive-case.ts'
import { assembleFile } from './assemble-file.ts'
import type { FileDeps } from './file-law.ts'
import { getFile } from './get-file.ts'

export const caseFileBindings = (deps: FileDeps): readonly Binding[] => [
  bind(routes.assembleFile, ({ commandId, actor }, { params, body }) =>
    assembleFile(deps, { commandId, actor, caseId: params.id, what: 'assembleFile' }, body.reason),
  ),
  bind(routes.getFile, ({ actor }, { params }) => getFile(deps, actor, params.id)),
  bind(routes.archiveCase, ({ commandId, actor }, { params, body }) =>
    archiveCase(deps, { commandId, actor, caseId: params.id, what: 'archiveCase' }, body.reason),
  ),
]
