import { createReadStream, createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { escapeIdentifier, type Client } from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { NOT_COPIED } from './format.ts'

export const qualified = (table: string): string => table.split('.').map(escapeIdentifier).join('.')

type Reference = { child: string; parent: string }

/** A table after those that it refers to; the schema has no circles. */
const inOrder = (tables: readonly string[], references: readonly Reference[]): string[] => {
  const ordered: string[] = []
  const left = new Set(tables)
  while (left.size > 0) {
    const ready = [...left].filter(
      (t) => !references.some((r) => r.child === t && r.parent !== t && left.has(r.parent)),
    )
    if (ready.length === 0) throw new Error(`tables refer to each other in a circle: ${[...left].join(', ')}`)
    for (const table of ready) {
      ordered.push(table)
      left.delete(table)
    }
  }
  return ordered
}

// A demonstration's clock refuses to exist before its installation.
const BY_TRIGGER: readonly Reference[] = [{ child: 'app.demonstration_clock', parent: 'app.installation' }]

/** Every table of ours, parents first. */
export const listTables = async (owner: Client): Promise<string[]> => {
  const { rows } = await owner.query<{ name: string }>(
    `SELECT n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND n.nspname IN ('app', 'record', 'log', 'published') ORDER BY 1`,
  )
  const refs = await owner.query<Reference>(
    `SELECT cn.nspname || '.' || c.relname AS child, pn.nspname || '.' || p.relname AS parent
       FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace cn ON cn.oid = c.relnamespace
       JOIN pg_class p ON p.oid = k.confrelid JOIN pg_namespace pn ON pn.oid = p.relnamespace WHERE k.contype = 'f'`,
  )
  const names = rows.map((r) => r.name).filter((name) => !NOT_COPIED.has(name))
  return inOrder(names, [...refs.rows, ...BY_TRIGGER])
}

export const columnsOf = async (owner: Client, table: string): Promise<string[]> => {
  const { rows } = await owner.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute
      WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum`,
    [table],
  )
  return rows.map((r) => r.name)
}

const list = (columns: readonly string[]): string => columns.map(escapeIdentifier).join(', ')

/** COPY text of a table into a file that is on the disk when this returns. Answers with the number of rows. */
export const copyOut = async (
  owner: Client,
  table: string,
  columns: readonly string[],
  path: string,
): Promise<number> => {
  const stream = owner.query(copyTo(`COPY (SELECT ${list(columns)} FROM ${qualified(table)}) TO STDOUT`))
  await pipeline(stream, createWriteStream(path, { mode: 0o600 }))
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
  return stream.rowCount ?? 0
}

/**
 * Fills a table from COPY text. PostgreSQL does not copy into a table with row-level security, so the rows go through a
 * plain one that disappears again.
 */
export const copyIn = async (
  owner: Client,
  table: string,
  columns: readonly string[],
  path: string,
): Promise<number> => {
  await owner.query(
    `CREATE TABLE restore_from.rows AS SELECT ${list(columns)} FROM ${qualified(table)} WITH NO DATA`,
  )
  await pipeline(
    createReadStream(path),
    owner.query(copyFrom(`COPY restore_from.rows (${list(columns)}) FROM STDIN`)),
  )
  const done = await owner.query(
    `INSERT INTO ${qualified(table)} (${list(columns)}) OVERRIDING SYSTEM VALUE SELECT ${list(columns)} FROM restore_from.rows`,
  )
  await owner.query('DROP TABLE restore_from.rows')
  return done.rowCount ?? 0
}

/** Identity columns go on after the largest value that came in. */
export const advanceSequences = async (owner: Client): Promise<void> => {
  const { rows } = await owner.query<{ table: string; column: string; sequence: string }>(
    `SELECT n.nspname || '.' || c.relname AS table, a.attname AS column,
            pg_get_serial_sequence(quote_ident(n.nspname) || '.' || quote_ident(c.relname), a.attname) AS sequence
       FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE a.attidentity <> '' AND n.nspname IN ('app', 'record', 'log')`,
  )
  for (const { table, column, sequence } of rows)
    await owner.query(
      `SELECT setval($1, greatest(coalesce((SELECT max(${escapeIdentifier(column)}) FROM ${qualified(table)}), 0), 1),
                     EXISTS (SELECT FROM ${qualified(table)}))`,
      [sequence],
    )
}
