import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Client } from 'pg'

const FOLDER = join(import.meta.dirname, '..', 'migrations')
const LOCK = 7_304_002

export type Migration = Readonly<{ number: number; name: string; sql: string; checksum: string }>

/** `NNN-name.sql`, in the order of their numbers. */
export const readMigrations = async (folder: string = FOLDER): Promise<readonly Migration[]> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  const migrations = await Promise.all(
    names.map(async (name) => {
      const number = Number(/^(\d{3})-[a-z0-9-]+\.sql$/.exec(name)?.[1])
      if (Number.isNaN(number)) throw new Error(`${name} is not called NNN-name.sql`)
      const sql = await readFile(join(folder, name), 'utf8')
      return { number, name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
  migrations.forEach((m, i) => {
    if (m.number === migrations[i + 1]?.number) throw new Error(`two migrations have the number ${m.number}`)
  })
  return migrations
}

type Applied = { number: number; name: string; checksum: string }

const appliedIn = async (owner: Client): Promise<readonly Applied[]> => {
  await owner.query(`
    CREATE SCHEMA IF NOT EXISTS migration;
    COMMENT ON SCHEMA migration IS 'Which migrations ran.';
    CREATE TABLE IF NOT EXISTS migration.applied (
      number integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL,
      at timestamptz NOT NULL DEFAULT clock_timestamp());
    COMMENT ON TABLE migration.applied IS 'Migrations in the order in which they ran, with the checksum of their text.'`)
  return (await owner.query<Applied>('SELECT number, name, checksum FROM migration.applied ORDER BY number'))
    .rows
}

/** What still has to run. A changed text, a missing one or one that comes too late is refused: nothing was touched yet. */
const pendingOf = (migrations: readonly Migration[], applied: readonly Applied[]): readonly Migration[] => {
  const last = applied.at(-1)?.number ?? 0
  for (const done of applied) {
    const now = migrations.find((m) => m.number === done.number)
    if (now === undefined) throw new Error(`数据库比程序新（有 ${done.name}），请用更新的程序。`)
    if (now.checksum !== done.checksum) throw new Error(`迁移 ${done.name} 运行之后被改过，请恢复原文件。`)
  }
  const known = new Set(applied.map((a) => a.number))
  const pending = migrations.filter((m) => !known.has(m.number))
  const late = pending.find((m) => m.number < last)
  if (late !== undefined)
    throw new Error(`迁移 ${late.name} 的编号小于已经运行过的 ${last}，请改用更大的编号。`)
  return pending
}

/** Brings the database forward; each migration is one transaction. Safe to call from several processes at once. */
export const migrate = async (
  owner: Client,
  migrations?: readonly Migration[],
): Promise<readonly string[]> => {
  const all = migrations ?? (await readMigrations())
  await owner.query('SELECT pg_advisory_lock($1)', [LOCK])
  try {
    const pending = pendingOf(all, await appliedIn(owner))
    for (const m of pending) {
      await owner.query('BEGIN')
      try {
        await owner.query(m.sql)
        await owner.query('INSERT INTO migration.applied (number, name, checksum) VALUES ($1, $2, $3)', [
          m.number,
          m.name,
          m.checksum,
        ])
        await owner.query('COMMIT')
      } catch (error) {
        await owner.query('ROLLBACK')
        throw new Error(`迁移 ${m.name} 失败，数据库没有改变。`, { cause: error })
      }
    }
    return pending.map((m) => m.name)
  } finally {
    await owner.query('SELECT pg_advisory_unlock($1)', [LOCK])
  }
}
