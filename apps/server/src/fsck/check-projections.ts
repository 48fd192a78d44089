import { escapeIdentifier, type Client } from 'pg'
import { readRecord } from '../event-store/read-stream.ts'
import type { Projection } from '../event-store/store.ts'
import type { Findings } from './findings.ts'

const BATCH = 500

const qualified = (table: string): string => table.split('.').map(escapeIdentifier).join('.')
/** In a schema of its own that the rollback takes away: the owner may make no temporary tables here. */
const kept = (i: number): string => `fsck_kept.t${i}`

const replay = async (owner: Client, projections: readonly Projection[]): Promise<void> => {
  for (let after = 0; ; ) {
    const batch = await readRecord(owner, after, BATCH)
    for (const { event } of batch) for (const p of projections) await p.apply(owner, event)
    const last = batch.at(-1)
    if (last === undefined || batch.length < BATCH) return
    after = last.position
  }
}

const compare = async (owner: Client, table: string, i: number, findings: Findings): Promise<void> => {
  const side = (a: string, b: string): string =>
    `SELECT x::text AS row FROM ${a} x EXCEPT ALL SELECT y::text FROM ${b} y`
  const { rows } = await owner.query<{ row: string; side: string }>(
    `(SELECT row, 'extra' AS side FROM (${side(`${kept(i)}`, qualified(table))}) e LIMIT 20)
     UNION ALL (SELECT row, 'absent' FROM (${side(qualified(table), `${kept(i)}`)}) a LIMIT 20)`,
  )
  for (const { row, side: where } of rows)
    findings.add(
      'projection',
      `${table} ${row.slice(0, 120)}`,
      where === 'extra' ? '表里有这一行，由事件重算得不到' : '由事件重算应有这一行，表里没有',
    )
}

/**
 * Replays the record into the projections' tables and compares them with what was there, row for row, in a transaction
 * that is rolled back: nothing changes, but writers and readers of these tables wait until it ends.
 */
export const checkProjections = async (
  owner: Client,
  projections: readonly Projection[],
  findings: Findings,
): Promise<number> => {
  const tables = projections.flatMap((p) => p.tables)
  if (tables.length === 0) return 0
  await owner.query('BEGIN')
  try {
    await owner.query('LOCK TABLE record.event IN SHARE MODE')
    await owner.query('CREATE SCHEMA fsck_kept')
    for (const [i, table] of tables.entries())
      await owner.query(`CREATE TABLE ${kept(i)} AS SELECT * FROM ${qualified(table)}`)
    await owner.query(`TRUNCATE ${tables.map(qualified).join(', ')}`)
    await replay(owner, projections)
    for (const [i, table] of tables.entries()) await compare(owner, table, i, findings)
    return tables.length
  } catch (error) {
    findings.add(
      'projection',
      tables.join('、'),
      `重算失败：${error instanceof Error ? error.message : '未知错误'}`,
    )
    return 0
  } finally {
    await owner.query('ROLLBACK')
  }
}
