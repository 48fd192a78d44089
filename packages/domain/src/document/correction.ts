import type { StepView } from '@liuhen/law/evaluation'
import { type Can, canCarryOutStep } from '../case/can.ts'
import type { CaseContext } from '../case/context.ts'
import type { CaseEvent, CaseEventOf } from '../case/events.ts'
import { factsOf } from '../case/facts.ts'
import { judge } from '../case/gate.ts'
import type { Decided } from '../case/open.ts'
import { type CaseState, evolveCase, type OpenCase, personOf } from '../case/state.ts'
import type { Actor } from '../event.ts'
import { type Refusal, refuse } from '../refusal.ts'
import { changesField, differencesOf } from './differences.ts'
import type { FormData } from './form-data.ts'
import type { DocumentState } from './state.ts'

type Place = Pick<StepView, 'id' | 'corrects' | 'by' | 'status'>

/** The step in which this case's papers are corrected, where a text gives the case one. */
export const correctionStep = <S extends Place>(steps: readonly S[]): S | undefined =>
  steps.find((step) => step.corrects !== undefined)

/** The paper whose place this one is to take: one of its own kind, written where papers are corrected. */
export const correctedBy = (
  s: OpenCase,
  p: Readonly<{ type: string; about?: string | undefined; documentId?: string | undefined }>,
  view: Pick<StepView, 'corrects'>,
): DocumentState | undefined => {
  if (view.corrects === undefined) return undefined
  const again = p.documentId === undefined ? undefined : s.documents[p.documentId]
  const original = s.documents[p.about ?? again?.about ?? '']
  return original?.type === p.type ? original : undefined
}

/** A correction of this paper that is written and has no effect yet. */
export const pendingCorrection = (s: OpenCase, documentId: string): DocumentState | undefined =>
  Object.values(s.documents).find(
    (d) => d.corrects === true && d.about === documentId && d.status !== 'voided' && !hasEffect(s, d),
  )

/** Whether a correction has taken the place of the paper that it is about. */
export const hasEffect = (s: OpenCase, doc: DocumentState): boolean =>
  doc.about !== undefined && s.documents[doc.about]?.corrected?.by === doc.id

/** Why this paper is not the one that says what holds: another took its place, or it has not yet taken another's. */
export const notInForce = (s: OpenCase, doc: DocumentState): Refusal | undefined => {
  if (doc.corrected !== undefined)
    return refuse('wrong-state', '这份文书已经更正，不再以它为准', '请对更正件办理')
  if (doc.corrects === true && !hasEffect(s, doc))
    return refuse('wrong-state', '这份更正件还没有生效', '请先办完更正件的签名、告知和送达')
  return undefined
}

const noProcedure = refuse(
  'wrong-state',
  '本案适用的制度没有规定文书更正程序，或者现在不能更正',
  '确有错误的，依法撤销、变更，或者重新办理',
)

const notCorrectable = (
  s: OpenCase,
  doc: DocumentState,
  approval: string | undefined,
): Refusal | undefined => {
  if (doc.status !== 'issued')
    return refuse('wrong-state', '文书还没有制发，不需要更正', '制发以前由审批人退回修改，或者由制作人作废')
  if (doc.type === approval)
    return refuse('wrong-state', '更正审批表本身不作更正', '请重新填写一份更正审批表')
  if (doc.corrected !== undefined) return refuse('wrong-state', '这份文书已经更正', '请对更正件办理')
  if (doc.corrects === true && !hasEffect(s, doc))
    return refuse('wrong-state', '这份更正件还没有生效', '请先办完更正件的签名、告知和送达')
  return undefined
}

/** Whether a correction of this paper may be begun, or gone on with, by this person. */
export const correctCan = (
  s: OpenCase,
  actor: Pick<Actor, 'personId' | 'roles'>,
  doc: DocumentState,
  steps: readonly Place[],
): Can => {
  const step = correctionStep(steps)
  if (step === undefined || !['possible', 'begun', 'done'].includes(step.status)) return noProcedure.reasons
  const no = notCorrectable(s, doc, step.corrects)
  if (no !== undefined) return no.reasons
  const pending = pendingCorrection(s, doc.id)
  if (pending !== undefined && pending.status !== 'returned')
    return refuse('duplicate', '这份文书的更正件已经制作', '请打开更正件继续办理').reasons
  return canCarryOutStep(s, actor, step.by)
}

