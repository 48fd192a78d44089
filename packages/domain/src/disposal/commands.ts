import { instantOfMs, msOf } from '@liuhen/law/civil-date'
import type { Instant } from '@liuhen/law/fact'
import type { AccountGiven } from '../agency/settings.ts'
import type { Actor } from '../event.ts'
import { type Decision, deny, type Refusal, refuse } from '../refusal.ts'
import {
  canApproveDisposal,
  canObjectToDisposal,
  canProposeDisposal,
  canRejectDisposal,
  canReviewDisposal,
} from './can.ts'
import { type Block, blocksOf, changesOf, isPassing, itemOf, nameOf, type Weighed } from './due.ts'
import { aboutOf, type DisposalEvent, type DisposalItem, type DisposalLimits, refOf } from './events.ts'
import { type Batch, type BatchState, bytesOf, remaining } from './state.ts'

export type DisposalContext = Readonly<{
  now: Instant
  actor: Actor
  /** Who has held the password of the one who acts; asked where a second or third person is needed. */
  given?: readonly AccountGiven[]
}>
type Decided = Decision<DisposalEvent>
type Of<T extends DisposalEvent['type']> = Extract<DisposalEvent, { type: T }>

export const happened = <T extends DisposalEvent['type']>(
  type: T,
  now: Instant,
  data: Of<T>['data'],
): DisposalEvent => ({ type, schemaVersion: 1, occurredAt: now, data }) as Of<T>

export const onBatch = (s: BatchState, decide: (b: Batch) => Decided): Decided =>
  s.status === 'none' ? refuse('not-found', '没有找到这一批销毁。', '请从销毁页面重新打开。') : decide(s)

export const overCeiling = (items: readonly DisposalItem[], limits: DisposalLimits): Refusal | undefined => {
  if (items.length > limits.items)
    return refuse(
      'wrong-state',
      `选了 ${items.length} 件，超过一批最多 ${limits.items} 件的上限。`,
      '请少选一些，分批提出。上限在制度设置里，变更须经另一人批准。',
    )
  if (bytesOf(items) > limits.bytes)
    return refuse(
      'wrong-state',
      `选中的文件共 ${bytesOf(items)} 字节，超过一批最多 ${limits.bytes} 字节的上限。`,
      '请少选一些，分批提出。上限在制度设置里，变更须经另一人批准。',
    )
  return undefined
}

const blocked = (w: Weighed, [first]: readonly Block[]): Refusal =>
  refuse(
    'law-gate',
    `“${nameOf(w)}”不得处置：${first?.message ?? ''}`,
    '请从可以销毁的清单里重新选择。',
    first?.citations,
  )

/** A batch out of what the law says to have ended. One that has not ended refuses all: the list was another's or is old. */
export const proposeDisposal = (
  s: BatchState,
  asked: Readonly<{ weighed: readonly Weighed[]; number: string; limits: DisposalLimits }>,
  { now, actor }: DisposalContext,
): Decided => {
  if (s.status !== 'none') return refuse('duplicate', '这一批已经提出。', '请从销毁页面打开它。')
  const can = canProposeDisposal(actor)
  if (can !== true) return deny(can)
  const items: DisposalItem[] = []
  for (const w of asked.weighed) {
    const blocks = blocksOf(w, now)
    const item = itemOf(w)
    if (blocks.length > 0 || item === undefined) return blocked(w, blocks)
    items.push(item)
  }
  if (items.length === 0) return refuse('incomplete', '没有选任何一件。', '请先在清单里选择。')
  if (new Set(items.map(refOf)).size < items.length)
    return refuse('incomplete', '同一件选了两次。', '请重新选择。')
  const over = overCeiling(items, asked.limits)
  if (over !== undefined) return over
  const counted = { items: items.length, bytes: bytesOf(items), number: asked.number }
  return [happened('DisposalProposed', now, { public: counted, internal: { items, limits: asked.limits } })]
}

/** `item`: id of the recording or of the case. */
export type Strike = Readonly<{ item: string; reason: string }>

