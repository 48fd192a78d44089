import * as routes from '@liuhen/api/routes/case-file'
import type { FileDeps } from '../case-file/file-law.ts'
import { bind, type Binding } from '../http/binding.ts'
import { publishDisclosure } from './publish-disclosure.ts'
import { withdrawDisclosure } from './withdraw-disclosure.ts'

export const disclosureBindings = (deps: FileDeps): readonly Binding[] => [
  bind(routes.publishDisclosure, ({ commandId, actor }, { params, body }) =>
    publishDisclosure(
      deps,
      { commandId, actor, caseId: params.id, what: routes.publishDisclosure.id },
      body.documentId,
      body.reason,
    ),
  ),
  bind(routes.withdrawDisclosure, ({ commandId, actor }, { params, body }) =>
    withdrawDisclosure(
      deps,
      { commandId, actor, caseId: params.id, what: routes.withdrawDisclosure.id },
      body,
    ),
  ),
]
