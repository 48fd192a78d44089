import type { Instant } from '@liuhen/law/fact'
import { type Decision, deny, refuse } from '../refusal.ts'
import type { BlobRef } from '../recording/events.ts'
import { canOrderDisposal } from './can.ts'
import { type DisposalContext, happened, onBatch, strikesNow } from './commands.ts'
import { blocksOf, isPassing, type Weighed } from './due.ts'
import { aboutOf, type DestroyedItem, type DisposalEvent, refOf } from './events.ts'
import { type BatchState, bytesOf, remaining } from './state.ts'

type Decided = Decision<DisposalEvent>
type Witness = Readonly<{ personId: string; name: string }>

/** By a person, after the cooling: everything is weighed again, and somebody else watches. */
export const orderDisposal = (
  s: BatchState,
  asked: Readonly<{ witness: Witness; weighed: readonly Weighed[] }>,
  { now, actor }: DisposalContext,
): Decided =>
  onBatch(s, (b) => {
    const can = canOrderDisposal(actor, b, now)
    if (can !== true) return deny(can)
    if (asked.witness.personId === actor.personId)
      return refuse('incomplete', '监销人不能是执行的人自己。', '请选择另一名在场的人员监销。')
    const strikes = strikesNow(b, asked.weighed, now)
    const struck = new Set(
      strikes.flatMap((e) => (e.type === 'DisposalItemStruck' ? [refOf(e.data.internal)] : [])),
    )
    const left = remaining(b).filter((i) => !struck.has(refOf(i)))
    if (left.length === 0) {
      const reason = '执行前逐件复核，没有一件仍可销毁。'
      return [...strikes, happened('DisposalStopped', now, { internal: { reason } })]
    }
    const { witness } = asked
    const counted = { items: left.length, bytes: bytesOf(left) }
    return [...strikes, happened('DisposalOrdered', now, { public: counted, internal: { witness } })]
  })

/** The last weighing of one item, in the moment in which it is let go. Its case is locked meanwhile. */
export const releaseItem = (s: BatchState, w: Weighed, now: Instant): Decided =>
  onBatch(s, (b) => {
    if (b.status !== 'ordered') return []
    const item = remaining(b).find((i) => refOf(i) === refOf(w))
    if (item === undefined || item.releasedAt !== undefined) return []
    const strikes = strikesNow({ ...b, items: [item] }, [w], now)
    if (strikes.length > 0) return strikes
    const passing = blocksOf(w, now).find(isPassing)
    if (passing !== undefined) return refuse('wrong-state', passing.message, '后台会继续执行，请稍后查看。')
    const bytes = 'caseFile' in w ? { papers: [...w.papers] } : { sha256: w.sha256 }
    return [happened('DisposalItemReleased', now, { internal: { ...aboutOf(item), ...bytes } })]
  })

/** What became of each copy. Told once, of all that was let go and of nothing else. */
export const carryOutDisposal = (s: BatchState, items: readonly DestroyedItem[], now: Instant): Decided =>
  onBatch(s, (b) => {
    if (b.status !== 'ordered') return []
    const released = b.items.filter((i) => i.releasedAt !== undefined)
    const waiting = remaining(b).filter((i) => i.releasedAt === undefined)
    const told = new Set(items.map(refOf))
    if (waiting.length > 0 || items.length !== released.length || released.some((i) => !told.has(refOf(i))))
      return refuse('wrong-state', '还有没有处理完的。', '后台会继续执行，请稍后查看。')
    if (released.length > 0) return [happened('DisposalCarriedOut', now, { internal: { items: [...items] } })]
    const reason = '执行时逐件复核，没有一件仍可销毁。'
    return [happened('DisposalStopped', now, { internal: { reason } })]
  })

export const certifyDisposal = (s: BatchState, blob: BlobRef, now: Instant): Decided =>
  onBatch(s, (b) =>
    b.status === 'carried-out' ? [happened('DisposalCertified', now, { public: { blob } })] : [],
  )
