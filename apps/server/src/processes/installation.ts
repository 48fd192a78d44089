import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import type { Client } from 'pg'
import { writeDurably } from '../ledger/log-folder.ts'
import { connect } from '../postgres/pool.ts'
import { isS3Address } from '../s3/s3-settings.ts'

export type Kind = 'real' | 'demonstration'
export type Installation = Readonly<{ id: string; kind: Kind; origin: string }>

const MARKER = 'DEMONSTRATION'
const MARKED = '本目录是演示数据，时钟是模拟的，不得用于办案。\n'

/** Whether this data directory is marked as a demonstration's; openInstallation has seen to it that the database agrees. */
export const isDemonstration = (dataDir: string): boolean => existsSync(join(dataDir, MARKER))

/** Originals that came in at one place are not looked for at another: a folder moves with its data directory, a bucket does not. */
const checkFirstStore = async (owner: Client, configured: string | undefined): Promise<void> => {
  const { rows } = await owner.query<{ place: string | null; holds: boolean }>(
    `SELECT (SELECT place FROM app.blob_store WHERE store = 'first') AS place,
            EXISTS (SELECT FROM app.blob WHERE state = 'verified') AS holds`,
  )
  // Originals without a place are from before a store had one: they are in the data directory.
  const known = rows[0]?.place ?? (rows[0]?.holds === true ? '' : undefined)
  const inBucket = known !== undefined && isS3Address(known) ? known : undefined
  if (known === undefined || inBucket === configured) return
  throw new Error(
    inBucket === undefined
      ? '主存储在数据目录里，原件都在那里，不能改为对象存储：请去掉 LIUHEN_FIRST_STORE；要搬过去的，先备份（liuhen backup），再恢复（liuhen restore）到设置了 LIUHEN_FIRST_STORE 的新安装。'
      : `主存储在 ${inBucket}，原件都在那里：请把 LIUHEN_FIRST_STORE 改回这个地址；要搬走的，先备份（liuhen backup），再恢复（liuhen restore）到新安装。`,
  )
}

/**
 * What this data directory is for, fixed at its first start. A demonstration is marked in the database and in the
 * directory; where the two disagree, somebody has mixed demonstration and real data, and nothing starts.
 */
export const openInstallation = async (input: {
  ownerUrl: string
  dataDir: string
  origin: string
  /** Where the first store is, when it is a bucket. */
  firstStore?: string
  /** Instant at which a new demonstration begins; a directory that exists keeps its kind and clock. */
  demonstrationAt?: string
}): Promise<Installation> => {
  const owner = await connect(input.ownerUrl, 'liuhen installation')
  const marker = join(input.dataDir, MARKER)
  try {
    const kind: Kind = input.demonstrationAt === undefined ? 'real' : 'demonstration'
    const made = await owner.query(
      'INSERT INTO app.installation (id, kind, origin) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [randomUUID(), kind, input.origin],
    )
    if (made.rowCount === 1 && input.demonstrationAt !== undefined) {
      await writeDurably(marker, MARKED)
      await owner.query('INSERT INTO app.demonstration_clock (at) VALUES ($1)', [input.demonstrationAt])
    }
    const { rows } = await owner.query<Installation>('SELECT id, kind, origin FROM app.installation')
    const found = rows[0]
    if (found === undefined) throw new Error('the row was made above')
    if (existsSync(marker) !== (found.kind === 'demonstration')) {
      throw new Error('数据目录和数据库一个是演示、一个不是，不能混用。请检查 LIUHEN_DATA 与 DATABASE_URL。')
    }
    if (found.kind === 'real' && input.demonstrationAt !== undefined) {
      throw new Error('这个数据目录是正式的，不能用来演示。请换一个空目录。')
    }
    if (found.origin !== input.origin) {
      throw new Error(`这个数据目录的日志名是 ${found.origin}，不能改成 ${input.origin}。`)
    }
    await checkFirstStore(owner, input.firstStore)
    return found
  } finally {
    await owner.end()
  }
}
