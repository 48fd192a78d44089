import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestInstallation, type TestInstallation } from '../../../../test/test-installation.ts'

let installation: TestInstallation
beforeAll(async () => {
  installation = await createTestInstallation()
})
afterAll(async () => {
  await installation.close()
})

const echo = async (values: readonly (Buffer | null)[]): Promise<unknown> => {
  const { rows } = await installation.pool.query('SELECT $1::bytea[] AS given', [values])
  return rows[0].given
}

test('arrays of bytes come back as they were sent: empty ones, none, none at all, and long ones', async () => {
  expect(await echo([])).toEqual([])
  expect(await echo([Buffer.alloc(0)])).toEqual([Buffer.alloc(0)])
  const values = [Buffer.from(',"\\}{NULL'), null, randomBytes(100_000), Buffer.alloc(0)]
  expect(await echo(values)).toEqual(values)
})

test('numbers are exact, instants are in UTC, days stay days', async () => {
  const { rows } = await installation.pool.query(
    `SELECT 9007199254740991::bigint AS n, '2026-03-02 09:00:00+08'::timestamptz AS at, '2026-03-02'::date AS day`,
  )
  expect(rows).toEqual([{ n: 9007199254740991, at: '2026-03-02T01:00:00.000Z', day: '2026-03-02' }])
  await expect(installation.pool.query('SELECT 9007199254740992::bigint')).rejects.toThrow(RangeError)
})
