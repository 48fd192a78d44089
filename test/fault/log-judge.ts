import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from 'pg'
import { toHex } from '@liuhen/ledger/bytes'
import { bundlesFrom } from '@liuhen/ledger/bundles'
import { rebuildLog } from '@liuhen/ledger/edge'
import { leafHash } from '@liuhen/ledger/leaf'
import { nodeHashes } from '../../apps/server/src/event-store/seal-event.ts'
import { readLogFile } from '../../apps/server/src/ledger/log-folder.ts'
import { publishedSize } from './log-watch.ts'

/** `lost`: acknowledged and not in the record, or in the record and not in the log. `doubled`: there twice. */
export type Judged = Readonly<{ lost: number; doubled: number; faults: readonly string[] }>

type Asked = Readonly<{
  owner: Client
  dataDir: string
  acknowledged: readonly string[]
  /** What a reader of the log saw on the way. */
  seen: readonly string[]
}>

/** A log that has not published everything after this time stands still. */
const PATIENCE_MS = 60_000

/** Names in the record; one that is there twice stands here twice. */
const namesIn = async (owner: Client): Promise<readonly string[]> => {
  const { rows } = await owner.query<{ name: string }>(
    `SELECT name FROM app.person WHERE name LIKE '执法员%'`,
  )
  return rows.map(({ name }) => name)
}

const missingFrom = (written: readonly string[], acknowledged: readonly string[]): readonly string[] => {
  const inRecord = new Set(written)
  return acknowledged.filter((name) => !inRecord.has(name))
}

/** Something that was acknowledged is gone: nothing that comes later can mend it. */
export const hasLost = async (owner: Client, acknowledged: readonly string[]): Promise<boolean> =>
  missingFrom(await namesIn(owner), acknowledged).length > 0

const twice = (all: readonly string[]): number => all.length - new Set(all).size

const leavesIn = async (folder: string, size: number): Promise<readonly string[]> => {
  const found: string[] = []
  const log = { size, read: (path: string) => readLogFile(folder, path) }
  for await (const { entries } of bundlesFrom(log))
    for (const entry of entries) found.push(toHex(leafHash(nodeHashes.sha256, entry)))
  return found
}

const sizeReached = async (dataDir: string, total: number, patienceMs: number): Promise<number> => {
  const until = performance.now() + patienceMs
  for (;;) {
    const size = await publishedSize(dataDir)
    if (size >= total || performance.now() > until) return size
    await pause(50)
  }
}

/** Everything acknowledged is in the record once, its streams have no gaps, and the published log holds all of it once. */
export const judgeLog = async ({ owner, dataDir, acknowledged, seen }: Asked): Promise<Judged> => {
  const written = await namesIn(owner)
  const missing = missingFrom(written, acknowledged)
  const gaps = await owner.query(
    'SELECT stream_id FROM record.event GROUP BY 1 HAVING max(version) <> count(*) OR min(version) <> 1',
  )
  const { rows } = await owner.query<{ leaf: string }>(
    `SELECT encode(leaf_hash, 'hex') AS leaf FROM record.event`,
  )
  const size = await sizeReached(dataDir, rows.length, missing.length > 0 ? 0 : PATIENCE_MS)
  const folder = join(dataDir, 'log')
  const leaves = await leavesIn(folder, size)
  const rebuilt = await rebuildLog(nodeHashes.sha256, size, (path) => readLogFile(folder, path))
  const inLog = new Set(leaves)
  return {
    lost: missing.length + rows.filter(({ leaf }) => !inLog.has(leaf)).length,
    doubled: twice(written) + twice(leaves),
    faults: [
      ...seen,
      ...(gaps.rows.length > 0 ? ['a stream with a gap'] : []),
      ...(size === rows.length ? [] : [`${size} leaves of ${rows.length} events`]),
      ...rebuilt.faults.map(({ path, why }) => `${path} is ${why}`),
    ],
  }
}