/** Whether this paper may be written as a correction: what stands in the way, if anything. */
export const notCorrecting = (
  s: OpenCase,
  original: DocumentState,
  again: DocumentState | undefined,
  view: Pick<StepView, 'corrects'>,
): Refusal | undefined => {
  const pending = pendingCorrection(s, original.id)
  if (pending !== undefined && pending.id !== again?.id)
    return refuse('duplicate', '这份文书的更正件已经制作', '请打开更正件继续办理')
  return notCorrectable(s, original, view.corrects)
}

const notApproved = (name: string): Refusal =>
  refuse(
    'wrong-state',
    `更正还没有批准：没有关于原文书的、已经办结的《${name}》`,
    `请先填写《${name}》并办完审批`,
  )

/** The paper that approved exactly these changes: what was approved is what is made. */
export const approvalOf = (
  s: OpenCase,
  original: DocumentState,
  data: FormData,
  view: Pick<StepView, 'corrects'>,
  { law, hash }: Pick<CaseContext, 'law' | 'hash'>,
): string | Refusal => {
  const type = view.corrects ?? ''
  const form = law.document(type)
  const definition = law.document(original.type)
  const approval = Object.values(s.documents).findLast(
    (d) => d.type === type && d.about === original.id && d.status === 'issued',
  )
  if (form === undefined || definition === undefined || approval === undefined)
    return notApproved(form?.name ?? type)
  const field = changesField(form)
  if (field === undefined) return approval.id
  const made = differencesOf(definition, original.data, data)
  return hash(approval.data[field.id] ?? []) === hash(made)
    ? approval.id
    : refuse(
        'wrong-state',
        '更正件与批准的更正内容不一致',
        `请改回与《${form.name}》的“${field.label}”一致；确需再改的，重新报批`,
      )
}

const corrected = (doc: DocumentState, ctx: Pick<CaseContext, 'now'>): CaseEventOf<'DocumentCorrected'> => ({
  type: 'DocumentCorrected',
  schemaVersion: 1,
  occurredAt: ctx.now,
  data: {
    public: {
      documentId: doc.about ?? '',
      by: doc.id,
      type: doc.type,
      ...(doc.approvalId === undefined ? {} : { approvalId: doc.approvalId }),
    },
  },
})

const awaitsEffect = (s: OpenCase, doc: DocumentState): boolean =>
  doc.corrects === true && doc.status === 'issued' && s.documents[doc.about ?? '']?.corrected === undefined

/** Why a correction has no effect yet: what the law still wants of it. */
export const effectCan = (
  s: OpenCase,
  doc: DocumentState,
  ctx: Pick<CaseContext, 'law' | 'now' | 'actor'>,
): Can => {
  if (!awaitsEffect(s, doc))
    return refuse('wrong-state', '没有等待生效的更正', '请查看文书的办理情况').reasons
  const facts = factsOf(corrected(doc, ctx), personOf(ctx.actor), s)
  const reasons = facts.flatMap((fact) => judge(s, fact, ctx))
  return reasons.length === 0 ? true : reasons
}

/**
 * What was decided, and with it the effect of a correction for which nothing is wanted any more. Before that the earlier
 * paper is in force (ft-29-2).
 */
export const withEffect = (state: CaseState, decided: Decided, ctx: CaseContext): Decided => {
  if ('refused' in decided) return decided
  const after = decided.reduce<CaseState>((x, e) => evolveCase(x, e, ctx.actor), state)
  if (after.kind === 'none') return decided
  const more = Object.values(after.documents)
    .filter((doc) => effectCan(after, doc, ctx) === true)
    .map((doc): CaseEvent => corrected(doc, ctx))
  return more.length === 0 ? decided : [...decided, ...more]
}
