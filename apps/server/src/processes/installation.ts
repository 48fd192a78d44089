import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { writeDurably } from '../ledger/log-folder.ts'
import { connect } from '../postgres/pool.ts'

export type Kind = 'real' | 'demonstration'
export type Installation = Readonly<{ id: string; kind: Kind; origin: string }>

const MARKER = 'DEMONSTRATION'
const MARKED = '本目录是演示数据，时钟是模拟的，不得用于办案。\n'

/**
 * What this data directory is for, fixed at its first start. A demonstration is marked in the database and in the
 * directory; where the two disagree, somebody has mixed demonstration and real data, and nothing starts.
 */
export const openInstallation = async (input: {
  ownerUrl: string
  dataDir: string
  origin: string
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
    return found
  } finally {
    await owner.end()
  }
}
