import { z } from 'zod'
import type { Tx } from '../postgres/transaction.ts'

const File = z.object({ name: z.string(), sha256: z.string(), sizeBytes: z.int() })

const Words = z.record(z.string(), z.string())

/** What goes into the package, fixed when the export is recorded: the payload's manifest is part of the event. */
export const PackagePlan = z.object({
  audience: z.enum(['whole', 'party']),
  summary: z.looseObject({
    v: z.literal(1),
    caseId: z.string(),
    caseNo: z.string(),
    title: z.string(),
    agency: z.object({ id: z.string(), name: z.string() }),
    clock: z.enum(['real', 'simulated']),
  }),
  documents: z.array(
    File.extend({
      documentId: z.string(),
      title: z.string(),
      volume: z.enum(['main', 'sub']),
      pages: z.int(),
      number: z.string().optional(),
      date: z.string().optional(),
    }),
  ),
  recordings: z.array(
    File.extend({
      recordingId: z.string(),
      title: z.string(),
      mime: z.string(),
      from: z.string(),
      to: z.string(),
    }),
  ),
  /** Beside the films: captions and sheets with their own text, and the chain of a phone, whose bytes are kept. */
  sidecars: z.array(File.extend({ recordingId: z.string(), text: z.string().optional() })).default([]),
  /** Metadata of the archives with its text, and encapsulations by path alone; absent where the export did not list them. */
  enclosures: z
    .array(z.object({ path: z.string(), sha256: z.string().optional(), text: z.string().optional() }))
    .optional(),
  streams: z.array(z.object({ streamId: z.string(), head: z.int(), leafHash: z.string() })),
  /** What steps, noted facts, scenes and marks of this case are called, by their ids and names. */
  words: z
    .object({ steps: Words, facts: Words, scenes: Words.default({}), flags: Words.default({}) })
    .default({ steps: {}, facts: {}, scenes: {}, flags: {} }),
  /** What every paper of the case that this recipient may know of is called, also one that was never issued. */
  papers: Words.default({}),
  /** What the case was about and how it was decided, for the reading page. */
  account: z.array(z.object({ label: z.string(), text: z.string() })).default([]),
  archive: z.object({ archiveNo: z.string(), keptUntil: z.string().optional(), why: z.string() }).optional(),
})
export type PackagePlan = z.infer<typeof PackagePlan>

export type PackageRow = Readonly<{
  packageId: string
  caseId: string
  plan: PackagePlan
  state: 'making' | 'ready' | 'failed' | 'destroyed'
  sha256?: string
  sizeBytes?: number
  /** Why it failed. */
  note?: string
}>

/** With the export event, in its transaction. */
export const insertPackage = async (
  tx: Tx,
  row: Readonly<{ packageId: string; agencyId: string; caseId: string; plan: PackagePlan }>,
): Promise<void> => {
  await tx.query(
    `INSERT INTO app.package (package_id, agency_id, case_id, plan, state) VALUES ($1, $2, $3, $4, 'making')`,
    [row.packageId, row.agencyId, row.caseId, JSON.stringify(row.plan)],
  )
}

type Raw = {
  package_id: string
  case_id: string
  plan: unknown
  state: PackageRow['state']
  sha256: string | null
  size_bytes: number | null
  note: string | null
}

/** One whose bytes were let go with the file of its case is destroyed from then on, whether they are still there or not. */
const FIND = `SELECT p.package_id, p.case_id, p.plan, p.sha256, p.size_bytes, p.note,
    CASE WHEN EXISTS (SELECT FROM app.disposal_file f WHERE f.case_id = p.case_id AND f.released_at IS NOT NULL
      AND f.papers @> ARRAY[p.sha256]) THEN 'destroyed' ELSE p.state END AS state
  FROM app.package p WHERE p.package_id = $1`

export const findPackage = async (tx: Tx, packageId: string): Promise<PackageRow | undefined> => {
  const { rows } = await tx.query<Raw>(FIND, [packageId])
  const row = rows[0]
  if (row === undefined) return undefined
  return {
    packageId: row.package_id,
    caseId: row.case_id,
    plan: PackagePlan.parse(row.plan),
    state: row.state,
    ...(row.sha256 === null ? {} : { sha256: row.sha256 }),
    ...(row.size_bytes === null ? {} : { sizeBytes: row.size_bytes }),
    ...(row.note === null ? {} : { note: row.note }),
  }
}

