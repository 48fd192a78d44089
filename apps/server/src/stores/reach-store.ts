import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import { z } from 'zod'
import { StoreUnreachableError } from '../blobs/blob-store.ts'
import { inTransaction, type Tx } from '../postgres/transaction.ts'
import { type KeptStore, RETIRED, type StoreName } from './store-place.ts'

export type Stores = Readonly<{
  pool: Pool
  first: KeptStore
  second?: KeptStore
  /** By the clock of the record. */
  now: () => Promise<string>
}>

/** A store that is away is told as away, never as empty. */
export type Reached = Readonly<{ here: true } | { here: false; why: string }>

export const Mark = z.object({ installation: z.string(), store: z.enum(['first', 'second']), id: z.uuid() })
export type Mark = z.infer<typeof Mark>
type Row = { id: string; place: string }

const away = (why: string): Reached => ({ here: false, why })

export const installationIn = async (tx: Tx): Promise<string> => {
  const { rows } = await tx.query<{ id: string }>('SELECT id FROM app.installation')
  return rows[0]?.id ?? ''
}

const rowOf = async (tx: Tx, store: StoreName): Promise<Row | undefined> => {
  const { rows } = await tx.query<Row>('SELECT id, place FROM app.blob_store WHERE store = $1', [store])
  return rows[0]
}

/** What was known of the copies of another store says nothing of this one. */
const begin = async (tx: Tx, kept: KeptStore, id: string): Promise<void> => {
  await tx.query('DELETE FROM app.blob_copy WHERE store = $1', [kept.name])
  await tx.query(
    `INSERT INTO app.blob_store (store, id, place) VALUES ($1, $2, $3)
     ON CONFLICT (store) DO UPDATE SET id = EXCLUDED.id, place = EXCLUDED.place, since = now()`,
    [kept.name, id, kept.place.where],
  )
}

export const parseMark = (text: string): Mark | undefined => {
  try {
    return Mark.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

const NOT_BEGUN = away('还没有启用，后台会在几分钟内启用它。')

type Move = { id: string; state: string; from_id: string; to_id: string | null; from_place: string }

/** Where this store stands in a move: let go, on its way in, or neither. */
const moveOf = async (tx: Tx, id: string): Promise<Move | undefined> => {
  const { rows } = await tx.query<Move>(
    `SELECT id, state, from_id, to_id, from_place FROM app.store_move
      WHERE from_id = $1 AND state IN ('done', 'told') OR to_id = $1 AND state IN ('copying', 'checked', 'approved')
      ORDER BY began_at DESC LIMIT 1`,
    [id],
  )
  return rows[0]
}

/** The store that was moved to comes into use with the copies that were read back in it. */
const switchTo = async (tx: Tx, kept: KeptStore, move: Move, id: string): Promise<void> => {
  await begin(tx, kept, id)
  await tx.query(
    `INSERT INTO app.blob_copy (sha256, store, state, verified_at)
     SELECT sha256, 'second', 'intact', verified_at FROM app.move_copy WHERE move_id = $1`,
    [move.id],
  )
  await tx.query(`UPDATE app.store_move SET state = 'done' WHERE id = $1`, [move.id])
}

/** Absent: the store takes no part in a move. */
const checkMove = async ({ tx, kept, mayBegin }: Known, id: string): Promise<Reached | undefined> => {
  const move = await moveOf(tx, id)
  // The database may be a restored one, which knows nothing of the move.
  if (move?.from_id === id || (await kept.place.hasNote(RETIRED)))
    return away('这个存储已经退役，里面的文件都还在。请把 LIUHEN_SECOND_STORE 改为现在的第二存储，重新启动。')
  if (move === undefined) return undefined
  if (move.state !== 'approved')
    return away(
      `这个存储正在迁入，还没有核对完并经第二人批准。请先把 LIUHEN_SECOND_STORE 改回 ${move.from_place}。`,
    )
  if (!mayBegin) return NOT_BEGUN
  await switchTo(tx, kept, move, id)
  return { here: true }
}

/** What is known of a store before its mark or its folder was looked at. */
type Known = Readonly<{ tx: Tx; kept: KeptStore; row: Row | undefined; mayBegin: boolean }>

const checkMark = async ({ tx, kept, row, mayBegin }: Known, text: string): Promise<Reached> => {
  const mark = parseMark(text)
  if (mark === undefined) return away('存储标记读不懂，请核对这个位置是不是本系统的存储。')
  if (mark.store !== kept.name)
    return away('这是本系统的另一个存储的位置，两个存储不能用同一个位置，请另选一个。')
  if (mark.installation !== (await installationIn(tx)))
    return away(
      `这个位置属于另一个安装，请核对 ${kept.name === 'first' ? 'LIUHEN_FIRST_STORE' : 'LIUHEN_SECOND_STORE'}。`,
    )
  if (mark.id === row?.id && row.place === kept.place.where) return { here: true }
  const moved = await checkMove({ tx, kept, row, mayBegin }, mark.id)
  if (moved !== undefined) return moved
  if (!mayBegin) return NOT_BEGUN
  if (mark.id === row?.id)
    await tx.query('UPDATE app.blob_store SET place = $2 WHERE store = $1', [kept.name, kept.place.where])
  else await begin(tx, kept, mark.id)
  return { here: true }
}

const takePlace = async ({ tx, kept, row, mayBegin }: Known): Promise<Reached> => {
  if (row?.place === kept.place.where)
    return away('这个位置没有本安装的存储标记，磁盘可能没有挂载。请挂载后再试；要换新盘的，请换一个路径。')
  if (kept.name === 'second' && !(await kept.place.isEmpty()))
    return away(
      '这个位置不是空的，也没有本安装的存储标记。请为第二存储另备一个空文件夹，或者桶里的空文件夹。',
    )
  if (!mayBegin) return NOT_BEGUN
  const id = randomUUID()
  const mark: Mark = { installation: await installationIn(tx), store: kept.name, id }
  // The mark first: a mark without a row is found again, a row without a mark would be a store that is away.
  await kept.place.writeMark(`${JSON.stringify(mark)}\n`)
  await begin(tx, kept, id)
  return { here: true }
}

const LOCK = 7_304_021

/** Whether a store can be used now; a place that is new and empty becomes the store, unless one only looks. */
export const reachStore = async (
  pool: Pool,
  kept: KeptStore,
  o: Readonly<{ begin: boolean }> = { begin: true },
): Promise<Reached> =>
  inTransaction(pool, async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [LOCK])
    const known: Known = { tx, kept, row: await rowOf(tx, kept.name), mayBegin: o.begin }
    const text = await kept.place.readMark()
    const unfit = await kept.place.unfit?.()
    if (unfit !== undefined) return away(unfit)
    return text === undefined ? takePlace(known) : checkMark(known, text)
  }).catch((e: unknown) =>
    away(
      `存储 ${kept.place.where} 打不开，请检查磁盘、挂载或者网络：${e instanceof Error ? e.message : '未知错误'}`,
    ),
  )

