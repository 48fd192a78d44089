import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import { inTransaction, type Tx } from '../postgres/transaction.ts'
import type { OpenMove } from './move-rows.ts'
import { installationIn, type Mark, parseMark, type Reached } from './reach-store.ts'
import type { KeptStore } from './store-place.ts'

const away = (why: string): Reached => ({ here: false, why })

const isInUse = async (tx: Tx, id: string): Promise<boolean> => {
  const { rows } = await tx.query(
    `SELECT FROM app.blob_store WHERE id = $1
     UNION ALL SELECT FROM app.store_move WHERE from_id = $1 AND state IN ('done', 'told')`,
    [id],
  )
  return rows.length > 0
}

const noteId = (tx: Tx, move: OpenMove, id: string) =>
  tx.query('UPDATE app.store_move SET to_id = $2 WHERE id = $1', [move.id, id])

/** It bears the mark of a second store from the first byte on; that it may not be used as one yet the move says. */
const takeNext = async (tx: Tx, next: KeptStore, move: OpenMove): Promise<Reached> => {
  if (move.toId !== null) return away('新存储里没有它的标记，磁盘可能没有挂载。请挂载后再试。')
  if (!(await next.place.isEmpty())) return away('新存储不是空的，也没有本安装的标记。请换一个空的位置。')
  const mark: Mark = { installation: await installationIn(tx), store: 'second', id: randomUUID() }
  await next.place.writeMark(`${JSON.stringify(mark)}\n`)
  await noteId(tx, move, mark.id)
  return { here: true }
}

const checkNext = async (tx: Tx, move: OpenMove, text: string): Promise<Reached> => {
  const mark = parseMark(text)
  if (mark?.store !== 'second' || mark.installation !== (await installationIn(tx)))
    return away('新存储的标记不属于本安装的第二存储，请换一个位置。')
  if (await isInUse(tx, mark.id)) return away('新存储正在使用，或者已经退役，请换一个位置。')
  if (move.toId !== null && move.toId !== mark.id)
    return away('新存储的标记换了，请核对挂载的是不是同一块盘。')
  // One that an earlier move began, or whose row a crash cut off, is gone on with.
  if (move.toId === null) await noteId(tx, move, mark.id)
  return { here: true }
}

/** Whether the store that is moved to can be used for that. */
export const reachNext = (pool: Pool, next: KeptStore, move: OpenMove): Promise<Reached> =>
  inTransaction(pool, async (tx) => {
    await tx.query('SELECT FROM app.store_move WHERE id = $1 FOR UPDATE', [move.id])
    const text = await next.place.readMark()
    const unfit = await next.place.unfit?.()
    if (unfit !== undefined) return away(unfit)
    return text === undefined ? takeNext(tx, next, move) : checkNext(tx, move, text)
  }).catch((e: unknown) =>
    away(`新存储 ${next.place.where} 打不开：${e instanceof Error ? e.message : '未知错误'}`),
  )
