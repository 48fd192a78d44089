import type { DocumentDefinition, SignatureSlot } from '@liuhen/law/document-definition'
import { type Can, canCarryOutStep, canHandleCase, canHoldPad, holdsRank, isHandler } from '../case/can.ts'
import { RANK_NAMES } from '@liuhen/law/evaluate/words'
import type { Rank } from '@liuhen/law/fact'
import { isClosed, isClosedTo } from '../case/closed.ts'
import type { CaseLaw } from '../case/context.ts'
import type { OpenCase } from '../case/state.ts'
import type { Actor } from '../event.ts'
import type { StandIn } from '../person/stand-in.ts'
import { refuse } from '../refusal.ts'
import { isSignedByAgency, nextRank, takesSignature } from './progress.ts'
import { retractCan } from './retract-can.ts'
import { signerCan } from './signer-can.ts'
import type { Approval, DocumentState } from './state.ts'
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

type Law = Pick<CaseLaw, 'document' | 'approvers' | 'ownNotApproved' | 'retraction' | 'caseNumberFrom'>

const notRank = (rank: Rank): Can =>
  refuse('not-permitted', `现在应由${RANK_NAMES[rank]}签署意见`, `请等待${RANK_NAMES[rank]}办理`).reasons

/** What of the paper or its case is one's own; who investigates and who decides are two (law/approval.yaml). */
const ownOf = (s: OpenCase, personId: string | undefined, doc: DocumentState): string | undefined => {
  if (doc.submittedBy.personId === personId) return '提交的文书'
  return isHandler(s, { personId, roles: [] }) ? '承办的案件' : undefined
}

/** A head who decides on one's own paper or case decides about oneself. */
const ownCase = (s: OpenCase, { personId }: Actor, doc: DocumentState, law: Law, rank: Rank): Can => {
  const own = ownOf(s, personId, doc)
  if (own === undefined) return true
  const others = `请由其他${RANK_NAMES[rank]}办理`
  return refuse('not-permitted', `调查和决定应当分开：不能审批自己${own}`, others, law.ownNotApproved).reasons
}

/** The head in whose place the actor may decide now, where the rank is not the actor's own. */
export const standsInAs = (
  s: OpenCase,
  actor: Actor,
  rank: Rank,
  standIns: readonly StandIn[],
): StandIn | undefined =>
  rank === 'handler' || holdsRank(s, actor, rank) ? undefined : standIns.find((d) => d.rank === rank)

/** Who has spoken in another's place has had one's say: an own post gives no second one on the same paper. */
const spokenFor = (doc: DocumentState, personId: string | undefined): Approval['standsInFor'] =>
  doc.approvals.find((a) => a.standsInFor !== undefined && a.by.personId === personId)?.standsInFor

const afterStandingIn = (doc: DocumentState, actor: Actor, rank: Rank): Can => {
  const other = spokenFor(doc, actor.personId)
  return other === undefined
    ? true
    : refuse(
        'not-permitted',
        `您已经代${other.name}审批过这份文书，不能再以自己的岗位审批`,
        `请由其他${RANK_NAMES[rank]}办理`,
      ).reasons
}

/** In another's place nobody decides twice on a paper, nor on what belongs to the one who is away. */
const instead = (s: OpenCase, actor: Actor, doc: DocumentState, law: Law, one: StandIn): Can => {
  if (doc.approvals.some((a) => a.rank !== 'handler' && a.by.personId === actor.personId))
    return refuse(
      'not-permitted',
      `您已经以自己的岗位审批过这份文书，不能再代${one.name}审批`,
      `请由${one.name}或者另一位负责人办理`,
    ).reasons
  return ownOf(s, one.personId, doc) === undefined
    ? true
    : refuse(
        'not-permitted',
        `${one.name}不能审批本人的文书和案件，也不能由人代行`,
        '请由其他负责人办理',
        law.ownNotApproved,
      ).reasons
}

export const approveCan = (
  s: OpenCase,
  actor: Actor,
  doc: DocumentState,
  law: Law,
  standIns: readonly StandIn[] = [],
): Can => {
  const rank = nextRank(doc, law.approvers(doc.type))
  if (rank === undefined) return notAwaited.reasons
  if (rank === 'handler') return holdsRank(s, actor, rank) ? true : notRank(rank)
  const one = standsInAs(s, actor, rank, standIns)
  if (one === undefined && !holdsRank(s, actor, rank)) return notRank(rank)
  const own = ownCase(s, actor, doc, law, rank)
  if (own !== true) return own
  if (one === undefined) return afterStandingIn(doc, actor, rank)
  return instead(s, actor, doc, law, one)
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
  return law.document(doc.type)?.served === true || doc.corrects === true
    ? canHandleCase(s, actor)
    : notServed.reasons
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
  standIns: readonly StandIn[] = [],
): Readonly<Record<'approve' | 'sign' | 'serve' | 'retract' | 'resubmit' | 'void', Can>> => {
  if (isClosedTo(s, law.document(doc.type))) {
    const { reasons } = isClosed
    return {
      approve: reasons,
      sign: reasons,
      serve: reasons,
      retract: reasons,
      resubmit: reasons,
      void: reasons,
    }
  }
  return {
    approve: approveCan(s, actor, doc, law, standIns),
    sign: signCan(s, actor, doc, law),
    serve: serveCan(s, actor, doc, law),
    retract: retractCan(s, actor, doc, law),
    resubmit: resubmitCan(s, actor, doc, by),
    void: voidCan(s, actor, doc, law, by),
  }
}
