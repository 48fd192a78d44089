import * as routes from '@liuhen/api/routes/case-file'
import type { FileDeps } from '../case-file/file-law.ts'
import { bind, type Binding } from '../http/binding.ts'
import { publishDisclosure } from './publish-disclosure.ts'
import { withdrawDisclosure } from './withdraw-disclosure.ts'

export const disclosureBindings = (deps: FileDeps): readonly Binding[] => [
  bind(routes.publishDisclosure, ({ command }, { params, body }) =>
    publishDisclosure(deps, { ...command, caseId: params.id }, body.documentId, body.reason),
  ),
  bind(routes.withdrawDisclosure, ({ command }, { params, body }) =>
    withdrawDisclosure(deps, { ...command, caseId: params.id }, body),
  ),
]
