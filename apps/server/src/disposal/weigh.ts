import type { Weighed, WeighedRecording } from '@liuhen/domain/disposal/due'
import { isKept, type KnownRecording } from '@liuhen/domain/recording/state'
import { present } from '@liuhen/domain/present'
import { type CaseDeps, loadCaseIn, type OpenedCase } from '../case-stream/open-case.ts'
import type { Tx } from '../postgres/transaction.ts'

type Row = { recording_id: string; version: number; state: KnownRecording; in_batch: string | null }

/** Every recording with the version of its stream; the cases in which they are, each opened once. */
export type Weighing = Readonly<{
  weighed: readonly WeighedRecording[]
  versions: ReadonlyMap<string, number>
  cases: ReadonlyMap<string, OpenedCase>
}>

export const standingOf = ({ state }: OpenedCase): 'open' | 'archived' | 'register' => {
  if (state.register === true) return 'register'
  return state.archive === undefined ? 'open' : 'archived'
}

const weighIn = (row: Row, opened: OpenedCase | undefined, kept: Weighed['kept']): WeighedRecording => {
  const { manifest: m } = row.state
  const r = row.state
  return present({
    recordingId: row.recording_id,
    sha256: m.sha256,
    sizeBytes: m.sizeBytes,
    fileName: m.fileName,
    medium: m.medium,
    madeFrom: m.madeFrom,
    madeTo: m.madeTo,
    evidence: isKept(r) && r.evidence !== undefined,
    isStored: isKept(r),
    isDestroyed: isKept(r) && r.destroyed !== undefined,
    place: opened && {
      caseId: opened.caseId,
      caseNo: opened.state.caseNo ?? opened.state.leadNo,
      standing: standingOf(opened),
    },
    kept,
    inBatch: row.in_batch ?? undefined,
  })
}

/** What the law says of everything that is kept in a case now. */
export const keepingOf = (opened: OpenedCase): ReadonlyMap<string, NonNullable<Weighed['kept']>> => {
  const { receivedAt: startedAt, facts, flags } = opened.state
  const { keeping } = opened.law.evaluate({ startedAt, facts, flags, now: opened.now })
  return new Map(keeping.map(({ item, ...kept }) => [item, kept]))
}

const ROWS = `SELECT r.recording_id, r.version, r.state,
    (SELECT b.number FROM app.disposal_item i JOIN app.disposal_row b USING (batch_id)
      WHERE i.recording_id = r.recording_id AND i.running AND i.batch_id <> $2 LIMIT 1) AS in_batch
  FROM app.recording_row r WHERE r.recording_id = ANY ($1) ORDER BY r.made_from, r.recording_id`

/** Recordings as they are in this transaction, and what the law says of each at this moment. */
export const weighRecordings = async (
  deps: Pick<CaseDeps, 'library'>,
  tx: Tx,
  asked: Readonly<{ ids: readonly string[]; batchId?: string; now: string }>,
): Promise<Weighing> => {
  const { rows } = await tx.query<Row>(ROWS, [asked.ids, asked.batchId ?? ''])
  const cases = new Map<string, OpenedCase>()
  const keeping = new Map<string, ReturnType<typeof keepingOf>>()
  for (const caseId of new Set(rows.flatMap((r) => r.state.link?.caseId ?? []))) {
    const opened = await loadCaseIn(deps, tx, caseId, asked.now)
    if (opened === undefined) continue
    cases.set(caseId, opened)
    keeping.set(caseId, keepingOf(opened))
  }
  return {
    weighed: rows.map((row) => {
      const caseId = row.state.link?.caseId ?? ''
      return weighIn(row, cases.get(caseId), keeping.get(caseId)?.get(row.recording_id))
    }),
    versions: new Map(rows.map((row) => [row.recording_id, row.version])),
    cases,
  }
}
