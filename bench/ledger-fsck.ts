import { randomBytes, randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Client } from 'pg'
import { toHex } from '@liuhen/ledger/bytes'
import type { SealedEvent } from '../apps/server/src/event-store/seal-event.ts'
import { sealEvent } from '../apps/server/src/event-store/seal-event.ts'
import { diskBlobStore } from '../apps/server/src/blobs/disk-blob-store.ts'
import { fsck } from '../apps/server/src/fsck/fsck.ts'
import { openLibrary } from '../apps/server/src/law/library.ts'
import { publish } from '../apps/server/src/ledger/publish.ts'
import { sequenceBatch } from '../apps/server/src/ledger/sequence.ts'
import { openSigner } from '../apps/server/src/ledger/signer.ts'
import { connect, createPool } from '../apps/server/src/postgres/pool.ts'
import { prepareDatabase } from '../apps/server/src/postgres/prepare-database.ts'
import { startPostgres } from '../apps/server/src/postgres/supervisor.ts'
import { actor, event } from './append.ts'

const BATCH = 2_000
/** Events of one case. */
const CASE_EVENTS = 50

const at = new Date('2026-03-02T01:00:00Z').toISOString()
const recording = { actor, clock: 'real', recordedAt: at } as const

/** Cases of fifty events each, sealed and chained as the server does it. */
const casesOf = (events: number): SealedEvent[] => {
  const sealed: SealedEvent[] = []
  while (sealed.length < events) {
    const place = { agencyId: 'bench', streamType: 'case', streamId: randomUUID() } as const
    let prevLeafHash: Uint8Array | null = null
    for (let version = 1; version <= Math.min(CASE_EVENTS, events - sealed.length + version - 1); version++) {
      const one: SealedEvent = sealEvent(event(), { ...place, version, prevLeafHash }, recording)
      prevLeafHash = one.leafHash
      sealed.push(one)
    }
  }
  return sealed
}

/** By the record's own function, many events at once and without commands. */
const insert = async (app: Client, sealed: readonly SealedEvent[]): Promise<void> => {
  const parts = sealed.flatMap(({ event: e, parts: own }) =>
    Object.entries(own).map(([part, { salt, bytes }]) => ({ id: e.id, part, salt, bytes })),
  )
  await app.query('BEGIN')
  await app.query(`SELECT set_config('app.agency', 'bench', true)`)
  await app.query(
    `SELECT record.append('bench', $1, '{}', '{}', '{}', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      at,
      sealed.map((s) => s.event.id),
      sealed.map((s) => s.event.streamType),
      sealed.map((s) => s.event.streamId),
      sealed.map((s) => s.event.version),
      sealed.map((s) => s.event.type),
      sealed.map((s) => s.entry),
      sealed.map((s) => s.leafHash),
      parts.map((p) => p.id),
      parts.map((p) => p.part),
      parts.map((p) => p.salt),
      parts.map((p) => p.bytes),
    ],
  )
  await app.query('COMMIT')
}

/** Seconds of `liuhen fsck` over so many events of ordinary size, whole: events, chains, tree, tiles, checkpoint. */
export const measureFsck = async (folder: string, leaves: number): Promise<Record<string, number>> => {
  const postgres = await startPostgres({ folder, password: 'bench' })
  const urls = await prepareDatabase({
    adminUrl: postgres.url,
    secret: toHex(randomBytes(32)),
    database: 'bench',
  })
  const [app, owner, sequencer] = await Promise.all(
    ([urls.app, urls.owner, urls.sequencer] as const).map((url) => connect(url, 'bench')),
  )
  if (app === undefined || owner === undefined || sequencer === undefined) throw new Error('no connection')
  const pool = createPool(urls.app, { max: 2, name: 'bench' })
  try {
    for (let done = 0; done < leaves; done += BATCH)
      await insert(app, casesOf(Math.min(BATCH, leaves - done)))
    while ((await sequenceBatch(sequencer)) > 0);
    const signer = await openSigner({ folder: join(folder, 'signer'), origin: 'bench.invalid/log/1' })
    await publish({ sequencer, folder: join(folder, 'log'), signer }, undefined)
    const root = join(folder, 'blobs')
    await mkdir(root, { recursive: true })
    const { vkey, size, root: signed } = await signer.status()
    const report = await fsck({
      owner,
      logFolder: join(folder, 'log'),
      vkey,
      highWater: { size, root: signed },
      blobs: { pool, store: diskBlobStore(root), root },
      projections: [],
      library: await openLibrary(),
    })
    if (!report.ok) throw new Error(JSON.stringify(report.findings))
    return {
      'fsck leaves': report.checked.leaves,
      'fsck s': Number(report.seconds.toFixed(1)),
      'fsck events/s': Math.round(report.checked.events / report.seconds),
      'fsck peak MiB': Math.round(process.resourceUsage().maxRSS / 1024),
    }
  } finally {
    await Promise.all([app.end(), owner.end(), sequencer.end(), pool.end()])
    await postgres.stop()
  }
}
