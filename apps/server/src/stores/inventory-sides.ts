import type { Pool } from 'pg'
import { namedDigests } from './named-digests.ts'
import type { BackupList } from './backup-list.ts'
import { mustStillBeHere, reachStore } from './reach-store.ts'
import type { KeptStore } from './store-place.ts'

/** What a store holds: names with sizes. */
export type Holding = ReadonlyMap<string, number>
export type Side = Readonly<
  | {
      here: true
      holding: Holding
      /** Names that somebody else wrote or deleted after us. */
      covered: readonly string[]
    }
  | { here: false; why: string }
>

export type RegisteredBlob = Readonly<{
  sizeBytes: number
  verified: boolean
  settledAt?: string
  /** Long enough ago that the copy should have been made. */
  copyDue: boolean
  /** The second store was said to have it. */
  copied: boolean
}>

const hold = async (kept: KeptStore): Promise<Side> => {
  const holding = new Map<string, number>()
  const covers: string[] = []
  for await (const { sha256, sizeBytes, covered } of kept.bytes.list()) {
    holding.set(sha256, sizeBytes)
    if (covered === true) covers.push(sha256)
  }
  await mustStillBeHere(kept)
  return { here: true, holding, covered: covers }
}

/** A store that cannot be listed to its end holds nothing that could be compared. */
export const readSide = async (pool: Pool, kept: KeptStore): Promise<Side> => {
  const reached = await reachStore(pool, kept)
  if (!reached.here) return reached
  try {
    return await hold(kept)
  } catch (e) {
    return { here: false, why: `列不出存储里的文件：${e instanceof Error ? e.message : '未知错误'}` }
  }
}

type Row = {
  sha256: string
  size_bytes: number
  verified: boolean
  settled_at: string | null
  copy_due: boolean
  copied: boolean
}

const registered = async (
  pool: Pool,
  copyWithinHours: number,
): Promise<ReadonlyMap<string, RegisteredBlob>> => {
  const { rows } = await pool.query<Row>(
    `SELECT b.sha256, b.size_bytes, b.state = 'verified' AS verified, b.settled_at,
            coalesce(b.settled_at <= now() - make_interval(hours => $1::int), false) AS copy_due,
            EXISTS (SELECT FROM app.blob_copy c WHERE c.sha256 = b.sha256 AND c.store = 'second') AS copied
       FROM app.blob b WHERE b.state IN ('verified', 'sealed') AND b.sha256 IS NOT NULL ORDER BY b.state`,
    [copyWithinHours],
  )
  // Of two rows with one digest the verified one, which comes last, is its owner.
  return new Map(
    rows.map((r) => [
      r.sha256,
      {
        sizeBytes: r.size_bytes,
        verified: r.verified,
        ...(r.settled_at === null ? {} : { settledAt: r.settled_at }),
        copyDue: r.copy_due,
        copied: r.copied,
      },
    ]),
  )
}

const destroyedIn = async (pool: Pool): Promise<ReadonlySet<string>> => {
  const { rows } = await pool.query<{ sha256: string }>(
    `SELECT sha256 FROM app.blob WHERE state = 'destroyed'`,
  )
  return new Set(rows.map((r) => r.sha256))
}

const lockedIn = async (pool: Pool): Promise<ReadonlySet<string>> => {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT store || ' ' || sha256 AS name FROM app.blob_locked`,
  )
  return new Set(rows.map((r) => r.name))
}

export type Sides = Readonly<{
  first: Side
  second?: Side
  backup?: BackupList
  rows: ReadonlyMap<string, RegisteredBlob>
  named: ReadonlyMap<string, string>
  /** Gone according to law: nobody misses them, and no copy of them is ever made again. */
  destroyed: ReadonlySet<string>
  /** Those of which a store still keeps a copy because it must, as `store sha256`. */
  locked: ReadonlySet<string>
}>

/** Files before rows, rows before events: what is stored in between has its row, what is recorded in between its file. */
export const readSides = async (
  o: Readonly<{
    pool: Pool
    first: KeptStore
    second?: KeptStore
    backup?: BackupList
    copyWithinHours: number
  }>,
): Promise<Sides> => {
  const first = await readSide(o.pool, o.first)
  const second = o.second === undefined ? undefined : await readSide(o.pool, o.second)
  const named = await namedDigests(o.pool)
  return {
    first,
    ...(second === undefined ? {} : { second }),
    ...(o.backup === undefined ? {} : { backup: o.backup }),
    named,
    rows: await registered(o.pool, o.copyWithinHours),
    destroyed: await destroyedIn(o.pool),
    locked: await lockedIn(o.pool),
  }
}
