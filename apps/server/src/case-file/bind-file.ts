import { buffer } from 'node:stream/consumers'
import type { FileItem } from '@liuhen/domain/case-file/arrange'
import type { CaseFileOrder } from '@liuhen/domain/case-file/order'
import type { DocumentState } from '@liuhen/domain/document/state'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import { type BlobDeps, openBlob } from '../blobs/put-blob.ts'
import { getAgency } from '../case-stream/agency.ts'
import { logPaperAccess } from '../case-stream/log-paper-access.ts'
import { type OpenedCase, openPapersIn } from '../case-stream/open-case.ts'
import { combineInThread } from '../pdf/combine-in-thread.ts'
import type { BoundPaper } from '../pdf/combine-papers.ts'
import { withAgency } from '../postgres/transaction.ts'
import { arrangeCase } from './arrange-case.ts'
import type { FileDeps } from './file-law.ts'
import { turns } from './turns.ts'

export type Volume = 'main' | 'sub'
export type BindDeps = FileDeps & Readonly<{ blobs: BlobDeps }>

type Listed = Readonly<{ title: string; documentId: string; sha256: string; pageFrom?: number }>
type ListedVolume = Readonly<{ title: string; papers: readonly Listed[] }>

const VOLUMES: Readonly<Record<Volume, string>> = { main: '正卷', sub: '副卷' }
/** What a server can hold at once for one reader. */
const MOST_BYTES = 512 * 1024 * 1024

const entry = (item: FileItem): Listed[] =>
  item.documentId === undefined
    ? []
    : [
        {
          title: `${item.no} ${item.title}${item.number === undefined ? '' : `（${item.number}）`}`,
          documentId: item.documentId,
          sha256: item.sha256,
          pageFrom: item.pageFrom,
        },
      ]

/** The cover, index or note of a volume as it was issued last. */
const unnumbered = ({ state, law }: OpenedCase, type: string, volume: Volume): Listed[] => {
  const definition = law.document(type)
  const isOf = (d: DocumentState): boolean =>
    d.type === type &&
    d.pdf !== undefined &&
    d.status === 'issued' &&
    d.data[definition?.volumeField ?? ''] === volume
  const paper = Object.values(state.documents).findLast(isOf)
  if (paper?.pdf === undefined) return []
  return [{ title: definition?.name ?? type, documentId: paper.id, sha256: paper.pdf.blob.sha256 }]
}

const volumeOf = (
  c: OpenedCase,
  order: CaseFileOrder,
  items: readonly FileItem[],
  volume: Volume,
): ListedVolume => {
  const papers = items.filter((i) => i.audience === volume).flatMap(entry)
  const around = (types: readonly string[]) => types.flatMap((type) => unnumbered(c, type, volume))
  const isLast = (type: string): boolean => order.last.includes(type)
  return {
    title: VOLUMES[volume],
    papers: [
      ...around(order.unnumbered.filter((type) => !isLast(type))),
      ...papers,
      ...around(order.unnumbered.filter(isLast)),
    ],
  }
}

/** What lies in the volumes, and that this person is given it: each paper is logged as if it were opened by itself. */
const list = (deps: BindDeps, actor: Actor, caseId: string, wanted: readonly Volume[]) =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const c = await openPapersIn(deps, tx, actor, caseId)
    if (isRefusal(c)) return c
    const { order } = deps.fileLaw.caseFile
    const items = c.state.file ?? arrangeCase(c.state, { order, law: c.law, sceneName: c.terms.sceneName })
    if (isRefusal(items)) return items
    const volumes = wanted
      .map((volume) => volumeOf(c, order, items, volume))
      .filter((volume) => volume.papers.length > 0)
    if (volumes.length === 0)
      return refuse(
        'wrong-state',
        '案卷里还没有存档的文书，合不成一册。',
        '请在文书制发、存档 PDF 生成后再打开。',
      )
    for (const { documentId, sha256 } of volumes.flatMap((v) => v.papers))
      await logPaperAccess(tx, actor, c.now, { caseId, documentId, sha256 })
    const { title, caseNo, archive } = c.state
    return {
      volumes,
      title,
      caseNo,
      archiveNo: archive?.archiveNo,
      at: c.now,
      agency: (await getAgency(tx, actor.agencyId)).name,
    }
  })

const readPaper = async (blobs: BlobDeps, { title, sha256, pageFrom }: Listed): Promise<BoundPaper> => {
  const opened = await openBlob(blobs, sha256)
  if (opened === undefined) throw new Error(`no verified blob ${sha256}`)
  const bytes = new Uint8Array(await buffer(opened.stream))
  return { title, bytes, ...(pageFrom === undefined ? {} : { pageFrom }) }
}

export type BoundFile = Readonly<{ bytes: Uint8Array; name: string }>

/** Each holds its papers in memory, so few are made at once and few wait. */
const inTurn = turns({ atOnce: 2, waiting: 8 })
const tooMany = refuse(
  'wrong-state',
  '正在合订的案卷太多，这一次没有开始。',
  '请过一会儿再打开，或者逐份打开文书。',
)

type Found = Exclude<Awaited<ReturnType<typeof list>>, Refusal>

const bound = async (blobs: BlobDeps, found: Found): Promise<BoundFile | Refusal> => {
  const volumes = []
  let held = 0
  for (const volume of found.volumes) {
    const papers: BoundPaper[] = []
    for (const one of volume.papers) {
      const paper = await readPaper(blobs, one)
      held += paper.bytes.length
      if (held > MOST_BYTES)
        return refuse('wrong-state', '案卷太大，合不成一册。', '请分别打开正卷和副卷，或者逐份打开文书。')
      papers.push(paper)
    }
    const mark = found.archiveNo === undefined ? {} : { mark: `No. ${found.archiveNo}` }
    volumes.push({ title: volume.title, papers, ...mark })
  }
  const name = `${found.caseNo ?? found.title} 案卷合订本`
  const at = new Date(Date.parse(found.at))
  return { bytes: await combineInThread({ title: name, author: found.agency, at, volumes }), name }
}

/** The papers of a case file as one PDF to read and to print: as issued, in the order of the file, with bookmarks. */
export const bindFile = async (
  deps: BindDeps,
  actor: Actor,
  caseId: string,
  wanted: readonly Volume[],
): Promise<BoundFile | Refusal> => {
  const found = await list(deps, actor, caseId, wanted)
  return isRefusal(found) ? found : ((await inTurn(() => bound(deps.blobs, found))) ?? tooMany)
}