export type Verdict = Readonly<{
  verdict: 'PASS' | 'FAIL'
  anchoring: string
  witnesses: Readonly<{ confirmed: number; named: number }>
  keys: string
  items: number
  failed: readonly string[]
  /** Of the log's checkpoint under which it was made. */
  treeSize: number
}>

/** The log's own checkpoints of the case's other packages that were made, whoever they were for. */
export const checkpointsHanded = async (
  tx: Tx,
  { caseId, packageId }: Pick<PackageRow, 'caseId' | 'packageId'>,
): Promise<readonly string[]> => {
  const { rows } = await tx.query<{ note: string }>(
    `SELECT k.note FROM app.package p JOIN log.checkpoint k ON k.size = (p.verdict ->> 'treeSize')::bigint
      WHERE p.case_id = $1 AND p.package_id <> $2 AND p.state = 'ready'`,
    [caseId, packageId],
  )
  return rows.map((r) => r.note)
}

/** It was given up, made by another run, or let go with its case meanwhile. */
class NotMadeAnyMoreError extends Error {}

/**
 * With the seal of the bytes: every tar that a store may come to hold belongs to its package, whatever becomes of the
 * attempt, and goes with the case file. Nothing is claimed for a package that is not being made.
 */
export const claimBytes = async (
  tx: Tx,
  of: Readonly<{ agencyId: string; packageId: string }>,
  sha256: string,
): Promise<void> => {
  await tx.query(`SELECT set_config('app.agency', $1, true)`, [of.agencyId])
  const { rows } = await tx.query<{ case_id: string }>(
    `SELECT case_id FROM app.package WHERE package_id = $1 AND state = 'making' FOR SHARE`,
    [of.packageId],
  )
  const [row] = rows
  if (row === undefined) throw new NotMadeAnyMoreError(`package ${of.packageId} is not being made`)
  await tx.query(
    `INSERT INTO app.package_bytes (package_id, sha256, agency_id, case_id) VALUES ($1, $2, $3, $4)
     ON CONFLICT DO NOTHING`,
    [of.packageId, sha256, of.agencyId, row.case_id],
  )
}

/** What is not being made any more stays as it is. */
export const settlePackage = async (
  tx: Tx,
  packageId: string,
  made: Readonly<{ sha256: string; sizeBytes: number; verdict: Verdict }>,
): Promise<void> => {
  const state = made.verdict.verdict === 'PASS' ? 'ready' : 'failed'
  const note = state === 'ready' ? null : `制成后核验不成立：${made.verdict.failed.slice(0, 3).join('；')}`
  await tx.query(
    `UPDATE app.package SET state = $2, sha256 = $3, size_bytes = $4, verdict = $5, note = $6, made_at = clock_timestamp()
      WHERE package_id = $1 AND state = 'making'`,
    [packageId, state, made.sha256, made.sizeBytes, JSON.stringify(made.verdict), note],
  )
}

export const failPackage = async (tx: Tx, packageId: string, note: string): Promise<void> => {
  await tx.query(
    `UPDATE app.package SET state = 'failed', note = $2 WHERE package_id = $1 AND state = 'making'`,
    [packageId, note.slice(0, 500)],
  )
}

/** A batch that has not ended is to let go of the file of this case. */
export const isFileInBatch = async (tx: Tx, caseId: string): Promise<boolean> => {
  const { rowCount } = await tx.query('SELECT FROM app.disposal_file WHERE case_id = $1 AND running', [
    caseId,
  ])
  return rowCount !== 0
}

/** What failed is made again from the same plan; answers false when it did not fail. */
export const restartPackage = async (tx: Tx, packageId: string): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `UPDATE app.package SET state = 'making', note = NULL, verdict = NULL, sha256 = NULL, size_bytes = NULL
      WHERE package_id = $1 AND state = 'failed'`,
    [packageId],
  )
  return rowCount === 1
}
