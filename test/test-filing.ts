import { randomUUID } from 'node:crypto'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal, type Refusal } from '@liuhen/domain/refusal'
import { completeStep } from '../apps/server/src/case/carry-out-step.ts'
import { assignHandlers, nameParty } from '../apps/server/src/case/change-case.ts'
import { registerLead } from '../apps/server/src/case/register-lead.ts'
import type { CaseCommand, CaseDone } from '../apps/server/src/case-stream/act-on-case.ts'
import type { CaseDeps } from '../apps/server/src/case-stream/open-case.ts'
import {
  approveDocument,
  type Submission,
  submitDocument,
} from '../apps/server/src/document/change-document.ts'
import { getForm } from '../apps/server/src/document/get-form.ts'

/** Who carries a test's case as far as its filing. */
export type Crew = Readonly<{ officer: Actor; partner: Actor; head: Actor; chief: Actor }>

export const command = (actor: Actor, caseId: string, what = 'test'): CaseCommand => ({
  commandId: randomUUID(),
  actor,
  caseId,
  what,
})

/** A refusal fails the test that did not expect it. */
export const done = (outcome: CaseDone | Refusal): CaseDone => {
  if (isRefusal(outcome)) throw new Error(JSON.stringify(outcome.reasons))
  return outcome
}

export const LEAD = {
  procedure: 'penalty-ordinary',
  source: 'inspection' as const,
  receivedAt: '2026-03-02T08:30:00+08:00',
  title: '占用消防通道经营',
  summary: '巡查发现店铺占用消防通道堆放货物。',
  place: '走马岭大道12号',
}

export const registerTestCase = async (deps: CaseDeps, actor: Actor): Promise<string> => {
  const { id } = done(await registerLead(deps, { commandId: randomUUID(), actor }, LEAD))
  if (id === undefined) throw new Error('a lead has an id')
  return id
}

/** The form as it opens, with what an officer would add. */
export const filingForm = async (deps: CaseDeps, actor: Actor, caseId: string): Promise<Submission> => {
  const form = await getForm(deps, actor, { caseId, type: 'filing-approval', step: 'filing' })
  if (isRefusal(form)) throw new Error(JSON.stringify(form.reasons))
  const suspected = [{ title: '中华人民共和国消防法', article: '第二十八条' }]
  return {
    type: 'filing-approval',
    step: 'filing',
    data: { ...form.data, suspected, handlerOpinion: '建议立案。' },
  }
}

/** Lead, party, handlers, acceptance, and a filing that its handlers have submitted. */
export const submitTestFiling = async (
  deps: CaseDeps,
  { officer, partner }: Crew,
): Promise<{ caseId: string; documentId: string }> => {
  const caseId = await registerTestCase(deps, officer)
  const by = () => command(officer, caseId)
  done(await nameParty(deps, by(), { kind: 'person', name: '李某', address: '走马岭大道12号' }))
  done(await assignHandlers(deps, by(), [officer.personId ?? '', partner.personId ?? '']))
  done(await completeStep(deps, by(), 'lead', {}))
  done(await completeStep(deps, by(), 'acceptance', {}))
  const { id = '' } = done(await submitDocument(deps, by(), await filingForm(deps, officer, caseId)))
  return { caseId, documentId: id }
}

/** Approved by every rank, issued with its number, and the step completed. */
export const fileTestCase = async (
  deps: CaseDeps,
  crew: Crew,
): Promise<{ caseId: string; documentId: string }> => {
  const { caseId, documentId } = await submitTestFiling(deps, crew)
  done(await approveDocument(deps, command(crew.head, caseId), { documentId, opinion: '同意' }))
  done(await approveDocument(deps, command(crew.chief, caseId), { documentId, opinion: '同意立案' }))
  done(await completeStep(deps, command(crew.officer, caseId), 'filing', {}))
  return { caseId, documentId }
}
