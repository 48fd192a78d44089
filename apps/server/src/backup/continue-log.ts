import { randomUUID } from 'node:crypto'
import { append } from '../event-store/append.ts'
import { waitForInclusion } from '../ledger/inclusion.ts'
import { startLogKeeper } from '../ledger/log-keeper.ts'
import type { Signer } from '../ledger/signer.ts'
import { simulatedClock, systemClock } from '../clock/clock.ts'
import type { Config } from '../config/config.ts'
import { createPool } from '../postgres/pool.ts'
import type { DatabaseUrls } from '../postgres/roles.ts'
import { openLogSigner } from '../processes/log-keys.ts'
import type { BackupInfo } from './format.ts'

/** host/log/1 → host/log/2; a name without a number gets one. */
export const nextOrigin = (origin: string): string => {
  const match = /^(.*\/)(\d+)$/.exec(origin)
  return match === null ? `${origin}/2` : `${match[1] ?? ''}${Number(match[2]) + 1}`
}

export type Continuation = Readonly<{
  urls: DatabaseUrls
  config: Config
  info: BackupInfo
}>

const agencyOf = async (pool: ReturnType<typeof createPool>): Promise<string | undefined> => {
  const { rows } = await pool.query<{ id: string }>('SELECT app.list_agencies() AS id')
  return rows.map((r) => r.id).toSorted()[0]
}

/**
 * A restored log goes on under a new name with a new key, where the configuration keeps it: what the old one signed after the backup is not here, and one
 * name must never speak for two histories. The tree keeps its leaves, and the first new one names the old checkpoint.
 */
export const continueLog = async (
  c: Continuation,
): Promise<Readonly<{ origin: string; vkey: string; size: number }>> => {
  const { info, urls, config } = c
  const origin = nextOrigin(info.installation.origin)
  const signer = await openLogSigner({ ...config, origin })
  const pool = createPool(urls.app, { max: 4, name: 'liuhen restore' })
  try {
    const agencyId = await agencyOf(pool)
    if (agencyId !== undefined) await appendContinued(c, pool, agencyId, origin, signer)
    const { vkey, size } = await signer.status()
    return { origin, vkey, size }
  } finally {
    await pool.end()
  }
}

const appendContinued = async (
  c: Continuation,
  pool: ReturnType<typeof createPool>,
  agencyId: string,
  origin: string,
  signer: Signer,
): Promise<void> => {
  const clock = c.info.installation.kind === 'real' ? systemClock : simulatedClock(pool)
  const now = await clock.now()
  const streamId = randomUUID()
  const continued = {
    type: 'OriginContinued',
    schemaVersion: 1,
    occurredAt: now,
    data: {
      public: {
        origin,
        previousOrigin: c.info.installation.origin,
        previousSize: c.info.log?.size ?? 0,
        previousRoot: c.info.log?.root ?? '',
        previousCheckpoint: c.info.log?.checkpoint ?? '',
        backupAt: c.info.at,
      },
    },
  }
  const done = await append(
    { pool, clock, projections: [] },
    {
      commandId: randomUUID(),
      agencyId,
      actor: { userId: 'system', name: '系统', roles: [], agencyId },
      appends: [{ streamType: 'log', streamId, expectedVersion: 0, events: [continued] }],
    },
  )
  if ('refused' in done) throw new Error(`the continuation was refused: ${done.code}`)
  const keeper = await startLogKeeper({
    url: c.urls.sequencer,
    folder: c.config.folders.log,
    signer,
    log: { info: () => undefined, error: () => undefined },
  })
  try {
    await waitForInclusion(
      { pool, logFolder: c.config.folders.log },
      agencyId,
      done.events.map((e) => e.id),
    )
  } catch (error) {
    throw new Error(keeper.halted() ?? '日志没有跟上', { cause: error })
  } finally {
    await keeper.stop()
  }
}
