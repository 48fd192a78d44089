import { publishDisclosure as route } from '@liuhen/api/routes/case-file'
import type { FileDeps } from '../case-file/file-law.ts'
import { bind, type Binding } from '../http/binding.ts'
import { publishDisclosure } from './publish-disclosure.ts'

export const disclosureBindings = (deps: FileDeps): readonly Binding[] => [
  bind(route, ({ commandId, actor }, { params, body }) =>
    publishDisclosure(deps, { commandId, actor, caseId: params.id, what: route.id }, body.documentId),
  ),
]
