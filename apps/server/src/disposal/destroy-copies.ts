import type { CopyFate } from '@liuhen/domain/disposal/events'
import type { Pool } from 'pg'
import type { DestructionOrder } from '../blobs/blob-store.ts'
import { type Derived, dropDerived } from '../playback/derived-files.ts'
import { inTransaction, withAgency } from '../postgres/transaction.ts'
import { affectedBy } from '../stores/affected.ts'
import { mustStillBeHere, reachStore, StoreAwayError, type Stores } from '../stores/reach-store.ts'
import type { KeptStore } from '../stores/store-place.ts'

export type DestroyDeps = Readonly<{ stores: Stores; derived: Derived; agencyId: string }>
/** What goes, by which batch; `ownOf`: what rests on the same bytes and goes with them, so that it keeps nothing. */
export type Gone = Readonly<{
  sha256: string
  batchId: string
  number: string
  ownOf: Readonly<{ recordingId: string }> | Readonly<{ caseId: string }>
}>
export type Released = Readonly<{ recordingId: string; sha256: string; batchId: string; number: string }>

const storesOf = ({ first, second }: Stores): readonly KeptStore[] =>
  second === undefined ? [first] : [first, second]

/** Before anything is let go: a store that is away would keep what the other has lost. */
export const mustReachStores = async (stores: Stores): Promise<void> => {
  for (const kept of storesOf(stores))
    if (!(await reachStore(stores.pool, kept, { begin: false })).here) throw new StoreAwayError(kept)
}

/** Of these recordings, in whatever agency, those whose bytes must still be kept. */
const stillKept = async (
  pool: Pool,
  agencies: readonly string[],
  ids: readonly string[],
): Promise<readonly string[]> => {
  const { rows } = await withAgency({ pool }, agencies, (tx) =>
    tx.query<{ id: string }>(
      `SELECT recording_id AS id FROM app.recording_row
        WHERE recording_id = ANY ($1) AND state -> 'destroyed' IS NULL`,
      [ids],
    ),
  )
  return rows.map((r) => r.id)
}

/** Papers of this case with these bytes. */
const papersOf = async (pool: Pool, agencyId: string, caseId: string, sha256: string) => {
  const { rows } = await withAgency({ pool }, agencyId, (tx) =>
    tx.query<{ id: string }>(
      `SELECT f.subject_id AS id FROM app.known_file f JOIN record.event e ON e.event_id = f.event_id
        WHERE f.sha256 = $1 AND f.kind = 'document' AND e.stream_id = $2`,
      [sha256, caseId],
    ),
  )
  return rows.map((r) => r.id)
}

/** What else rests on the same bytes. Another agency is not named to this one. */
const sharedWith = async (
  { stores: { pool }, agencyId }: DestroyDeps,
  { sha256, ownOf }: Gone,
): Promise<string | undefined> => {
  const affected = (await affectedBy(pool, [sha256])).get(sha256)
  if (affected === undefined) return undefined
  const own = new Set(
    'recordingId' in ownOf ? [ownOf.recordingId] : await papersOf(pool, agencyId, ownOf.caseId, sha256),
  )
  for (const [agency, { recordings, documents, aside = [] }] of affected) {
    const others = recordings.map((r) => r.recordingId).filter((id) => !own.has(id))
    const kept = await stillKept(pool, [agency], others)
    const papers = documents.filter((d) => !own.has(d.documentId))
    if (kept.length + papers.length + aside.length === 0) continue
    if (agency !== agencyId) return '其他机关'
    if (kept.length > 0) return '另一段音像记录'
    return papers.length > 0 ? '文书' : '采集时另存的文件'
  }
  return undefined
}

const asidesIn = async (pool: Pool, sha256: string, kept: KeptStore): Promise<readonly string[]> => {
  const { rows } = await pool.query<{ id: string }>(
    'SELECT id FROM app.blob_fault WHERE sha256 = $1 AND store = $2',
    [sha256, kept.name],
  )
  return rows.map((r) => r.id)
}

/** From here on no pass copies, reads or misses these bytes. The wall behind it is in the database. */
const bury = (pool: Pool, agencyId: string, r: Omit<Gone, 'ownOf'>): Promise<void> =>
  inTransaction(pool, async (tx) => {
    await tx.query(`SELECT set_config('app.agency', $1, true)`, [agencyId])
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 10))', [r.sha256])
    await tx.query(
      `UPDATE app.blob SET state = 'destroyed', note = $2, settled_at = now()
        WHERE sha256 = $1 AND state = 'verified'`,
      [r.sha256, `${r.number} ${r.batchId}`],
    )
    await tx.query('DELETE FROM app.blob_copy WHERE sha256 = $1', [r.sha256])
  })

