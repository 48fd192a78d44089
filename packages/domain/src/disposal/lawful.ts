import { msOf } from '@liuhen/law/civil-date'
import type { Instant } from '@liuhen/law/fact'
import type { Reason } from '@liuhen/law/evaluation'
import type { AccountGiven } from '../agency/settings.ts'
import type { Actor } from '../event.ts'
import { canApproveDisposal, canOrderDisposal, canProposeDisposal, canReviewDisposal } from './can.ts'
import { coolingEndsAt, overCeiling } from './commands.ts'
import { type DisposalEvent, type DisposalLimits, isFile, refOf } from './events.ts'
import { type Batch, type BatchState, evolveBatch, initialBatch, remaining } from './state.ts'

/** An event of a batch, with what the rest of the record says of whoever acted. */
export type Acted = Readonly<{
  /** Undefined where what it said cannot be read. */
  event: DisposalEvent | undefined
  recordedAt: Instant
  /** With the posts that the person had then, not those that the event gives them. */
  actor: Actor
  given: readonly AccountGiven[]
}>

/** What of a batch was let go, by its place among the events; `why` it was not lawful, undefined where it was. */
export type ReleaseFound = Readonly<{ at: number; ref: string; why: string | undefined }>

/** Between deciding and recording lies a moment, never an hour. */
const RECORDING_MS = 3_600_000

const told = (can: true | readonly Reason[]): string | undefined =>
  can === true ? undefined : (can[0]?.message ?? '不能这样办理。')

type Step = Acted & Readonly<{ event: DisposalEvent }>
type Of<T extends DisposalEvent['type']> = Extract<DisposalEvent, { type: T }>

/** `bounds`: what an agency may set at all. */
const ofProposal = (s: BatchState, e: Of<'DisposalProposed'>, by: Actor, bounds: DisposalLimits) => {
  const { items, limits } = e.data.internal
  const { coolingDays, items: most, bytes } = limits
  if (s.status !== 'none') return '这一批提出了两次。'
  if (coolingDays < bounds.coolingDays) return `冷静期只有 ${coolingDays} 日，少于 ${bounds.coolingDays} 日。`
  if (most > bounds.items || bytes > bounds.bytes) return '一批的上限超过了可以设置的。'
  return told(canProposeDisposal(by)) ?? overCeiling(items, limits)?.reasons[0]?.message
}

const ofApproval = (b: Batch, e: Of<'DisposalApproved'>, { actor, given, recordedAt }: Acted) => {
  const may = told(canApproveDisposal(actor, b, given))
  if (may !== undefined) return may
  const least = msOf(coolingEndsAt(b, recordedAt)) - RECORDING_MS
  // Of days that no calendar holds nothing is known, and so nothing lawful.
  return msOf(e.data.public.coolsUntil) >= least ? undefined : '冷静期没有按提出时的日数计算。'
}

const ofOrder = (b: Batch, e: Of<'DisposalOrdered'>, { actor, recordedAt }: Acted) =>
  e.data.internal.witness.personId === actor.personId
    ? '监销人是执行的人自己。'
    : told(canOrderDisposal(actor, b, recordedAt))

/** One item, once, named as what it is in the batch: whoever may append can put another's name beside it. */
const ofRelease = (b: Batch, { data }: Of<'DisposalItemReleased'>): string | undefined => {
  const said = data.internal
  if (b.status !== 'ordered') return '没有人下令执行。'
  const item = remaining(b).find((i) => refOf(i) === refOf(said))
  if (item === undefined || isFile(item) !== isFile(said)) return '这一件不在批里，或者已经剔除。'
  if (item.releasedAt !== undefined) return '这一件放行了两次。'
  const isPlain = isFile(item)
    ? said.recordingId === undefined && said.sha256 === undefined
    : said.papers === undefined && said.sha256 === item.sha256
  return isPlain ? undefined : '放行的内容与批里的这一件不符。'
}

/** Why this may not have happened then; the same questions that were asked of whoever did it. */
const faultOf = (s: BatchState, step: Step, bounds: DisposalLimits): string | undefined => {
  const { event, actor, given } = step
  if (event.type === 'DisposalProposed') return ofProposal(s, event, actor, bounds)
  if (s.status === 'none') return '没有人提出过这一批。'
  switch (event.type) {
    case 'DisposalReviewed':
      return told(canReviewDisposal(actor, s, given))
    case 'DisposalApproved':
      return ofApproval(s, event, step)
    case 'DisposalOrdered':
      return ofOrder(s, event, step)
    case 'DisposalItemReleased':
      return ofRelease(s, event)
    // These take out or tell; nothing goes by them.
    case 'DisposalItemStruck':
    case 'DisposalRejected':
    case 'DisposalStopped':
    case 'DisposalCarriedOut':
    case 'DisposalCertified':
      return undefined
  }
}

/**
 * What a batch let go, and whether three people had decided it: proposed, reviewed and approved by those who may, within
 * the ceiling, ordered after the month. From the first step that nobody may have taken, nothing of it is lawful any more.
 * It cannot ask what the law reckoned of each item then: that was asked at each step, and is not in the batch.
 */
export const releasesIn = (acted: readonly Acted[], bounds: DisposalLimits): readonly ReleaseFound[] => {
  let state: BatchState = initialBatch
  let fault: string | undefined
  return acted.flatMap((one, at) => {
    const { event } = one
    if (event === undefined) {
      fault ??= '批里有一条读不出来。'
      return []
    }
    const why = fault ?? faultOf(state, { ...one, event }, bounds)
    if (why === undefined) state = evolveBatch(state, event, one.actor)
    // Of one item that never was in it nothing follows for the others.
    if (event.type === 'DisposalItemReleased') return [{ at, ref: refOf(event.data.internal), why }]
    fault = why
    return []
  })
}
