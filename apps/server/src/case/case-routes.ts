import * as routes from '@liuhen/api/routes/cases'
import { myDuties as myDutiesRoute } from '@liuhen/api/routes/duties'
import type { CaseCommand } from '../case-stream/act-on-case.ts'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { bind, type Binding, type Context } from '../http/binding.ts'
import { beginStep, completeStep } from './carry-out-step.ts'
import { assignHandlers, excuseDuty, flagCase, nameParty, noteFact } from './change-case.ts'
import { getCase } from './get-case.ts'
import { listCases } from './list-cases.ts'
import { myDuties } from './my-duties.ts'
import { registerLead } from './register-lead.ts'
import { caseTimeline } from './timeline.ts'

const commandOf = ({ commandId, actor }: Context, params: { id: string }, what: string): CaseCommand => ({
  commandId,
  actor,
  caseId: params.id,
  what,
})

export const caseBindings = (deps: CaseDeps): readonly Binding[] => [
  bind(routes.listCases, ({ actor }, { query }) => listCases(deps.store, actor, query)),
  bind(routes.getCase, ({ actor }, { params }) => getCase(deps, actor, params.id)),
  bind(routes.caseTimeline, ({ actor }, { params }) => caseTimeline(deps, actor, params.id)),
  bind(myDutiesRoute, ({ actor }, { query }) => myDuties(deps, actor, query.scope)),
  bind(routes.registerLead, ({ commandId, actor }, { body }) =>
    registerLead(deps, { commandId, actor }, body),
  ),
  bind(routes.nameParty, (c, { params, body: { reason, ...party } }) =>
    nameParty(deps, commandOf(c, params, 'nameParty'), party, reason),
  ),
  bind(routes.assignHandlers, (c, { params, body }) =>
    assignHandlers(deps, commandOf(c, params, 'assignHandlers'), body.personIds, body.reason),
  ),
  bind(routes.flagCase, (c, { params, body }) => flagCase(deps, commandOf(c, params, 'flagCase'), body)),
  bind(routes.beginStep, (c, { params, body }) =>
    beginStep(deps, commandOf(c, params, 'beginStep'), params.step, body),
  ),
  bind(routes.completeStep, (c, { params, body }) =>
    completeStep(deps, commandOf(c, params, 'completeStep'), params.step, body),
  ),
  bind(routes.noteFact, (c, { params, body }) => noteFact(deps, commandOf(c, params, 'noteFact'), body)),
  bind(routes.excuseDuty, (c, { params, body }) =>
    excuseDuty(deps, commandOf(c, params, 'excuseDuty'), body),
  ),
]