const destroyIn = async (
  stores: Stores,
  kept: KeptStore,
  { sha256, batchId, number }: Omit<Gone, 'ownOf'>,
): Promise<CopyFate> => {
  const { pool } = stores
  const r = { sha256, batchId, number }
  const at = await stores.now()
  const asides = await asidesIn(pool, r.sha256, kept)
  const order: DestructionOrder = { ...r, at, asides }
  const done = await kept.bytes.destroy(r.sha256, order)
  await mustStillBeHere(kept)
  if (done.outcome === 'locked') {
    await pool.query(
      `INSERT INTO app.blob_locked (sha256, store, batch_id, until) VALUES ($1, $2, $3, $4)
       ON CONFLICT (sha256, store) DO UPDATE SET until = EXCLUDED.until`,
      [r.sha256, kept.name, r.batchId, done.until],
    )
    return { store: kept.name, outcome: 'locked', until: done.until }
  }
  await pool.query('DELETE FROM app.blob_locked WHERE sha256 = $1 AND store = $2', [r.sha256, kept.name])
  await pool.query(
    `UPDATE app.blob_fault SET kept = false, repaired_at = coalesce(repaired_at, $3)
      WHERE sha256 = $1 AND store = $2`,
    [r.sha256, kept.name, at],
  )
  return done.outcome === 'absent'
    ? { store: kept.name, outcome: 'absent' }
    : { store: kept.name, outcome: 'destroyed', at }
}

const fatesOf = async (deps: DestroyDeps, r: Omit<Gone, 'ownOf'>): Promise<CopyFate[]> => {
  const fates: CopyFate[] = []
  for (const kept of storesOf(deps.stores)) fates.push(await destroyIn(deps.stores, kept, r))
  return fates
}

const sharedIn = (stores: Stores, because: string): CopyFate[] =>
  storesOf(stores).map(({ name }) => ({ store: name, outcome: 'shared', because }))

/** Bytes that go with something else: made of a recording, or of a case file. Unless something else rests on them. */
export const destroyMade = async (deps: DestroyDeps, made: Gone): Promise<CopyFate[]> => {
  const because = await sharedWith(deps, made)
  if (because !== undefined) return sharedIn(deps.stores, because)
  await bury(deps.stores.pool, deps.agencyId, made)
  return fatesOf(deps, made)
}

/** The key frame that stands for the recording is a blob of its own; another recording may have the very same. */
const destroyPosters = async (deps: DestroyDeps, r: Released): Promise<void> => {
  const { pool } = deps.stores
  const { rows } = await withAgency({ pool }, deps.agencyId, (tx) =>
    tx.query<{ sha256: string; shared: boolean }>(
      `SELECT p.sha256, EXISTS (SELECT FROM app.recording_poster o
          WHERE o.sha256 = p.sha256 AND o.recording_id <> p.recording_id) AS shared
         FROM app.recording_poster p WHERE p.recording_id = $1`,
      [r.recordingId],
    ),
  )
  for (const { sha256, shared } of rows) {
    if (!shared) await destroyMade(deps, { ...r, ownOf: { recordingId: r.recordingId }, sha256 })
    await withAgency({ pool }, deps.agencyId, (tx) =>
      tx.query('DELETE FROM app.recording_poster WHERE recording_id = $1', [r.recordingId]),
    )
  }
}

/**
 * The bytes of a recording that was let go in the record, in both stores, with everything that was made of them. What a
 * crash cuts off is done again: nothing here depends on how far it came.
 */
export const destroyCopies = async (deps: DestroyDeps, r: Released): Promise<CopyFate[]> => {
  const { stores, derived, agencyId } = deps
  const because = await sharedWith(deps, { ...r, ownOf: { recordingId: r.recordingId } })
  if (because !== undefined) return sharedIn(stores, because)
  await bury(stores.pool, agencyId, r)
  await destroyPosters(deps, r)
  await dropDerived(derived, r.sha256)
  return fatesOf(deps, r)
}

type Locked = { sha256: string; store: KeptStore['name']; batch_id: string; note: string }

/** Copies that a store had locked when the others were destroyed, and whose day has come. */
export const destroyUnlocked = async (stores: Stores, now: Date): Promise<number> => {
  const { rows } = await stores.pool.query<Locked>(
    `SELECT l.sha256, l.store, l.batch_id, (SELECT b.note FROM app.blob b
        WHERE b.sha256 = l.sha256 AND b.state = 'destroyed' ORDER BY b.settled_at DESC LIMIT 1) AS note
       FROM app.blob_locked l WHERE l.until <= $1
        AND NOT EXISTS (SELECT FROM app.blob v WHERE v.sha256 = l.sha256 AND v.state = 'verified')`,
    [now.toISOString()],
  )
  let gone = 0
  for (const { sha256, store, batch_id: batchId, note } of rows) {
    const kept = store === 'first' ? stores.first : stores.second
    if (kept === undefined || !(await reachStore(stores.pool, kept, { begin: false })).here) continue
    const number = note.split(' ')[0] ?? ''
    const fate = await destroyIn(stores, kept, { sha256, batchId, number })
    gone += fate.outcome === 'locked' ? 0 : 1
  }
  return gone
}
