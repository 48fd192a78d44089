import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { keyFingerprint, parseVkey } from '@liuhen/ledger/note'
import { simulatedClock, systemClock } from '../clock/clock.ts'
import type { Config } from '../config/config.ts'
import { prepareKey, revokeKey, rotateKey, type Changes, type KeyWork } from '../ledger/change-key.ts'
import { currentOf, openRing, type HeldKey } from '../ledger/key-ring.ts'
import { publishKeys } from '../ledger/published-keys.ts'
import { openLogSigner, tokenOf } from '../processes/log-keys.ts'
import { createPool } from '../postgres/pool.ts'
import { installationOf, withDatabase } from './upkeep.ts'

const withKeys = <T>(config: Config, work: (keys: KeyWork) => Promise<T>): Promise<T> =>
  withDatabase(config, async ({ database, owner }) => {
    const { origin, kind } = await installationOf(owner)
    const folder = config.folders.signer
    // Only the installation itself makes the first key; on a machine without its folder there is nothing to change.
    if (!existsSync(folder) || (await readdir(folder)).length === 0)
      throw new Error(`${folder} 里没有签名器的密钥。请在运行签名器的机器上执行。`)
    const pool = createPool(database.urls.app, { max: 4, name: 'liuhen key' })
    const token = tokenOf(config, origin)
    try {
      return await work({
        origin,
        signerFolder: folder,
        logFolder: config.folders.log,
        ...token,
        ring: await openRing({ folder, origin, isNew: false, ...token }),
        signer: await openLogSigner({ ...config, origin }, false),
        pool,
        owner,
        clock: kind === 'real' ? systemClock : simulatedClock(pool),
        sequencerUrl: database.urls.sequencer,
        nowMs: Date.now(),
      })
    } finally {
      await pool.end()
    }
  })

/** `liuhen key create`: the next key, which signs nothing before the log changes to it. */
export const createKey = (config: Config, tokenKey?: string): Promise<HeldKey> =>
  withKeys(config, (keys) => prepareKey(keys, tokenKey))

/** `liuhen key rotate`, beside a running installation or on its own; says where the log's key lies now. */
export const changeKey = (
  config: Config,
  asked: Readonly<{ reason: string; overlapDays: number; tokenKey?: string }>,
): Promise<Readonly<{ changes: Changes; place: string }>> =>
  withKeys(config, async (keys) => {
    const changes = await rotateKey(keys, asked)
    return { changes, place: currentOf(await keys.ring.read()).place }
  })

/** The key of the ring that this text names: whole, or by its fingerprint. */
const namedIn = (held: readonly HeldKey[], named: string): string => {
  const found = held.find(({ vkey }) => {
    const key = parseVkey(vkey)
    return vkey === named || (key !== undefined && keyFingerprint(key) === named)
  })
  if (found === undefined)
    throw new Error('签名器不认识这把公钥；请写它的公钥（vkey）或者指纹，见 key status。')
  return found.vkey
}

/** `liuhen key revoke`. */
export const takeKeyBack = (
  config: Config,
  asked: Readonly<{ key: string; since?: string; reason: string }>,
): Promise<Changes> =>
  withKeys(config, async (keys) => {
    const since = Date.parse(asked.since ?? new Date(keys.nowMs).toISOString())
    if (Number.isNaN(since) || since > keys.nowMs)
      throw new Error('--since 应为已经过去的时间，如 2026-11-20T09:00:00+08:00')
    const { keys: held } = await keys.ring.read()
    const vkey = namedIn(held, asked.key)
    return revokeKey(keys, { vkey, since: new Date(since).toISOString(), reason: asked.reason })
  })

export type KeyStatus = Readonly<{
  origin: string
  /** The largest tree that the signer signed. */
  size: number
  keys: readonly (HeldKey & Readonly<{ fingerprint: string }>)[]
  /** A change that was begun and has to be finished by running its command again. */
  isUnfinished: boolean
}>

/** `liuhen key status`; also publishes keys.json again, should it be lost. */
export const keyStatus = (config: Config): Promise<KeyStatus> =>
  withKeys(config, async ({ ring, signer, owner, logFolder, origin }) => {
    const { keys, pending } = await ring.read()
    await publishKeys(owner, logFolder)
    const told = keys.map((held) => {
      const key = parseVkey(held.vkey)
      return { ...held, fingerprint: key === undefined ? '' : keyFingerprint(key) }
    })
    return { origin, size: (await signer.status()).size, keys: told, isUnfinished: pending !== undefined }
  })