/** Each item is kept in the batch or struck with a reason; who reviews has seen each. */
export const reviewDisposal = (
  s: BatchState,
  asked: Readonly<{ opinion: string; seen: readonly string[]; struck: readonly Strike[] }>,
  { now, actor, given }: DisposalContext,
): Decided =>
  onBatch(s, (b) => {
    const can = canReviewDisposal(actor, b, given)
    if (can !== true) return deny(can)
    const [seen, own] = [new Set(asked.seen), new Map(remaining(b).map((i) => [refOf(i), i]))]
    if ([...own.keys()].some((id) => !seen.has(id)))
      return refuse('incomplete', '还有没有复核的。', '请逐件选择保留在本批或者剔除。')
    if (asked.struck.some((x) => !own.has(x.item)))
      return refuse('incomplete', '要剔除的不在这一批里。', '请刷新页面后重新复核。')
    if (new Set(asked.struck.map((x) => x.item)).size === own.size)
      return refuse('incomplete', '全部剔除后没有可以销毁的。', '请改为停止这一批，并写明理由。')
    const struck = asked.struck.flatMap(({ item, reason }) => {
      const found = own.get(item)
      return found === undefined ? [] : [{ ...aboutOf(found), reason }]
    })
    return [happened('DisposalReviewed', now, { internal: { opinion: asked.opinion, struck } })]
  })

export const struckBy = (
  now: Instant,
  item: Parameters<typeof aboutOf>[0],
  how: 'objection' | 'recheck',
  { message, citations }: Pick<Block, 'message' | 'citations'>,
): DisposalEvent =>
  happened('DisposalItemStruck', now, {
    internal: {
      ...aboutOf(item),
      reason: message,
      how,
      citations: citations.map(({ clause, cite }) => ({ clause, cite })),
    },
  })

/** What speaks against each remaining item now, and so takes it out; with the reason, never silently. */
export const strikesNow = (b: Batch, weighed: readonly Weighed[], now: Instant): readonly DisposalEvent[] => {
  const found = new Map(weighed.map((w) => [refOf(w), w]))
  return remaining(b).flatMap((item) => {
    const w = found.get(refOf(item))
    const [first] =
      w === undefined
        ? [{ message: '没有找到它的登记，不能确认它可以销毁。', citations: [] }]
        : [...changesOf(w, item), ...blocksOf(w, now).filter((b) => !isPassing(b))]
    return first === undefined ? [] : [struckBy(now, item, 'recheck', first)]
  })
}

const DAY_MS = 24 * 60 * 60 * 1000

/** Of a batch that is approved now. */
export const coolingEndsAt = (b: Batch, now: Instant): Instant =>
  instantOfMs(msOf(now) + b.limits.coolingDays * DAY_MS)

export const approveDisposal = (
  s: BatchState,
  asked: Readonly<{ opinion: string; weighed: readonly Weighed[] }>,
  { now, actor, given }: DisposalContext,
): Decided =>
  onBatch(s, (b) => {
    const can = canApproveDisposal(actor, b, given)
    if (can !== true) return deny(can)
    const strikes = strikesNow(b, asked.weighed, now)
    if (strikes.length === remaining(b).length)
      return refuse('wrong-state', '这一批里已经没有可以销毁的。', '请退回这一批，等保存期满后重新提出。')
    const coolsUntil = coolingEndsAt(b, now)
    const { opinion } = asked
    return [...strikes, happened('DisposalApproved', now, { public: { coolsUntil }, internal: { opinion } })]
  })

type Reasoned = Readonly<{ reason: string }>

export const rejectDisposal = (s: BatchState, { reason }: Reasoned, ctx: DisposalContext): Decided =>
  onBatch(s, (b) => {
    const can = canRejectDisposal(ctx.actor, b)
    return can === true ? [happened('DisposalRejected', ctx.now, { internal: { reason } })] : deny(can)
  })

/** An objection takes out what it names, or stops the batch when it names nothing or nothing is left. */
export const objectToDisposal = (
  s: BatchState,
  asked: Reasoned & Readonly<{ item?: string | undefined }>,
  { now, actor }: DisposalContext,
): Decided =>
  onBatch(s, (b) => {
    const can = canObjectToDisposal(actor, b)
    if (can !== true) return deny(can)
    const { reason } = asked
    const left = remaining(b)
    const stopped = happened('DisposalStopped', now, { internal: { reason } })
    if (asked.item === undefined) return [stopped]
    const item = left.find((i) => refOf(i) === asked.item)
    if (item === undefined)
      return refuse('not-found', '这一件不在这一批里，或者已经剔除。', '请刷新页面查看。')
    const struck = struckBy(now, item, 'objection', { message: reason, citations: [] })
    return left.length === 1 ? [struck, stopped] : [struck]
  })
