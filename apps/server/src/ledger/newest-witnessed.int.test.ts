import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Client } from 'pg'
import { ed25519NoteKey } from '@liuhen/ledger/note'
import { createTestInstallation, type TestInstallation } from '../../../../test/test-installation.ts'
import { newestWitnessed } from './newest-witnessed.ts'

let installation: TestInstallation
let admin: Client
beforeAll(async () => {
  installation = await createTestInstallation()
  admin = await installation.connectAs('admin')
  await admin.query('SET session_replication_role = replica')
})
afterAll(() => installation.close())
beforeEach(() => admin.query('DELETE FROM log.cosignature'))

const sign = (witness: string, sizes: readonly number[]) =>
  admin.query(
    `INSERT INTO log.cosignature (size, witness, line, cosigned_at)
     SELECT s, $1, '— ' || $1 || E' AA\\n', now() FROM unnest($2::bigint[]) s`,
    [witness, sizes],
  )
const upTo = (n: number, from = 1): number[] => Array.from({ length: n + 1 - from }, (_, i) => from + i)
const ask = (names: readonly string[], needed: number, fromSize?: number) =>
  newestWitnessed(
    installation.pool,
    {
      peers: names.map((name) => ({ name, url: '', key: ed25519NoteKey(name, new Uint8Array(32).fill(1)) })),
      isEnough: (have) => names.filter((n) => have.has(n)).length >= needed,
    },
    fromSize,
  )

test('is found however long a witness was away', async () => {
  await sign('a', upTo(400))
  await sign('b', upTo(12))
  expect(await ask(['a', 'b'], 2)).toEqual({ size: 12, confirmed: 2 })
  expect(await ask(['a', 'b'], 1)).toEqual({ size: 400, confirmed: 1 })
  expect(await ask(['a', 'b'], 2, 12)).toEqual({ size: 12, confirmed: 2 })
  expect(await ask(['a', 'b'], 2, 13)).toBeUndefined()
  expect(await ask(['a', 'nobody'], 2)).toBeUndefined()
})

test('is one that they signed together, not one that each had passed, and counts all under it', async () => {
  await sign('a', [5, 9, 13, 20])
  await sign('b', [5, 8, 12, 19])
  await sign('c', [5, 12, 13, 18])
  expect(await ask(['a', 'b', 'c'], 2)).toEqual({ size: 13, confirmed: 2 })
  expect(await ask(['a', 'b', 'c'], 3)).toEqual({ size: 5, confirmed: 3 })
  await sign('a', [12])
  expect(await ask(['a', 'b', 'c'], 3)).toEqual({ size: 12, confirmed: 3 })
  await sign('stranger', [21])
  expect(await ask(['a', 'b', 'c'], 1)).toEqual({ size: 20, confirmed: 1 })
})
