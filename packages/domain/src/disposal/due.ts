import { civilDateOf } from '@liuhen/law/civil-date'
import type { Citation, KeptItem, Reason } from '@liuhen/law/evaluation'
import type { Instant } from '@liuhen/law/fact'
import type { Medium } from '../recording/events.ts'
import type { DisposalItem, FilePaper } from './events.ts'

/** What is asked of everything. */
type Common = Readonly<{
  sizeBytes: number
  /** What the law says of it in that place. */
  kept?: Omit<KeptItem, 'item'>
  /** Another batch that has not ended has it. */
  inBatch?: string
  /** What else the law says against it. */
  against?: readonly Reason[]
}>

/** The file of a case, likewise. */
export type WeighedFile = Common &
  Readonly<{
    caseFile: string
    caseNo: string
    archiveNo: string
    standing: 'open' | 'archived' | 'register'
    /** What would go; not looked up where something forbids it. */
    parts: number
    papers: readonly FilePaper[]
    isShredded: boolean
    /** The decision stands on the public site. */
    isPublished: boolean
    /** Recordings of the case that are not destroyed: their periods are reckoned from what the file says. */
    recordingsLeft: number
    /** Packages of it that are being made, or whose bytes are: nobody knows their digests yet. */
    packagesMaking: number
  }>

/** A recording with everything that speaks for or against its disposal, as it is now. */
export type WeighedRecording = Common &
  Readonly<{
    recordingId: string
    sha256: string
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
  }>

export type Weighed = WeighedRecording | WeighedFile

export const BLOCKS = [
  'destroyed',
  'not-stored',
  'in-batch',
  'unlinked',
  'open-case',
  'published',
  'recordings-left',
  'package-making',
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
const ofKeeping = ({ kept }: Common, now: Instant, unreckoned: string): Block[] => {
  if (kept === undefined) return [block('open', unreckoned)]
  if (kept.rule !== 'until') return [block(kept.rule, `${kept.why}。`, kept.citations)]
  if (kept.keptThrough === undefined || civilDateOf(now) <= kept.keptThrough)
    return [block('not-yet', notYet(kept), kept.citations)]
  return []
}

const ofRecording = (w: WeighedRecording, now: Instant): Block[] => {
  const { place } = w
  const own = [
    ...(w.isDestroyed ? [block('destroyed', '已依法销毁。')] : []),
    ...(w.isStored ? [] : [block('not-stored', '文件还没有完整入库。请等待上传完成。')]),
  ]
  if (place === undefined)
    return [...own, block('unlinked', '没有归入案件或者台账，保存期没有起算点，不得处置。请先归入案件。')]
  const open =
    place.standing === 'open' ? [block('open-case', `案件 ${place.caseNo} 尚未归档，案内音像不得处置。`)] : []
  const unreckoned = '算不出这段音像的保存期，不得处置。请核对它在案件里的登记。'
  return [...own, ...open, ...ofKeeping(w, now, unreckoned)]
}

/** What has to be done before; nobody is sent to do it while the file has to be kept. */
const beforeFile = (w: WeighedFile): Block[] => [
  ...(w.isPublished ? [block('published', '决定摘要仍在公示，案卷不得处置。请先按规定撤下公示。')] : []),
  ...(w.recordingsLeft > 0
    ? [
        block(
          'recordings-left',
          `案内还有 ${w.recordingsLeft} 段音像没有销毁，它们的保存期要由案卷核算。请先销毁音像，再销毁案卷。`,
        ),
      ]
    : []),
  ...(w.packagesMaking > 0
    ? [block('package-making', `正在制作 ${w.packagesMaking} 个案卷包。请等制成后再处置案卷。`)]
    : []),
]

const ofFile = (w: WeighedFile, now: Instant): Block[] => {
  const kept = ofKeeping(w, now, '算不出案卷的保存期，不得处置。')
  return [
    ...(w.isShredded ? [block('destroyed', '案卷内容已依法销毁。')] : []),
    ...(w.standing === 'archived' ? [] : [block('open-case', `案件 ${w.caseNo} 没有归档，案卷不得处置。`)]),
    ...(kept.length > 0 ? kept : beforeFile(w)),
  ]
}

/** It ends by itself within minutes: a reason to wait, not to take something out of a batch. */
export const isPassing = ({ code }: Block): boolean => code === 'package-making'

/** Everything that forbids a disposal now; nothing when its time has come. */
export const blocksOf = (w: Weighed, now: Instant): readonly Block[] => [
  ...(w.inBatch === undefined ? [] : [block('in-batch', `已在销毁批次 ${w.inBatch} 中。`)]),
  ...('caseFile' in w ? ofFile(w, now) : ofRecording(w, now)),
  ...(w.against ?? [])
    .filter((r) => r.effect === 'refuse')
    .map((r) => block('law', `${r.message}。${r.todo}。`, r.citations)),
]

/** What changed since it was proposed. That it became evidence is enough, whatever its period then comes to. */
export const changesOf = (w: Weighed, item: DisposalItem): readonly Block[] => [
  ...('recordingId' in w && 'recordingId' in item
    ? [
        ...(w.evidence && !item.evidence ? [block('law', '提出之后被标为证据，不再在本批销毁。')] : []),
        ...(w.sha256 === item.sha256 ? [] : [block('law', '文件的校验值与提出时不一致，请先查明原因。')]),
      ]
    : []),
  ...(w.kept?.keptThrough !== undefined && w.kept.keptThrough > item.keptThrough
    ? [block('law', `保存期由${item.keptThrough}延后到${w.kept.keptThrough}，请重新提出。`, w.kept.citations)]
    : []),
]

/** As a batch keeps it; nothing where the law reckons no end. */
export const itemOf = (w: Weighed): DisposalItem | undefined => {
  const { kept, sizeBytes } = w
  if (kept?.keptThrough === undefined) return undefined
  const reckoned = {
    keptThrough: kept.keptThrough,
    why: kept.why,
    citations: kept.citations.map(({ clause, cite }) => ({ clause, cite })),
  }
  if ('caseFile' in w) {
    const { caseFile, caseNo, archiveNo, parts, papers } = w
    return { caseFile, caseNo, archiveNo, parts, papers: [...papers], sizeBytes, ...reckoned }
  }
  const { recordingId, sha256, fileName, medium, madeFrom, madeTo, evidence, place } = w
  if (place === undefined) return undefined
  const { caseId, caseNo } = place
  const own = { recordingId, sha256, sizeBytes, fileName, medium, madeFrom, madeTo, caseId, caseNo, evidence }
  return { ...own, ...reckoned }
}

/** What people call it. */
export const nameOf = (
  w: Readonly<{ fileName: string }> | Readonly<{ caseFile: string; caseNo: string }>,
): string => ('caseFile' in w ? `案卷 ${w.caseNo}` : w.fileName)
