import type { Affected } from '@liuhen/domain/stores/events'
import type { Pool } from 'pg'
import { withAgency } from '../postgres/transaction.ts'

/** Agency → what of it rests on the file. */
export type AffectedByAgency = ReadonlyMap<string, Affected>

type Row = {
  sha256: string
  agency_id: string
  recording_id: string | null
  document_id: string | null
  file_name: string | null
  type: string | null
  number: string | null
  case_id: string | null
  docking_id: string | null
  case_no: string | null
}

const RECORDINGS = `SELECT r.sha256, r.agency_id, r.recording_id, NULL AS document_id, r.file_name, NULL AS type,
    NULL AS number, r.case_id, NULL AS docking_id
  FROM app.recording_row r WHERE r.sha256 = ANY ($1)`
const KNOWN = `SELECT f.sha256, f.agency_id, CASE f.kind WHEN 'recording' THEN f.subject_id END,
    CASE f.kind WHEN 'document' THEN f.subject_id END, f.subject_id, f.type, f.number, e.stream_id, NULL
  FROM app.known_file f JOIN record.event e ON e.event_id = f.event_id
  WHERE f.sha256 = ANY ($1) AND NOT EXISTS (SELECT FROM app.recording_row r WHERE r.recording_id = f.subject_id)`

const ASIDE = `SELECT d.sha256, d.agency_id, NULL, NULL, d.path, NULL, NULL, NULL, d.docking_id
  FROM app.docked_file d WHERE d.sha256 = ANY ($1) AND d.aside IS NOT NULL AND d.recording_id IS NULL`

/** A copy that was made of a recording, or is being made, is told as that recording, by the copy's number. */
const MADE = `SELECT x.sha256, d.agency_id, d.recording_id, NULL, d.number, NULL, NULL, r.case_id, NULL
  FROM app.derivative_row d JOIN app.recording_row r USING (recording_id)
    CROSS JOIN LATERAL (VALUES (d.sha256), (d.table_sha256) UNION ALL SELECT b.sha256 FROM app.derivative_bytes b
      WHERE b.derivative_id = d.derivative_id AND d.status = 'making') x (sha256)
  WHERE x.sha256 = ANY ($1) AND d.status <> 'destroyed'`

export const listAgencies = async (pool: Pool): Promise<readonly string[]> => {
  const { rows } = await pool.query<{ id: string }>('SELECT app.list_agencies() AS id')
  return rows.map((r) => r.id)
}

type Collected = Affected & { aside: NonNullable<Affected['aside']> }
const nothing = (): Collected => ({ recordings: [], documents: [], cases: [], aside: [] })

const addRow = (to: Collected, row: Row): void => {
  const { recording_id, document_id, case_id, docking_id, file_name, type, number } = row
  if (recording_id !== null)
    to.recordings.push({ recordingId: recording_id, fileName: file_name ?? recording_id })
  if (document_id !== null)
    to.documents.push({ documentId: document_id, type: type ?? '', ...(number === null ? {} : { number }) })
  if (docking_id !== null) to.aside.push({ dockingId: docking_id, path: file_name ?? '' })
  if (case_id !== null && !to.cases.some((c) => c.caseId === case_id))
    to.cases.push({ caseId: case_id, caseNo: row.case_no ?? case_id })
}

/** What rests on each of these files, in every agency. A file without an entry is named by no recording, document or docking. */
export const affectedBy = async (
  pool: Pool,
  sha256s: readonly string[],
): Promise<ReadonlyMap<string, AffectedByAgency>> => {
  const agencies = await listAgencies(pool)
  const { rows } = await withAgency({ pool }, agencies, (tx) =>
    tx.query<Row>(
      `SELECT x.*, coalesce(c.case_no, c.lead_no) AS case_no FROM (${RECORDINGS} UNION ALL ${KNOWN} UNION ALL ${ASIDE} UNION ALL ${MADE}) x
       LEFT JOIN app.case_row c ON c.case_id = x.case_id ORDER BY x.agency_id, x.file_name, x.number`,
      [sha256s],
    ),
  )
  const found = new Map<string, Map<string, Collected>>()
  for (const row of rows) {
    const byAgency = found.get(row.sha256) ?? new Map<string, Collected>()
    const affected = byAgency.get(row.agency_id) ?? nothing()
    addRow(affected, row)
    found.set(row.sha256, byAgency.set(row.agency_id, affected))
  }
  return found
}

/** Whom a damage is told: those whose cases it hits, or everybody, so that somebody looks. */
export const toldOf = async (pool: Pool, sha256: string): Promise<AffectedByAgency> => {
  const hit = (await affectedBy(pool, [sha256])).get(sha256)
  if (hit !== undefined) return hit
  return new Map((await listAgencies(pool)).map((agency) => [agency, nothing()]))
}
