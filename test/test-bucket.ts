import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { openBucket, type Bucket } from '../apps/server/src/s3/s3-bucket.ts'
import { readS3Address, S3_LIMITS, type S3Account, type S3Lock } from '../apps/server/src/s3/s3-settings.ts'

const call = promisify(execFile)

/** Where `npm run test:s3` brought an object store up; the suites that need it are skipped without. */
const env = process.env
export const S3_ENDPOINT = env['LIUHEN_TEST_S3']
export const WITHOUT_S3 = S3_ENDPOINT === undefined
/** Part of a suite's name, so that what was skipped says why. */
export const NEEDS_S3 = WITHOUT_S3 ? ' (skipped: needs an object store, npm run test:s3)' : ''

export const testAccount = (lock?: S3Lock): S3Account => ({
  keys: {
    accessKey: env['LIUHEN_TEST_S3_ACCESS_KEY'] ?? 'a',
    secretKey: env['LIUHEN_TEST_S3_SECRET_KEY'] ?? 's',
  },
  region: 'us-east-1',
  addressing: 'path',
  limits: { ...S3_LIMITS, idleMs: 20_000, attempts: 2 },
  ...(lock === undefined ? {} : { lock }),
})

export type BucketKind = 'locked' | 'versioned' | 'plain'

/** A new bucket; locks need one that was made for them. */
export const makeBucket = async (kind: BucketKind, lock?: S3Lock, folder = ''): Promise<Bucket> => {
  const name = `test-${randomUUID()}`
  const host = (S3_ENDPOINT ?? 'http://127.0.0.1:1').replace(/^http/, 's3+http')
  const bucket = openBucket(readS3Address(`${host}/${name}${folder}`, testAccount(lock)))
  await bucket.ask(({ sdk, client }) =>
    client.send(
      new sdk.CreateBucketCommand({
        Bucket: name,
        ...(kind === 'locked' ? { ObjectLockEnabledForBucket: true } : {}),
      }),
    ),
  )
  if (kind === 'versioned')
    await bucket.ask(({ sdk, client }) =>
      client.send(
        new sdk.PutBucketVersioningCommand({ Bucket: name, VersioningConfiguration: { Status: 'Enabled' } }),
      ),
    )
  return bucket
}

const POOL = ['-p', 'default.rgw.buckets.data']
const rados = (...args: string[]) =>
  call('rados', ['-c', env['LIUHEN_TEST_CEPH_CONF'] ?? '', ...POOL, ...args], { maxBuffer: 1 << 26 })

/** The pieces in which the store keeps the versions of an object, below every lock. */
const piecesOf = async (key: string): Promise<string[]> =>
  (await rados('ls')).stdout.split('\n').filter((name) => name.includes(key) && !name.includes('.aside'))

const hasBytes = async (piece: string): Promise<boolean> =>
  !(await rados('stat', piece)).stdout.includes('size 0')

/** One bit of what the store's disk holds: what no lock prevents and only reading finds. */
export const flipObjectBit = async (key: string): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'liuhen-rados-'))
  const file = join(folder, 'piece')
  let flipped = false
  for (const name of await piecesOf(key)) {
    if (!(await hasBytes(name))) continue
    await rados('get', name, file)
    const bytes = await readFile(file)
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
    await writeFile(file, bytes)
    await rados('put', name, file)
    flipped = true
  }
  await rm(folder, { recursive: true })
  if (!flipped) throw new Error(`the store keeps no bytes of ${key}`)
}

/** The store lists an object that it no longer has. */
export const loseObject = async (key: string): Promise<void> => {
  for (const name of await piecesOf(key)) if (await hasBytes(name)) await rados('rm', name)
}
