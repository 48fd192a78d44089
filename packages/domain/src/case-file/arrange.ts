import type { Medium } from '../recording/events.ts'
import type { CaseFileOrder } from './order.ts'

/** An issued document with its pages. `about` is the document that a receipt proves the service of. */
export type FileDocument = Readonly<{
  id: string
  type: string
  name: string
  audience: 'main' | 'sub'
  number?: string
  /** yyyy-MM-dd; papers of one type lie by date. */
  date: string
  pages: number
  sha256: string
  about?: string
}>

export type FileRecording = Readonly<{
  id: string
  sceneName: string
  medium: Medium
  from: string
  date: string
  sha256: string
}>

export type FileItem = Readonly<{
  no: number
  title: string
  audience: 'main' | 'sub'
  /** Both 0: a recording lies on its carrier and takes no page. */
  pageFrom: number
  pageTo: number
  documentId?: string
  recordingId?: string
  number?: string
  date?: string
  sha256: string
}>

type Unplaced = Omit<FileItem, 'no' | 'pageFrom' | 'pageTo'> & Readonly<{ pages: number }>

const MEDIA: Readonly<Record<Medium, string>> = {
  video: '录像',
  audio: '录音',
  photo: '照片',
  surveillance: '视频监控',
}

const byDate = (a: FileDocument, b: FileDocument): number =>
  a.date === b.date ? (a.id < b.id ? -1 : 1) : a.date < b.date ? -1 : 1

const documentItem = (d: FileDocument): Unplaced => ({
  title: d.name,
  audience: d.audience,
  pages: d.pages,
  documentId: d.id,
  ...(d.number === undefined ? {} : { number: d.number }),
  date: d.date,
  sha256: d.sha256,
})

const recordingItem = (r: FileRecording): Unplaced => ({
  title: `${r.sceneName}（${MEDIA[r.medium]}，电子载体，随卷保存）`,
  audience: 'main',
  pages: 0,
  recordingId: r.id,
  date: r.date,
  sha256: r.sha256,
})

/** Documents of a volume in the order of its groups; receipts behind what they prove, otherwise with the rest. */
const arrangeVolume = (
  order: CaseFileOrder,
  audience: 'main' | 'sub',
  documents: readonly FileDocument[],
  recordings: readonly FileRecording[],
): Unplaced[] => {
  const groups = order[audience]
  const here = documents.filter((d) => d.audience === audience && !order.unnumbered.includes(d.type))
  // A receipt about a receipt follows nothing, so that no chain of them can fall out of the file.
  const ids = new Set(here.filter((d) => !order.receipts.includes(d.type)).map((d) => d.id))
  const follows = (d: FileDocument): boolean =>
    order.receipts.includes(d.type) && d.about !== undefined && ids.has(d.about)
  const leading = here.filter((d) => !follows(d))
  const listed = new Set(groups.flatMap((g) => g.documents))
  const receiptsOf = (id: string): FileDocument[] =>
    here.filter((d) => follows(d) && d.about === id).toSorted(byDate)
  return groups.flatMap((group) => {
    const types = group.rest ? [undefined] : group.documents
    const own = types.flatMap((type) =>
      leading.filter((d) => (type === undefined ? !listed.has(d.type) : d.type === type)).toSorted(byDate),
    )
    const papers = own.flatMap((d) => [d, ...receiptsOf(d.id)]).map(documentItem)
    const media = audience === 'main' && group.id === order.recordingsIn ? recordings : []
    return [...papers, ...media.toSorted((a, b) => (a.from < b.from ? -1 : 1)).map(recordingItem)]
  })
}

const numbered = (items: readonly Unplaced[]): FileItem[] => {
  let last = 0
  return items.map(({ pages, ...item }, i) => {
    const pageFrom = pages === 0 ? 0 : last + 1
    last += pages
    return { no: i + 1, ...item, pageFrom, pageTo: pages === 0 ? 0 : last }
  })
}

/**
 * The case file: 正卷 then 副卷, each a volume of its own with entries and pages counted from 1, so that a party's copy
 * of the main volume has no holes. Cover, index and note are not entries and carry no page.
 */
export const arrangeFile = (
  order: CaseFileOrder,
  documents: readonly FileDocument[],
  recordings: readonly FileRecording[],
): FileItem[] => [
  ...numbered(arrangeVolume(order, 'main', documents, recordings)),
  ...numbered(arrangeVolume(order, 'sub', documents, [])),
]

export type VolumeCount = Readonly<{ entries: number; pages: number; recordings: number }>

export const countVolume = (items: readonly FileItem[], audience: 'main' | 'sub'): VolumeCount => {
  const own = items.filter((i) => i.audience === audience)
  return {
    entries: own.length,
    pages: Math.max(0, ...own.map((i) => i.pageTo)),
    recordings: own.filter((i) => i.recordingId !== undefined).length,
  }
}
