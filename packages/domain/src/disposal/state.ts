import type { Instant } from '@liuhen/law/fact'
import type { Actor } from '../event.ts'
import type { BlobRef } from '../recording/events.ts'
import {
  type DestroyedItem,
  type DisposalEvent,
  type DisposalItem,
  type DisposalLimits,
  isFile,
  refOf,
  type STRUCK_HOW,
} from './events.ts'

export type By = Pick<Actor, 'userId' | 'name'>
type Done = Readonly<{ by: By; at: Instant; words: string }>

export type BatchItem = DisposalItem &
  Readonly<{
    struck?: Readonly<{ how: (typeof STRUCK_HOW)[number]; reason: string; by: By; at: Instant }>
    releasedAt?: Instant
  }>

export type Batch = Readonly<{
  status:
    | 'proposed'
    | 'reviewed'
    | 'approved'
    | 'ordered'
    | 'carried-out'
    | 'certified'
    | 'rejected'
    | 'stopped'
  number: string
  items: readonly BatchItem[]
  limits: DisposalLimits
  proposed: Readonly<{ by: By; at: Instant }>
  reviewed?: Done
  approved?: Done & Readonly<{ coolsUntil: Instant }>
  /** Who had it carried out, and who watched. */
  ordered?: Readonly<{ by: By; at: Instant; witness: Readonly<{ personId: string; name: string }> }>
  destroyed?: Readonly<{ at: Instant; items: readonly DestroyedItem[] }>
  certificate?: Readonly<{ at: Instant; blob: BlobRef }>
  /** Rejected or stopped. */
  ended?: Done
}>
export type BatchState = Batch | Readonly<{ status: 'none' }>

export const initialBatch: BatchState = { status: 'none' }

/** Items that nobody and nothing has struck. */
export const remaining = (b: Batch): readonly BatchItem[] => b.items.filter((i) => i.struck === undefined)

export const bytesOf = (items: readonly Pick<DisposalItem, 'sizeBytes'>[]): number =>
  items.reduce((sum, i) => sum + i.sizeBytes, 0)

/** Not yet decided to its end: what is in it cannot be proposed elsewhere. */
export const isRunning = (b: BatchState): b is Batch =>
  b.status === 'proposed' || b.status === 'reviewed' || b.status === 'approved' || b.status === 'ordered'

const withItem = (b: Batch, id: string, more: Pick<BatchItem, 'struck' | 'releasedAt'>): Batch => ({
  ...b,
  items: b.items.map((i) => (refOf(i) === id ? { ...i, ...more } : i)),
})

type Released = Extract<DisposalEvent, { type: 'DisposalItemReleased' }>['data']['internal']

/** Of a case file that goes which was there in that moment: a package may have been made since it was proposed. */
const released = (b: Batch, r: Released, at: Instant): Batch => ({
  ...b,
  items: b.items.map((i) => {
    if (refOf(i) !== refOf(r)) return i
    const papers = isFile(i) && r.papers !== undefined ? { papers: r.papers } : {}
    return { ...i, ...papers, releasedAt: at }
  }),
})

const change = (b: Batch, e: Exclude<DisposalEvent, { type: 'DisposalProposed' }>, by: By): Batch => {
  const at = e.occurredAt
  switch (e.type) {
    case 'DisposalReviewed': {
      const { opinion, struck } = e.data.internal
      const after = struck.reduce(
        (s, { reason, ...about }) => withItem(s, refOf(about), { struck: { how: 'review', reason, by, at } }),
        b,
      )
      return { ...after, status: 'reviewed', reviewed: { by, at, words: opinion } }
    }
    case 'DisposalApproved':
      return {
        ...b,
        status: 'approved',
        approved: { by, at, words: e.data.internal.opinion, coolsUntil: e.data.public.coolsUntil },
      }
    case 'DisposalRejected':
      return { ...b, status: 'rejected', ended: { by, at, words: e.data.internal.reason } }
    case 'DisposalStopped':
      return { ...b, status: 'stopped', ended: { by, at, words: e.data.internal.reason } }
    case 'DisposalItemStruck': {
      const { reason, how } = e.data.internal
      return withItem(b, refOf(e.data.internal), { struck: { how, reason, by, at } })
    }
    case 'DisposalOrdered':
      return { ...b, status: 'ordered', ordered: { by, at, witness: e.data.internal.witness } }
    case 'DisposalItemReleased':
      return released(b, e.data.internal, at)
    case 'DisposalCarriedOut':
      return { ...b, status: 'carried-out', destroyed: { at, items: e.data.internal.items } }
    case 'DisposalCertified':
      return { ...b, status: 'certified', certificate: { at, blob: e.data.public.blob } }
  }
}

export const evolveBatch = (s: BatchState, e: DisposalEvent, { userId, name }: By): BatchState => {
  const by = { userId, name }
  if (e.type !== 'DisposalProposed') {
    if (s.status === 'none') throw new Error(`${e.type} cannot come before a batch was proposed`)
    return change(s, e, by)
  }
  const { items, limits } = e.data.internal
  const { number } = e.data.public
  return { status: 'proposed', number, items, limits, proposed: { by, at: e.occurredAt } }
}
