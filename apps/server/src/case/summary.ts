import type { CaseRow } from '@liuhen/api/routes/cases'
import type { OpenCase } from '@liuhen/domain/case/state'
import type { Duty, Evaluation, StepView } from '@liuhen/law/evaluation'
import type { Instant } from '@liuhen/law/fact'
import type { CaseTerms } from '../case-stream/terms.ts'

/** `overdue` is a matter of the clock, not of the record: an open duty whose day has passed. */
export const dutyStateAt = (duty: Pick<Duty, 'state' | 'due'>, now: Instant): Duty['state'] =>
  duty.state === 'open' && duty.due !== undefined && Date.parse(duty.due) < Date.parse(now)
    ? 'overdue'
    : duty.state

export const isOwed = (duty: Pick<Duty, 'state'>): boolean =>
  duty.state === 'open' || duty.state === 'overdue'

/** Duties still owed, the earliest day first; those without a number in law come last. */
export const owedFirst = <D extends Pick<Duty, 'state' | 'due'>>(duties: readonly D[]): D[] =>
  duties
    .filter(isOwed)
    .toSorted(
      (a, b) =>
        (a.due === undefined ? Infinity : Date.parse(a.due)) -
        (b.due === undefined ? Infinity : Date.parse(b.due)),
    )

const current = (steps: readonly StepView[]): StepView | undefined =>
  steps.find((s) => s.status === 'begun') ??
  steps.find((s) => !s.optional && (s.status === 'possible' || s.status === 'blocked')) ??
  steps.findLast((s) => s.status === 'done')

/** The stage in which the case stands: of the step under way, else of the next that must be done. */
export const stageOf = (e: Evaluation, terms: CaseTerms): Readonly<{ id: string; name: string }> => {
  const id = current(e.steps)?.stage
  return terms.stages.find((s) => s.id === id) ?? terms.stages[0] ?? { id: '', name: '' }
}

/** A register stays open. Closed is a case: the step with which the procedure's last stage begins is done. What follows it belongs to the file. */
export const statusOf = (s: OpenCase, e: Evaluation, terms: CaseTerms): CaseRow['status'] => {
  if (s.register) return 'open'
  if (s.archive !== undefined) return 'archived'
  const last = terms.stages.at(-1)?.id
  const closing = e.steps.find((v) => v.stage === last && !v.optional)
  return closing?.status === 'done' ? 'closed' : 'open'
}

export type Summary = Omit<CaseRow, 'updatedAt' | 'nextDuty' | 'overdue'> & { handlerIds: string[] }

export const summarise = (
  id: string,
  s: OpenCase,
  e: Evaluation,
  terms: CaseTerms,
  openedAt: Instant,
): Summary => {
  const stage = stageOf(e, terms)
  return {
    id,
    leadNo: s.leadNo,
    ...(s.caseNo === undefined ? {} : { caseNo: s.caseNo }),
    title: s.title,
    ...(s.party === undefined ? {} : { party: s.party.name }),
    procedure: s.procedure,
    procedureName: terms.procedure.name,
    stage: stage.id,
    stageName: stage.name,
    status: statusOf(s, e, terms),
    handlers: s.handlers.map((h) => h.name ?? ''),
    handlerIds: s.handlers.map((h) => h.personId),
    openedAt,
  }
}