export class StoreAwayError extends Error {
  constructor(kept: KeptStore) {
    super(`${kept.place.where} 在工作中断开了，请检查磁盘、挂载或者网络。`)
    this.name = 'StoreAwayError'
  }
}

/** What a store, not the program or the database, is the cause of. */
export const isOfStore = (e: unknown): e is Error =>
  e instanceof StoreAwayError ||
  e instanceof StoreUnreachableError ||
  (e instanceof Error && ('syscall' in e || isNoRoom(e)))

export const isNoRoom = (e: unknown): boolean =>
  e instanceof Error && 'code' in e && (e.code === 'ENOSPC' || e.code === 'EDQUOT')

/** Before what was read or written is believed: a disk that is gone leaves an empty folder in its place. */
export const mustStillBeHere = async (kept: KeptStore): Promise<void> => {
  const mark = await kept.place.readMark().catch(() => undefined)
  if (mark === undefined) throw new StoreAwayError(kept)
}

/** True when losing one device loses both; absent when it cannot be told. */
export const onOneDevice = async (stores: Stores): Promise<boolean | undefined> => {
  const second = stores.second?.place.device()
  if (second === undefined) return undefined
  try {
    const [a, b] = await Promise.all([stores.first.place.device(), second])
    return a === undefined || b === undefined ? undefined : a === b
  } catch {
    return undefined
  }
}

/** Copying and scrubbing go on side by side: they never write the same copy. */
const PASSES = { copy: 7_304_022, scrub: 7_304_023, lock: 7_304_024, move: 7_304_025 } as const

/** While this works no pass of any kind that writes or reads copies is at work; absent when one is. */
export const besideNoPass = <T>(pool: Pool, work: () => Promise<T>): Promise<T | undefined> =>
  inOnePass(pool, 'copy', () => inOnePass(pool, 'scrub', () => inOnePass(pool, 'move', work)))

/** One pass of a kind at a time, whichever process it runs in; absent when another one is at work. */
export const inOnePass = async <T>(
  pool: Pool,
  kind: keyof typeof PASSES,
  work: () => Promise<T>,
): Promise<T | undefined> => {
  const client = await pool.connect()
  try {
    const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [
      PASSES[kind],
    ])
    if (rows[0]?.held !== true) return undefined
    try {
      return await work()
    } finally {
      await client.query('SELECT pg_advisory_unlock($1)', [PASSES[kind]])
    }
  } finally {
    client.release()
  }
}
