import { civilDateOf } from '@liuhen/law/civil-date'
import type { Citation, KeptItem, Reason } from '@liuhen/law/evaluation'
import type { Instant } from '@liuhen/law/fact'
import type { Medium } from '../recording/events.ts'
import type { DisposalItem } from './events.ts'

/** A recording with everything that speaks for or against its disposal, as it is now. */
export type Weighed = Readonly<{
  recordingId: string
  sha256: string
  sizeBytes: number
  fileName: string
  medium: Medium
  madeFrom: Instant
  madeTo: Instant
  evidence: boolean
  /** Whole and read in; what never came cannot be destroyed. */
  isStored: boolean
  isDestroyed: boolean
  /** Where it belongs; absent for what nobody has put into a case. */
  place?: Readonly<{ caseId: string; caseNo: string; standing: 'open' | 'archived' | 'register' }>
  /** What the law says of it in that place. */
  kept?: Omit<KeptItem, 'item'>
  /** Another batch that has not ended has it. */
  inBatch?: string
  /** What else the law says against it. */
  against?: readonly Reason[]
}>

export const BLOCKS = [
  'destroyed',
  'not-stored',
  'in-batch',
  'unlinked',
  'open-case',
  'open',
  'long-term',
  'permanent',
  'not-yet',
  'law',
] as const
export type Block = Readonly<{
  code: (typeof BLOCKS)[number]
  message: string
  citations: readonly Citation[]
}>

const block = (code: Block['code'], message: string, citations: readonly Citation[] = []): Block => ({
  code,
  message,
  citations,
})

/** The day that counts comes first: the reasons may name shorter ones that were weighed. */
const notYet = ({ keptThrough, why }: NonNullable<Weighed['kept']>): string =>
  keptThrough === undefined ? `${why}。` : `须保存至${keptThrough}，还没有期满。${why}。`

/** Fails closed: what the law does not say to have ended has not ended. */
const ofKeeping = ({ kept, place }: Weighed, now: Instant): Block[] => {
  if (place === undefined)
    return [block('unlinked', '没有归入案件或者台账，保存期没有起算点，不得处置。请先归入案件。')]
  const open =
    place.standing === 'open' ? [block('open-case', `案件 ${place.caseNo} 尚未归档，案内音像不得处置。`)] : []
  if (kept === undefined)
    return [...open, block('open', '算不出这段音像的保存期，不得处置。请核对它在案件里的登记。')]
  if (kept.rule !== 'until') return [...open, block(kept.rule, `${kept.why}。`, kept.citations)]
  if (kept.keptThrough === undefined || civilDateOf(now) <= kept.keptThrough)
    return [...open, block('not-yet', notYet(kept), kept.citations)]
  return open
}

/** Everything that forbids the disposal of a recording now; nothing when its time has come. */
export const blocksOf = (w: Weighed, now: Instant): readonly Block[] => [
  ...(w.isDestroyed ? [block('destroyed', '已依法销毁。')] : []),
  ...(w.isStored ? [] : [block('not-stored', '文件还没有完整入库。请等待上传完成。')]),
  ...(w.inBatch === undefined ? [] : [block('in-batch', `已在销毁批次 ${w.inBatch} 中。`)]),
  ...ofKeeping(w, now),
  ...(w.against ?? [])
    .filter((r) => r.effect === 'refuse')
    .map((r) => block('law', `${r.message}。${r.todo}。`, r.citations)),
]

/** What changed since it was proposed. That it became evidence is enough, whatever its period then comes to. */
export const changesOf = (w: Weighed, item: DisposalItem): readonly Block[] => [
  ...(w.evidence && !item.evidence ? [block('law', '提出之后被标为证据，不再在本批销毁。')] : []),
  ...(w.sha256 === item.sha256 ? [] : [block('law', '文件的校验值与提出时不一致，请先查明原因。')]),
  ...(w.kept?.keptThrough !== undefined && w.kept.keptThrough > item.keptThrough
    ? [block('law', `保存期由${item.keptThrough}延后到${w.kept.keptThrough}，请重新提出。`, w.kept.citations)]
    : []),
]

export const itemOf = (w: Weighed): DisposalItem | undefined => {
  const { place, kept } = w
  if (place === undefined || kept?.keptThrough === undefined) return undefined
  return {
    recordingId: w.recordingId,
    sha256: w.sha256,
    sizeBytes: w.sizeBytes,
    fileName: w.fileName,
    medium: w.medium,
    madeFrom: w.madeFrom,
    madeTo: w.madeTo,
    caseId: place.caseId,
    caseNo: place.caseNo,
    evidence: w.evidence,
    keptThrough: kept.keptThrough,
    why: kept.why,
    citations: kept.citations.map(({ clause, cite }) => ({ clause, cite })),
  }
}
