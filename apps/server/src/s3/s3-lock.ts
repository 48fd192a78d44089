import { randomUUID } from 'node:crypto'
import type { LockMode, LockReading, LockTrial } from '@liuhen/domain/stores/lock'
import { BlobMissingError } from '../blobs/blob-store.ts'
import { type Bucket, lockFields, type ObjectLock } from './s3-bucket.ts'
import type { Client } from './s3-client.ts'
import { isDenied, s3Code } from './s3-errors.ts'

const HOUR_MS = 3_600_000

type Probe = Readonly<{ key: string; version: string; bytes: Buffer }>
type Locked = Readonly<{ mode?: LockMode; until?: Date }>

const modeOf = (mode: string | undefined): LockMode | undefined =>
  mode === 'COMPLIANCE' ? 'compliance' : mode === 'GOVERNANCE' ? 'governance' : undefined

const defaultOf = async (bucket: Bucket): Promise<LockReading['byDefault']> => {
  const set = await bucket.ask(async ({ sdk, client }) => {
    const ask = new sdk.GetObjectLockConfigurationCommand({ Bucket: bucket.settings.bucket })
    // A bucket without locks answers with an error; what holds is seen on the object.
    const answer = await client.send(ask).catch(() => undefined)
    return answer?.ObjectLockConfiguration?.Rule?.DefaultRetention
  })
  const mode = modeOf(set?.Mode)
  const days = set?.Days ?? (set?.Years === undefined ? undefined : set.Years * 365)
  return mode === undefined || days === undefined ? undefined : { mode, days }
}

const fieldsOf = (bucket: Bucket, probe: Probe) => ({
  Bucket: bucket.settings.bucket,
  Key: `${bucket.settings.prefix}${probe.key}`,
})

/** How the probe's version stands now; absent when it is gone or has other bytes. */
const lookAt = async (bucket: Bucket, probe: Probe): Promise<Locked | undefined> => {
  try {
    const parts = await (await bucket.read(probe.key, probe.version)).toArray()
    if (!Buffer.concat(parts).equals(probe.bytes)) return undefined
    const head = await bucket.ask(({ sdk, client }) =>
      client.send(new sdk.HeadObjectCommand({ ...fieldsOf(bucket, probe), VersionId: probe.version })),
    )
    const mode = modeOf(head.ObjectLockMode)
    const until = head.ObjectLockRetainUntilDate
    return { ...(mode === undefined ? {} : { mode }), ...(until === undefined ? {} : { until }) }
  } catch (e) {
    if (e instanceof BlobMissingError) return undefined
    throw e
  }
}

type Attempt = Readonly<{ what: LockTrial['what']; send: (c: Client) => Promise<unknown> }>

const attempts = (bucket: Bucket, probe: Probe, before: Locked): readonly Attempt[] => {
  const fields = fieldsOf(bucket, probe)
  const version = { VersionId: probe.version }
  const { mode, until } = before
  const relock = (to: ObjectLock, c: Client) => {
    const { ObjectLockMode: Mode, ObjectLockRetainUntilDate: RetainUntilDate } = lockFields(to)
    const Retention = { ...(Mode && { Mode }), ...(RetainUntilDate && { RetainUntilDate }) }
    return c.client.send(new c.sdk.PutObjectRetentionCommand({ ...fields, ...version, Retention }))
  }
  const locks: Attempt[] =
    mode === undefined || until === undefined
      ? []
      : [
          {
            what: 'shorten',
            send: (c) => relock({ mode, until: new Date(until.getTime() - HOUR_MS / 2) }, c),
          },
          ...(mode === 'compliance'
            ? [{ what: 'downgrade' as const, send: (c: Client) => relock({ mode: 'governance', until }, c) }]
            : []),
        ]
  return [
    { what: 'delete-name', send: ({ sdk, client }) => client.send(new sdk.DeleteObjectCommand(fields)) },
    {
      what: 'overwrite',
      send: ({ sdk, client }) =>
        client.send(new sdk.PutObjectCommand({ ...fields, Body: Buffer.from('another'), ContentLength: 7 })),
    },
    ...locks,
    {
      what: 'delete-version',
      send: ({ sdk, client }) => client.send(new sdk.DeleteObjectCommand({ ...fields, ...version })),
    },
    {
      what: 'bypass',
      send: ({ sdk, client }) =>
        client.send(new sdk.DeleteObjectCommand({ ...fields, ...version, BypassGovernanceRetention: true })),
    },
  ]
}

/** A store may refuse and do it, or agree and not do it: what is there afterwards counts. */
const attempt = async (
  bucket: Bucket,
  probe: Probe,
  before: Locked,
  { what, send }: Attempt,
): Promise<LockTrial> => {
  const answer = await bucket.ask((c) =>
    send(c).then(
      () => 'OK',
      (e: unknown) => (isDenied(e) ? s3Code(e) : Promise.reject(e)),
    ),
  )
  const after = await lookAt(bucket, probe)
  const same = after?.mode === before.mode && after?.until?.getTime() === before.until?.getTime()
  return { what, outcome: after !== undefined && same ? 'held' : 'broken', answer }
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
  for (const one of attempts(bucket, probe, before)) {
    const trial = await attempt(bucket, probe, before, one)
    told.trials.push(trial)
    // What changed or removed the probe leaves nothing to try the rest on.
    if (trial.outcome === 'broken') return
  }
}

/**
 * Puts a tiny object as every other is put, and tries with the store's own key to remove, overwrite and unlock it. The
 * object, one more version and a marker stay in the store: for an hour, or for as long as the bucket itself locks.
 */
export const tryLock = async (bucket: Bucket, now: number = Date.now()): Promise<LockReading> => {
  const { lock: asked } = bucket.settings.account
  const told: Told = { ...(asked === undefined ? {} : { asked }), trials: [] }
  await tryAll(bucket, now, told).catch((e: unknown) => {
    told.why = e instanceof Error ? e.message : '未知错误'
  })
  return told
}
