import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Client } from 'pg'
import { simulatedClock, systemClock } from '../clock/clock.ts'
import type { Config } from '../config/config.ts'
import { rebuild } from '../event-store/rebuild.ts'
import { fsck, type FsckOptions, type FsckReport } from '../fsck/fsck.ts'
import { openSigner } from '../ledger/signer.ts'
import { readWitnessPolicy } from '../ledger/witness-policy.ts'
import { connect, createPool } from '../postgres/pool.ts'
import { openLibrary } from '../law/library.ts'
import { resetByMachine } from '../person/reset-by-machine.ts'
import { projectionsOf } from '../processes/slices.ts'
import { firstStoreOf } from '../stores/store-place.ts'
import { backup, type BackupResult } from './backup.ts'
import { reachDatabase, type ReachedDatabase } from './reach-database.ts'

type Reached = Readonly<{ database: ReachedDatabase; owner: Client }>

export const withDatabase = async <T>(config: Config, work: (reached: Reached) => Promise<T>): Promise<T> => {
  const database = await reachDatabase(config)
  try {
    const owner = await connect(database.urls.owner, 'liuhen upkeep')
    try {
      return await work({ database, owner })
    } finally {
      await owner.end()
    }
  } finally {
    await database.stop()
  }
}

export const installationOf = async (owner: Client) => {
  const { rows } = await owner.query<{ kind: 'real' | 'demonstration'; origin: string }>(
    'SELECT kind, origin FROM app.installation',
  )
  const [row] = rows
  if (row === undefined) throw new Error('数据目录里还没有安装。请先运行 npm start 完成首次设置。')
  return row
}

/** What the signer remembers; on a machine without one, the key that the log itself shows. */
const signerOf = async (config: Config, origin: string) => {
  if (existsSync(join(config.folders.signer, 'high-water.json'))) {
    const { vkey, size, root } = await (await openSigner({ folder: config.folders.signer, origin })).status()
    return { vkey, highWater: { size, root } }
  }
  const shown = await readFile(join(config.folders.log, 'vkey'), 'utf8').catch(() => '')
  return { vkey: shown.trim() }
}

type Progress = (what: string, done: number, total?: number) => void

/** `liuhen fsck`, beside a running installation or on its own. */
export const fsckInstallation = (
  config: Config,
  options: FsckOptions = {},
  onProgress: Progress = () => undefined,
): Promise<FsckReport> =>
  withDatabase(config, async ({ database, owner }) => {
    const { origin } = await installationOf(owner)
    const library = await openLibrary()
    const pool = createPool(database.urls.app, { max: 2, name: 'liuhen fsck' })
    const root = config.folders.blobs
    try {
      return await fsck(
        {
          owner,
          logFolder: config.folders.log,
          ...(await signerOf(config, origin)),
          witnesses: (await readWitnessPolicy(config.witnesses)).peers.map((peer) => peer.key),
          blobs: { pool, store: firstStoreOf(config).bytes, root },
          projections: projectionsOf(library),
          library,
          onProgress,
        },
        options,
      )
    } finally {
      await pool.end()
    }
  })

/** `liuhen rebuild`: empties the tables of the projections and replays the record. Answers with the number of events. */
export const rebuildInstallation = (
  config: Config,
  onProgress: Progress = () => undefined,
): Promise<number> =>
  withDatabase(config, async ({ owner }) =>
    rebuild(owner, projectionsOf(await openLibrary()), (events) => onProgress('事件', events)),
  )

/** `liuhen backup <target>`, beside a running installation or on its own. */
export const backupInstallation = (
  config: Config,
  target: string,
  onProgress: Progress = () => undefined,
): Promise<BackupResult> =>
  withDatabase(config, async ({ database, owner }) => {
    const { origin, kind } = await installationOf(owner)
    const { vkey } = await signerOf(config, origin)
    const clock = kind === 'real' ? systemClock : simulatedClock(owner)
    const now = await clock.now()
    return backup(
      {
        urls: database.urls,
        dataDir: config.dataDir,
        blobs: firstStoreOf(config).bytes,
        vkey,
        now,
        onProgress,
      },
      target,
    )
  })

/** `liuhen reset-admin`, beside a running installation or on its own. */
export const resetAdministrator = (
  config: Config,
  reset: Parameters<typeof resetByMachine>[1],
): ReturnType<typeof resetByMachine> =>
  withDatabase(config, async ({ database, owner }) => {
    const { kind } = await installationOf(owner)
    const pool = createPool(database.urls.app, { max: 2, name: 'liuhen reset-admin' })
    const clock = kind === 'real' ? systemClock : simulatedClock(pool)
    try {
      return await resetByMachine({ pool, clock, projections: projectionsOf(await openLibrary()) }, reset)
    } finally {
      await pool.end()
    }
  })
