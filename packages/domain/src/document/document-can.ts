import type { DocumentDefinition, SignatureSlot } from '@liuhen/law/document-definition'
import { type Can, canCarryOutStep, canHandleCase, canHoldPad, holdsRank } from '../case/can.ts'
import { RANK_NAMES } from '@liuhen/law/evaluate/words'
import { isClosed, isClosedTo } from '../case/closed.ts'
import type { CaseLaw } from '../case/context.ts'
import type { OpenCase } from '../case/state.ts'
import type { Actor } from '../event.ts'
import { refuse } from '../refusal.ts'
import { isSignedByAgency, nextRank, takesSignature } from './progress.ts'
import { signerCan } from './signer-can.ts'
import type { DocumentState } from './state.ts'
import { voidCan } from './void-can.ts'

export const notAwaited = refuse('wrong-state', '这份文书现在不需要审批', '请查看文书的办理情况')
export const notSignable = refuse('wrong-state', '这份文书已不能签名', '已签发的文书不得变更')
export const alreadySigned = refuse('duplicate', '这位签名人已经签过', '请由另一人签名')
export const hasSigned = (doc: DocumentState, role: string, signer: string): boolean =>
  doc.signatures.some((x) => x.role === role && (x.personId ?? x.name) === signer)
export const slotFilled = refuse('wrong-state', '这个签名位置已经签满或不存在', '请核对签名人')
export const notIssued = refuse('wrong-state', '文书还没有签发，不能送达', '请先完成审批和签名')
export const notServed = refuse('wrong-state', '这种文书不需要送达', '请核对文书')
export const notReturned = refuse('wrong-state', '这份文书没有被退回', '已签发的文书不得修改')

type Law = Pick<CaseLaw, 'document' | 'approvers' | 'caseNumberFrom'>

export const approveCan = (s: OpenCase, actor: Actor, doc: DocumentState, law: Law): Can => {
  const rank = nextRank(doc, law.approvers(doc.type))
  if (rank === undefined) return notAwaited.reasons
  if (!holdsRank(s, actor, rank))
    return refuse('not-permitted', `现在应由${RANK_NAMES[rank]}签署意见`, `请等待${RANK_NAMES[rank]}办理`)
      .reasons
  return rank === 'handler' || doc.submittedBy.personId !== actor.personId
    ? true
    : refuse('not-permitted', '不能审批自己提交的文书', `请由其他${RANK_NAMES[rank]}办理`).reasons
}

/** In a slot of the agency everybody signs for themselves; in one for people from outside the pad is held. */
export const slotCan = (
  s: OpenCase,
  actor: Actor,
  doc: DocumentState,
  slot: SignatureSlot,
  definition: DocumentDefinition | undefined,
): Can => {
  if (isClosedTo(s, definition)) return isClosed.reasons
  if (doc.status !== 'submitted') return notSignable.reasons
  if (!takesSignature(doc, slot)) return slotFilled.reasons
  if (!isSignedByAgency(slot.role)) return canHoldPad(s, actor, doc, undefined)
  const { personId } = actor
  if (personId !== undefined && hasSigned(doc, slot.role, personId)) return alreadySigned.reasons
  return signerCan(s, actor, doc, slot)
}

const signCan = (s: OpenCase, actor: Actor, doc: DocumentState, law: Law): Can => {
  const definition = law.document(doc.type)
  if (doc.status !== 'submitted') return notSignable.reasons
  const open = (definition?.signatures ?? []).filter((slot) => takesSignature(doc, slot))
  const cans = open.map((slot) => slotCan(s, actor, doc, slot, definition))
  return cans.find((can) => can === true) ?? cans[0] ?? slotFilled.reasons
}

const serveCan = (s: OpenCase, actor: Actor, doc: DocumentState, law: Law): Can => {
  if (doc.status !== 'issued') return notIssued.reasons
  return law.document(doc.type)?.served === true ? canHandleCase(s, actor) : notServed.reasons
}

const resubmitCan = (s: OpenCase, actor: Actor, doc: DocumentState, by: readonly string[]): Can =>
  doc.status === 'returned' ? canCarryOutStep(s, actor, by) : notReturned.reasons

/**
 * What this person may do with the paper now, and why not: the reasons with which the commands refuse. `by`: the roles
 * that carry the paper's step out.
 */
export const documentCan = (
  s: OpenCase,
  actor: Actor,
  doc: DocumentState,
  law: Law,
  by: readonly string[] = ['officer'],
): Readonly<Record<'approve' | 'sign' | 'serve' | 'resubmit' | 'void', Can>> => {
  if (isClosedTo(s, law.document(doc.type))) {
    const { reasons } = isClosed
    return { approve: reasons, sign: reasons, serve: reasons, resubmit: reasons, void: reasons }
  }
  return {
    approve: approveCan(s, actor, doc, law),
    sign: signCan(s, actor, doc, law),
    serve: serveCan(s, actor, doc, law),
    resubmit: resubmitCan(s, actor, doc, by),
    void: voidCan(s, actor, doc, law, by),
  }
}
