import { blocksOf, type WeighedFile } from '@liuhen/domain/disposal/due'
import { present } from '@liuhen/domain/present'
import { CASE_FILE } from '@liuhen/law/evaluate/keeping'
import { type CaseDeps, loadCaseIn, type OpenedCase } from '../case-stream/open-case.ts'
import type { Tx } from '../postgres/transaction.ts'
import { contentOfFile, type FileContent, partsIn } from './file-content.ts'
import { keepingOf, standingOf } from './weigh.ts'

export type WeighingOfFiles = Readonly<{
  weighed: readonly WeighedFile[]
  cases: ReadonlyMap<string, OpenedCase>
  contents: ReadonlyMap<string, FileContent>
}>

const EMPTY: FileContent = { streams: [], papers: [] }

const sizeOf = (content: FileContent) => ({
  parts: partsIn(content),
  papers: content.papers,
  sizeBytes: content.papers.reduce((sum, p) => sum + p.sizeBytes, 0),
})

const LEFT = `SELECT count(*)::integer AS n FROM app.recording_row WHERE recording_id = ANY ($1) AND NOT destroyed`
const RUNNING = `SELECT b.number FROM app.disposal_file f JOIN app.disposal_row b USING (batch_id)
  WHERE f.case_id = $1 AND f.running AND f.batch_id <> $2 LIMIT 1`
/** Also those of an attempt whose bytes are still to be adopted: they have an end at the next start. */
const MAKING = `SELECT count(*)::integer AS n FROM app.package p WHERE p.case_id = $1 AND (p.state = 'making'
  OR EXISTS (SELECT FROM app.package_bytes x JOIN app.blob b USING (sha256)
    WHERE x.package_id = p.package_id AND b.state = 'sealed'))`

const weighOne = async (
  tx: Tx,
  opened: OpenedCase,
  content: FileContent,
  batchId: string,
): Promise<WeighedFile> => {
  const { state: s, caseId } = opened
  const ids = s.recordings.map((r) => r.recordingId)
  const left = await tx.query<{ n: number }>(LEFT, [ids])
  const running = await tx.query<{ number: string }>(RUNNING, [caseId, batchId])
  const making = await tx.query<{ n: number }>(MAKING, [caseId])
  return present({
    caseFile: caseId,
    caseNo: s.caseNo ?? s.leadNo,
    archiveNo: s.archive?.archiveNo ?? '',
    standing: standingOf(opened),
    ...sizeOf(content),
    isShredded: s.shredded !== undefined,
    isPublished: s.disclosure !== undefined,
    recordingsLeft: left.rows[0]?.n ?? 0,
    packagesMaking: making.rows[0]?.n ?? 0,
    kept: keepingOf(opened).get(CASE_FILE),
    inBatch: running.rows[0]?.number,
  })
}

/**
 * Case files as they are in this transaction, and what the law says of each at this moment. What one holds is looked up
 * only when it may go: most may not, and it takes every stream of the case.
 */
export const weighFiles = async (
  deps: Pick<CaseDeps, 'library'>,
  tx: Tx,
  asked: Readonly<{ ids: readonly string[]; batchId?: string; now: string }>,
): Promise<WeighingOfFiles> => {
  const cases = new Map<string, OpenedCase>()
  const contents = new Map<string, FileContent>()
  const weighed: WeighedFile[] = []
  for (const caseId of new Set(asked.ids)) {
    const opened = await loadCaseIn(deps, tx, caseId, asked.now)
    if (opened === undefined || opened.state.register === true) continue
    cases.set(caseId, opened)
    const bare = await weighOne(tx, opened, EMPTY, asked.batchId ?? '')
    if (blocksOf(bare, asked.now).length > 0) {
      weighed.push(bare)
      continue
    }
    const ids = [...new Set(opened.state.recordings.map((r) => r.recordingId))]
    const content = await contentOfFile(tx, caseId, ids)
    contents.set(caseId, content)
    weighed.push({ ...bare, ...sizeOf(content) })
  }
  return { weighed, cases, contents }
}
