import * as routes from '@liuhen/api/routes/cases'
import { myDuties as myDutiesRoute } from '@liuhen/api/routes/duties'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { bind, type Binding } from '../http/binding.ts'
import { beginStep, completeStep } from './carry-out-step.ts'
import { assignHandlers, excuseDuty, flagCase, nameParty, noteFact } from './change-case.ts'
import { getCase } from './get-case.ts'
import { listCases } from './list-cases.ts'
import { myDuties } from './my-duties.ts'
import { registerLead } from './register-lead.ts'
import { caseTimeline } from './timeline.ts'

export const caseBindings = (deps: CaseDeps): readonly Binding[] => [
  bind(routes.listCases, ({ actor }, { query }) => listCases(deps.store, actor, query)),
  bind(routes.getCase, ({ actor }, { params }) => getCase(deps, actor, params.id)),
  bind(routes.caseTimeline, ({ actor }, { params }) => caseTimeline(deps, actor, params.id)),
  bind(myDutiesRoute, ({ actor }, { query }) => myDuties(deps, actor, query.scope)),
  bind(routes.registerLead, ({ commandId, actor }, { body }) =>
    registerLead(deps, { commandId, actor }, body),
  ),
  bind(routes.nameParty, ({ command }, { params, body: { reason, ...party } }) =>
    nameParty(deps, { ...command, caseId: params.id }, party, reason),
  ),
  bind(routes.assignHandlers, ({ command }, { params, body }) =>
    assignHandlers(deps, { ...command, caseId: params.id }, body.personIds, body.reason),
  ),
  bind(routes.flagCase, ({ command }, { params, body }) =>
    flagCase(deps, { ...command, caseId: params.id }, body),
  ),
  bind(routes.beginStep, ({ command }, { params, body }) =>
    beginStep(deps, { ...command, caseId: params.id }, params.step, body),
  ),
  bind(routes.completeStep, ({ command }, { params, body }) =>
    completeStep(deps, { ...command, caseId: params.id }, params.step, body),
  ),
  bind(routes.noteFact, ({ command }, { params, body }) =>
    noteFact(deps, { ...command, caseId: params.id }, body),
  ),
  bind(routes.excuseDuty, ({ command }, { params, body }) =>
    excuseDuty(deps, { ...command, caseId: params.id }, body),
  ),
]
