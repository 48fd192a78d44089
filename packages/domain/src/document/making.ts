import type { DocumentDefinition } from '@liuhen/law/document-definition'
import type { StepView } from '@liuhen/law/evaluation'
import { canCarryOutStep } from '../case/can.ts'
import { isClosed, isClosedTo } from '../case/closed.ts'
import type { CaseContext } from '../case/context.ts'
import { evaluateCase, findStep, unknownStep } from '../case/gate.ts'
import type { OpenCase } from '../case/state.ts'
import { deny, refuse, type Refusal } from '../refusal.ts'
import { notReturned } from './document-can.ts'
import { correctedBy, notCorrecting } from './correction.ts'
import type { DocumentState } from './state.ts'

/** Which paper is written, and where. */
export type Paper = Readonly<{
  type: string
  step: string
  /** A new version of a document that was returned. */
  documentId?: string | undefined
  about?: string | undefined
}>
export type Making = Readonly<{ definition: DocumentDefinition; view: StepView }>

export const noDocumentType = refuse('not-found', '没有这种文书', '请从本环节的文书列表中选择')

/** A returned paper comes back as what it was: a return must not turn one paper into another. */
const notAgain = (earlier: DocumentState | undefined, p: Paper): Refusal | undefined => {
  if (earlier === undefined) return refuse('not-found', '没有找到要重新提交的文书', '请从案件中重新打开')
  if (earlier.type !== p.type || earlier.step !== p.step)
    return refuse('wrong-state', '退回的是另一种文书，或者属于另一环节', '请从被退回的文书打开后修改')
  if (p.about !== undefined && p.about !== earlier.about)
    return refuse('wrong-state', '退回的文书关于的是另一份文书或者音像', '请从被退回的文书打开后修改')
  return earlier.status === 'returned' ? undefined : notReturned
}

/** What a paper is about stands in the same case and still holds. */
const notAbout = (s: OpenCase, about: string | undefined): Refusal | undefined => {
  if (about === undefined || s.recordings.some((r) => r.recordingId === about)) return undefined
  if (s.facts.some((f) => f.kind === 'event' && f.ref === about)) return undefined
  const status = s.documents[about]?.status
  return status === undefined || status === 'voided'
    ? refuse(
        'not-found',
        '所关于的文书、音像或者事项不在本案，或者已经作废',
        '请从本案的文书、音像和登记的事项中重新选择',
      )
    : undefined
}

const misplaced = (s: OpenCase, p: Paper, { definition, view }: Making): Refusal | undefined => {
  const original = correctedBy(s, p, view)
  if (original === undefined && !view.documents.some((d) => d.type === p.type))
    return refuse('wrong-state', `“${definition.name}”不属于“${view.name}”环节`, '请在所属环节制作')
  const wrong = p.documentId === undefined ? undefined : notAgain(s.documents[p.documentId], p)
  if (wrong !== undefined) return wrong
  if (original !== undefined) return notCorrecting(s, original, s.documents[p.documentId ?? ''], view)
  const open = Object.values(s.documents).some(
    (d) =>
      d.type === p.type &&
      d.step === p.step &&
      d.status !== 'returned' &&
      d.status !== 'voided' &&
      s.earlier?.includes(d.id) !== true,
  )
  return open && !definition.repeatable
    ? refuse(
        'duplicate',
        `“${definition.name}”已经提交`,
        '请查看已提交的文书；需要修改的，由审批人退回，或者由制作人作废后重新制作',
      )
    : notAbout(s, p.about ?? s.documents[p.documentId ?? '']?.about)
}

/** Whether this paper may be written here now by the one who acts: one answer for a draft and for what is submitted. */
export const makingOf = (
  s: OpenCase,
  p: Paper,
  ctx: Pick<CaseContext, 'law' | 'now' | 'actor'>,
): Making | Refusal => {
  const definition = ctx.law.document(p.type)
  if (definition === undefined) return noDocumentType
  const view = findStep(evaluateCase(s, ctx), p.step)
  if (view === undefined) return unknownStep(p.step)
  const can = canCarryOutStep(s, ctx.actor, view.by)
  if (can !== true) return deny(can)
  if (isClosedTo(s, definition)) return isClosed
  return misplaced(s, p, { definition, view }) ?? { definition, view }
}
