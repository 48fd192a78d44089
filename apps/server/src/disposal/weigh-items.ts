import type { Weighed } from '@liuhen/domain/disposal/due'
import { isFile } from '@liuhen/domain/disposal/events'
import { type BatchState, type BatchItem, remaining } from '@liuhen/domain/disposal/state'
import { CASE_FILE } from '@liuhen/law/evaluate/keeping'
import type { CaseDeps, OpenedCase } from '../case-stream/open-case.ts'
import type { Tx } from '../postgres/transaction.ts'
import type { FileContent } from './file-content.ts'
import type { About } from './tell-cases.ts'
import { weighFiles } from './weigh-files.ts'
import { weighRecordings } from './weigh.ts'

export type Ids = Readonly<{ recordingIds: readonly string[]; caseFiles: readonly string[] }>

export type WeighedItems = Readonly<{
  weighed: readonly Weighed[]
  /** The version of each recording's stream. */
  versions: ReadonlyMap<string, number>
  cases: ReadonlyMap<string, OpenedCase>
  /** What of each case file would go. */
  contents: ReadonlyMap<string, FileContent>
}>

export const idsOf = (items: readonly BatchItem[]): Ids => ({
  recordingIds: items.flatMap((i) => ('recordingId' in i ? [i.recordingId] : [])),
  caseFiles: items.flatMap((i) => (isFile(i) ? [i.caseFile] : [])),
})
export const remainingIn = (s: BatchState): Ids => idsOf(s.status === 'none' ? [] : remaining(s))

/** Recordings and case files as they are in this transaction, and what the law says of each at this moment. */
export const weighItems = async (
  deps: Pick<CaseDeps, 'library'>,
  tx: Tx,
  { recordingIds, caseFiles, ...asked }: Ids & Readonly<{ batchId?: string; now: string }>,
): Promise<WeighedItems> => {
  const recordings = await weighRecordings(deps, tx, { ids: recordingIds, ...asked })
  const files = await weighFiles(deps, tx, { ids: caseFiles, ...asked })
  return {
    weighed: [...recordings.weighed, ...files.weighed],
    versions: recordings.versions,
    cases: new Map([...recordings.cases, ...files.cases]),
    contents: files.contents,
  }
}

/** Which case is told of it, and by what name the law knows it there. */
export const aboutIn = (w: Weighed | BatchItem): About | undefined => {
  if ('caseFile' in w) return { item: w.caseFile, about: CASE_FILE, caseId: w.caseFile }
  const caseId = 'place' in w ? w.place?.caseId : 'caseId' in w ? w.caseId : undefined
  return caseId === undefined ? undefined : { item: w.recordingId, about: w.recordingId, caseId }
}
