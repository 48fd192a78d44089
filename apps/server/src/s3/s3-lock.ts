import { randomUUID } from 'node:crypto'
import type { LockReading, LockTrial } from '@liuhen/domain/stores/lock'
import { BlobMissingError } from '../blobs/blob-store.ts'
import type { Bucket } from './s3-bucket.ts'
import type { Client } from './s3-client.ts'
import { isDenied, s3Code } from './s3-errors.ts'
import { tryParts } from './s3-lock-parts.ts'
import { fieldsOf, type Locked, lockModeOf, lockOf, relock } from './s3-retention.ts'

const HOUR_MS = 3_600_000
const after = (at: Date, ms: number): Date => new Date(at.getTime() + ms)

type Probe = Readonly<{ key: string; version: string; bytes: Buffer }>

const defaultOf = async (bucket: Bucket): Promise<LockReading['byDefault']> => {
  const set = await bucket.ask(async ({ sdk, client }) => {
    const ask = new sdk.GetObjectLockConfigurationCommand({ Bucket: bucket.settings.bucket })
    // A bucket without locks answers with an error; what holds is seen on the object.
    const answer = await client.send(ask).catch(() => undefined)
    return answer?.ObjectLockConfiguration?.Rule?.DefaultRetention
  })
  const mode = lockModeOf(set?.Mode)
  const days = set?.Days ?? (set?.Years === undefined ? undefined : set.Years * 365)
  return mode === undefined || days === undefined ? undefined : { mode, days }
}

/** How the probe's version stands now; absent when it is gone or has other bytes. */
const lookAt = async (bucket: Bucket, probe: Probe): Promise<Locked | undefined> => {
  try {
    const parts = await (await bucket.read(probe.key, probe.version)).toArray()
    if (!Buffer.concat(parts).equals(probe.bytes)) return undefined
    return await lockOf(bucket, probe)
  } catch (e) {
    if (e instanceof BlobMissingError) return undefined
    throw e
  }
}

type Attempt = Readonly<{ what: LockTrial['what']; send: (c: Client) => Promise<unknown> }>

const attempts = (bucket: Bucket, probe: Probe, before: Locked): readonly Attempt[] => {
  const { VersionId, ...name } = fieldsOf(bucket, probe)
  const version = { ...name, VersionId }
  const { mode, until } = before
  const locks: Attempt[] =
    mode === undefined || until === undefined
      ? []
      : [
          {
            what: 'shorten',
            send: (c) => relock(bucket, probe, { mode, until: after(until, -HOUR_MS / 2) }, c),
          },
          ...(mode === 'compliance'
            ? [
                {
                  what: 'downgrade' as const,
                  send: (c: Client) => relock(bucket, probe, { mode: 'governance', until }, c),
                },
              ]
            : []),
        ]
  return [
    { what: 'delete-name', send: ({ sdk, client }) => client.send(new sdk.DeleteObjectCommand(name)) },
    {
      what: 'overwrite',
      send: ({ sdk, client }) =>
        client.send(new sdk.PutObjectCommand({ ...name, Body: Buffer.from('another'), ContentLength: 7 })),
    },
    ...locks,
    {
      what: 'delete-version',
      send: ({ sdk, client }) => client.send(new sdk.DeleteObjectCommand(version)),
    },
    {
      what: 'bypass',
      send: ({ sdk, client }) =>
        client.send(new sdk.DeleteObjectCommand({ ...version, BypassGovernanceRetention: true })),
    },
  ]
}

const answerTo = (bucket: Bucket, send: Attempt['send']): Promise<string> =>
  bucket.ask((c) =>
    send(c).then(
      () => 'OK',
      (e: unknown) => (isDenied(e) ? s3Code(e) : Promise.reject(e)),
    ),
  )

const isSame = (a: Locked | undefined, b: Locked): boolean =>
  a !== undefined && a.mode === b.mode && a.until?.getTime() === b.until?.getTime()

/** A store may refuse and do it, or agree and not do it: what is there afterwards counts. */
const attempt = async (
  bucket: Bucket,
  probe: Probe,
  before: Locked,
  { what, send }: Attempt,
): Promise<LockTrial> => {
  const answer = await answerTo(bucket, send)
  return { what, outcome: isSame(await lookAt(bucket, probe), before) ? 'held' : 'broken', answer }
}

/** A lock may be made longer by whoever has the key: uploads that were cut off and taken up again need it. */
const extend = async (
  bucket: Bucket,
  probe: Probe,
  { mode, until }: Locked,
): Promise<readonly LockTrial[]> => {
  if (mode === undefined || until === undefined) return []
  const longer = { mode, until: after(until, HOUR_MS) }
  const answer = await answerTo(bucket, (c) => relock(bucket, probe, longer, c))
  const outcome = isSame(await lookAt(bucket, probe), longer) ? 'held' : 'broken'
  // A key that may not lock tells of the key, not of the store.
  return [{ what: 'extend', outcome: answer === 'AccessDenied' ? 'not-tried' : outcome, answer }]
}

const tryWhole = async (bucket: Bucket, probe: Probe, told: Told): Promise<void> => {
  const before = await lookAt(bucket, probe)
  for (const one of before === undefined ? [] : attempts(bucket, probe, before)) {
    const trial = await attempt(bucket, probe, before ?? {}, one)
    told.trials.push(trial)
    // What changed or removed the probe leaves nothing to try the rest on.
    if (trial.outcome === 'broken') return
  }
}

type Told = { -readonly [K in keyof LockReading]: LockReading[K] } & { trials: LockTrial[] }

const tryAll = async (bucket: Bucket, now: number, told: Told): Promise<void> => {
  const { asked } = told
  const byDefault = await defaultOf(bucket)
  if (byDefault !== undefined) told.byDefault = byDefault
  const at = new Date(now).toISOString()
  const key = `probe/${at.replaceAll(':', '-')}-${randomUUID()}`
  const bytes = Buffer.from(`liuhen probe ${at}\n`)
  const lock = asked && { mode: asked.mode, until: new Date(Math.ceil((now + HOUR_MS) / 1000) * 1000) }
  const probe: Probe = { key, version: await bucket.put(key, bytes, lock), bytes }
  told.probe = { name: key }
  const before = await lookAt(bucket, probe)
  if (before === undefined) {
    told.why = '写入的试验文件读不回来。'
    return
  }
  if (before.mode !== undefined) told.given = before.mode
  if (before.until !== undefined) told.probe = { name: key, until: before.until.toISOString() }
  if (before.mode !== undefined) {
    told.trials.push(...(await tryParts(bucket, key, { lock, locked: before })))
    told.trials.push(...(await extend(bucket, probe, before)))
  }
  await tryWhole(bucket, probe, told)
}

/**
 * Puts a tiny object as every other is put, and tries with the store's own key to remove, overwrite and unlock it. The
 * objects, one more version and markers stay in the store: for two hours, or for as long as the bucket itself locks.
 */
export const tryLock = async (bucket: Bucket, now: number = Date.now()): Promise<LockReading> => {
  const { lock: asked } = bucket.settings.account
  const told: Told = { ...(asked === undefined ? {} : { asked }), trials: [] }
  await tryAll(bucket, now, told).catch((e: unknown) => {
    told.why = e instanceof Error ? e.message : '未知错误'
  })
  return told
}
