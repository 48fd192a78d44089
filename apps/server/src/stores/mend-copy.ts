import { randomUUID } from 'node:crypto'
import type { Damage } from '@liuhen/domain/stores/events'
import type { Store } from '../event-store/store.ts'
import { type AffectedByAgency, toldOf } from './affected.ts'
import { noteRead } from './copy-rows.ts'
import { mustStillBeHere, reachStore, type Stores } from './reach-store.ts'
import { bytesOf, type Pace, readCopy } from './read-copy.ts'
import type { KeptStore } from './store-place.ts'
import { tellAgency } from './tell.ts'

export type MendDeps = Stores & Readonly<{ store: Store }>
export type BadCopy = Readonly<{ sha256: string; kept: KeptStore; found: Damage }>
export type Mended = 'repaired' | 'no-good-copy'

type Fault = { id: string; found: Damage; kept: boolean }

/** The fault that is open for this copy, from an earlier run that could not mend it or was cut off. */
const openFault = async ({ pool }: Stores, bad: BadCopy): Promise<Fault | undefined> => {
  const { rows } = await pool.query<Fault>(
    `SELECT id, found, kept FROM app.blob_fault
      WHERE sha256 = $1 AND store = $2 AND repaired_at IS NULL ORDER BY found_at LIMIT 1`,
    [bad.sha256, bad.kept.name],
  )
  return rows[0]
}

/** The row first: whatever lies in quarantine has an owner at every moment. */
const recordFault = async (deps: MendDeps, bad: BadCopy): Promise<Fault> => {
  const known = await openFault(deps, bad)
  // What was set aside is missing until it is mended; new bad bytes under the name are a fault of their own.
  if (known !== undefined && (known.kept ? bad.found === 'missing' : bad.found === known.found)) return known
  const fault = { id: randomUUID(), found: bad.found, kept: bad.found === 'altered' }
  await deps.pool.query(
    `INSERT INTO app.blob_fault (id, sha256, store, found, kept, found_at) VALUES ($1, $2, $3, $4, $5, $6)`,
    [fault.id, bad.sha256, bad.kept.name, fault.found, fault.kept, await deps.now()],
  )
  return fault
}

const otherOf = (stores: Stores, kept: KeptStore): KeptStore | undefined =>
  kept.name === 'first' ? stores.second : stores.first

/** The other copy, if it can be read in full and is intact now. */
const goodCopy = async (deps: MendDeps, bad: BadCopy, pace: Pace): Promise<KeptStore | undefined> => {
  const other = otherOf(deps, bad.kept)
  if (other === undefined || !(await reachStore(deps.pool, other)).here) return undefined
  const { verdict } = await readCopy(other.bytes, bad.sha256, pace)
  await mustStillBeHere(other)
  if (verdict === 'missing' && other.name === 'second' && !(await isRegistered(deps, bad.sha256, other)))
    return undefined
  await noteRead(deps.pool, { sha256: bad.sha256, store: other.name }, verdict, await deps.now())
  return verdict === 'intact' ? other : undefined
}

/** What was never copied is not missing. */
const isRegistered = async ({ pool }: Stores, sha256: string, kept: KeptStore): Promise<boolean> => {
  const { rows } = await pool.query('SELECT FROM app.blob_copy WHERE sha256 = $1 AND store = $2', [
    sha256,
    kept.name,
  ])
  return rows.length > 0
}

const setAside = async (deps: MendDeps, bad: BadCopy, fault: Fault): Promise<void> => {
  if (bad.found === 'missing') return
  if (!fault.kept) await deps.pool.query('UPDATE app.blob_fault SET kept = true WHERE id = $1', [fault.id])
  await bad.kept.bytes.setAside(bad.sha256, fault.id)
}

/** Copies of a store that were found bad and of which nobody has told yet that they are good again. */
export const openFaults = async ({ pool }: Stores, kept: KeptStore): Promise<ReadonlySet<string>> => {
  const { rows } = await pool.query<{ sha256: string }>(
    'SELECT DISTINCT sha256 FROM app.blob_fault WHERE store = $1 AND repaired_at IS NULL',
    [kept.name],
  )
  return new Set(rows.map((r) => r.sha256))
}

type Known = Readonly<{ fault: Fault; told: AffectedByAgency }>

const tellDamage = async ({ store }: MendDeps, bad: BadCopy, { fault, told }: Known): Promise<void> => {
  const { sha256, kept } = bad
  const keptAs = fault.kept ? { keptAs: fault.id } : {}
  for (const [agencyId, affected] of told) {
    const internal = { sha256, store: kept.name, found: fault.found, ...keptAs, affected }
    await tellAgency(store, agencyId, { type: 'CopyDamaged', data: { internal } }, fault.id)
  }
}

const closeFaults = async (
  deps: MendDeps,
  bad: BadCopy,
  from: KeptStore,
  { fault, told }: Known,
): Promise<void> => {
  const { sha256, kept } = bad
  for (const [agencyId, affected] of told) {
    const internal = { sha256, store: kept.name, from: from.name, affected }
    await tellAgency(deps.store, agencyId, { type: 'CopyRepaired', data: { internal } }, fault.id)
  }
  await deps.pool.query(
    'UPDATE app.blob_fault SET repaired_at = $3 WHERE sha256 = $1 AND store = $2 AND repaired_at IS NULL',
    [sha256, kept.name, await deps.now()],
  )
}

const makeAnew = async (
  deps: MendDeps,
  { sha256, kept }: BadCopy,
  from: KeptStore,
  pace: Pace,
): Promise<boolean> => {
  await kept.bytes.take(sha256, bytesOf(from.bytes, sha256))
  const { verdict } = await readCopy(kept.bytes, sha256, pace)
  await mustStillBeHere(kept)
  await noteRead(deps.pool, { sha256, store: kept.name }, verdict, await deps.now())
  return verdict === 'intact'
}

/** A copy that is good again although its fault is open: mending was cut off after the bytes were there. */
export const endMending = async (deps: MendDeps, sha256: string, kept: KeptStore): Promise<void> => {
  const bad: BadCopy = { sha256, kept, found: 'missing' }
  const fault = await openFault(deps, bad)
  const other = otherOf(deps, kept)
  await kept.bytes.tidy(sha256)
  if (fault === undefined || other === undefined) return
  const known = { fault, told: await toldOf(deps.pool, sha256) }
  await tellDamage(deps, bad, known)
  await closeFaults(deps, bad, other, known)
}

/**
 * A copy that is not what it should be: the bad file is set aside, never overwritten; the copy is made anew from the other
 * one, after that was read in full. A file that only could not be read stays where it is until there is a good copy. What
 * is cut off goes on at the next run: the fault stays open, and each thing is told once.
 */
export const mendCopy = async (deps: MendDeps, bad: BadCopy, pace: Pace): Promise<Mended> => {
  const fault = await recordFault(deps, bad)
  await noteRead(deps.pool, { sha256: bad.sha256, store: bad.kept.name }, bad.found, await deps.now())
  if (bad.found === 'altered') await setAside(deps, bad, fault)
  const known = { fault, told: await toldOf(deps.pool, bad.sha256) }
  await tellDamage(deps, bad, known)
  const good = await goodCopy(deps, bad, pace)
  if (good === undefined) return 'no-good-copy'
  await setAside(deps, bad, fault)
  if (!(await makeAnew(deps, bad, good, pace))) return 'no-good-copy'
  await closeFaults(deps, bad, good, known)
  return 'repaired'
}
