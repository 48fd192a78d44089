import pg from 'pg'
import type { Pool } from 'pg'

const INT8 = 20
const TIMESTAMPTZ = 1184
const DATE = 1082
const BYTEA_ARRAY = 1001

const exactNumber = (text: string): number => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} does not fit into a number`)
  return value
}

/** As the server writes them, `{"\\x6162","\\x"}`; the driver's own reader goes through every array letter by letter. */
const byteArrays = (text: string): (Buffer | null)[] =>
  text === '{}'
    ? []
    : text
        .slice(1, -1)
        .split(',')
        .map((one) => (one === 'NULL' ? null : Buffer.from(one.slice('"\\\\x'.length, -1), 'hex')))

/** Numbers are numbers, instants are ISO 8601 in UTC, days are yyyy-MM-dd. Everything else as the driver has it. */
const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  [INT8]: exactNumber,
  [TIMESTAMPTZ]: (text) => new Date(text).toISOString(),
  [DATE]: (text) => text,
  [BYTEA_ARRAY]: byteArrays,
}

export const types: pg.CustomTypesConfig = {
  getTypeParser: (id: number, format?: 'text' | 'binary') =>
    parsers[id] ?? pg.types.getTypeParser(id, format),
}

/** Queries that are not awaited one by one share a round trip. */
export const createPool = (url: string, options: { max: number; name: string }): Pool => {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max,
    application_name: options.name,
    pipeline: true,
    types,
  })
  // A connection that breaks while idle is replaced by the next use; without a listener it would end the process.
  pool.on('error', () => undefined)
  // The same for one that breaks in use: whoever uses it hears of it by the query that fails.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

export const connect = async (url: string, name: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url, application_name: name, types })
  await client.connect()
  return client
}
