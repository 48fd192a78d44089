import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { flipObjectBit, loseObject, makeBucket, NEEDS_S3, WITHOUT_S3 } from '../../../../test/test-bucket.ts'
import {
  BlobMismatchError,
  blobStoreContract,
  type BlobStore,
  destroyContract,
  type ListedBlob,
} from '../blobs/blob-store.ts'
import type { Bucket } from './s3-bucket.ts'
import { blobKey, s3BlobStore } from './s3-blob-store.ts'
import { lockOf } from './s3-retention.ts'
import { beginUpload, listOpenUploads } from './s3-upload.ts'

/** The smallest that stores allow for any part but the last. */
const PART = 5 * 1024 * 1024
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const all = async (store: BlobStore): Promise<ListedBlob[]> => Readable.from(store.list()).toArray()

describe.skipIf(WITHOUT_S3)(`the object store${NEEDS_S3}`, () => {
  let folder: string
  let bucket: Bucket
  let store: BlobStore
  let unlocked: BlobStore | undefined

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'liuhen-s3-'))
    bucket = await makeBucket('locked', { mode: 'compliance', days: 1 }, '/evidence')
    store = s3BlobStore(bucket, { partBytes: PART })
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const stage = async (bytes: Uint8Array) => {
    const path = join(folder, randomUUID())
    await writeFile(path, bytes)
    return path
  }

  // Without a lock, so that what the law orders destroyed can be.
  test.each(blobStoreContract)('$name', async ({ run }) => {
    unlocked ??= s3BlobStore(await makeBucket('versioned', undefined, '/evidence'))
    await run({ store: unlocked, stage, damage: (sha256) => flipObjectBit(sha256) })
  })

  test('destroys nothing that is locked, and says until when it is', async () => {
    const { sha256 } = await stored('locked against an order')
    const order = { sha256, batchId: randomUUID(), number: '1', at: '2026-01-01T00:00:00.000Z', asides: [] }
    const { outcome, ...rest } = await store.destroy(sha256, order)
    expect([outcome, 'until' in rest && Date.parse(rest.until) > Date.now()]).toEqual(['locked', true])
    expect(await store.verify(sha256)).toBe('intact')
  })

  const putOver = (sha256: string, bytes: Uint8Array) => bucket.put(blobKey(sha256), bytes)
  const deleteName = (sha256: string, version?: string) =>
    bucket.ask(({ sdk, client }) =>
      client.send(
        new sdk.DeleteObjectCommand({
          Bucket: bucket.settings.bucket,
          Key: `${bucket.settings.prefix}${blobKey(sha256)}`,
          ...(version === undefined ? {} : { VersionId: version }),
        }),
      ),
    )
  const stored = async (text: string) => {
    const bytes = Buffer.from(text)
    const sha256 = digest(bytes)
    await store.take(sha256, Readable.from([bytes]))
    return { bytes, sha256 }
  }

  test('gives the original after somebody wrote over its name, and tells of it', async () => {
    const { bytes, sha256 } = await stored('the original')
    await putOver(sha256, Buffer.from('a forgery'))
    expect(Buffer.concat(await (await store.open(sha256)).toArray())).toEqual(bytes)
    expect(await store.sizeOf(sha256)).toBe(bytes.length)
    expect(await store.verify(sha256)).toBe('intact')
    expect((await all(store)).find((l) => l.sha256 === sha256)).toMatchObject({ covered: true })
  })

  test('gives the original after somebody deleted its name, and tells of it', async () => {
    const { sha256 } = await stored('deleted by name')
    await deleteName(sha256)
    expect(await store.verify(sha256)).toBe('intact')
    expect((await all(store)).find((l) => l.sha256 === sha256)).toMatchObject({ covered: true })
  })

  test(`${destroyContract.name}, in a bucket that locks nothing`, async () => {
    const free = s3BlobStore(await makeBucket('versioned'), { partBytes: PART })
    await destroyContract.run({ store: free, stage, damage: (sha256) => flipObjectBit(sha256) })
  })

  test('destroys nothing that is locked, and says until when', async () => {
    const { sha256 } = await stored('locked against disposal')
    const order = { sha256, batchId: randomUUID(), number: '1', at: new Date().toISOString(), asides: [] }
    const done = await store.destroy(sha256, order)
    expect(done).toMatchObject({ outcome: 'locked' })
    if (done.outcome !== 'locked') throw new Error('it was locked')
    expect(Date.parse(done.until)).toBeGreaterThan(Date.now() + 23 * 3_600_000)
    expect(await store.verify(sha256)).toBe('intact')
  })

  test('locks each version for as long as it is told to', async () => {
    const { sha256 } = await stored('locked')
    const [version] = await Readable.from(bucket.versions(blobKey(sha256))).toArray()
    await expect(deleteName(sha256, version?.id)).rejects.toThrow('密钥没有所需的权限')
    expect(await store.verify(sha256)).toBe('intact')
  })

  test('takes bytes again that the store lists and has lost', async () => {
    const { bytes, sha256 } = await stored('lost by the store')
    await loseObject(sha256)
    expect(await store.verify(sha256)).toBe('missing')
    await store.take(sha256, Readable.from([bytes]))
    expect(await store.verify(sha256)).toBe('intact')
    expect((await all(store)).filter((l) => l.sha256 === sha256)).toEqual([
      { sha256, sizeBytes: bytes.length },
    ])
  })

  test('sends a large file in parts and goes on after a crash without sending them twice', async () => {
    const bytes = randomBytes(2 * PART + 99)
    const sha256 = digest(bytes)
    const broken = Readable.from(
      (async function* () {
        yield bytes.subarray(0, PART + 7)
        throw new Error('cut off')
      })(),
    )
    await expect(store.take(sha256, broken)).rejects.toThrow('cut off')
    expect(await store.sizeOf(sha256)).toBeUndefined()
    expect(await listOpenUploads(bucket, blobKey(sha256))).toHaveLength(1)
    let sent = 0
    const counting: Bucket = {
      ...bucket,
      ask: (ask) =>
        bucket.ask(({ sdk, client }) => {
          const watched = Object.create(client) as typeof client
          watched.send = ((command: object) => {
            if (command instanceof sdk.UploadPartCommand) sent += 1
            return client.send(command as never)
          }) as typeof client.send
          return ask({ sdk, client: watched })
        }),
    }
    await s3BlobStore(counting, { partBytes: PART }).take(sha256, Readable.from([bytes]))
    expect(sent).toBe(2)
    expect(await store.verify(sha256)).toBe('intact')
    expect(await listOpenUploads(bucket, blobKey(sha256))).toEqual([])
    expect(
      Buffer.concat(await (await store.open(sha256, { start: PART - 2, end: PART + 1 })).toArray()),
    ).toEqual(bytes.subarray(PART - 2, PART + 2))
  })

  test.each([
    ['at once, which Ceph forgets to lock', undefined],
    ['and began before locks were asked for', true],
  ])('locks a file that comes in parts %s', async (_how, isLeft) => {
    const bytes = randomBytes(PART + 99)
    const sha256 = digest(bytes)
    const key = blobKey(sha256)
    if (isLeft) await beginUpload(bucket, { key, sha256, partBytes: PART })
    await store.take(sha256, Readable.from([bytes]))
    const [version] = await Readable.from(bucket.versions(key)).toArray()
    expect(await lockOf(bucket, { key, version: version?.id ?? '' })).toMatchObject({ mode: 'compliance' })
    await expect(deleteName(sha256, version?.id)).rejects.toThrow('密钥没有所需的权限')
  })

  test('locks when asked again what a crash left without its lock', async () => {
    const bytes = randomBytes(99)
    const sha256 = digest(bytes)
    const key = blobKey(sha256)
    const version = await bucket.put(key, bytes)
    await store.take(sha256, Readable.from([bytes]))
    expect(await lockOf(bucket, { key, version })).toMatchObject({ mode: 'compliance' })
  })

  test('makes no version of wrong bytes, however many they are, and leaves no upload open', async () => {
    const sha256 = digest(Buffer.from('something else'))
    const wrong = () => Readable.from([randomBytes(PART + 1)])
    await expect(store.take(sha256, wrong())).rejects.toThrow(BlobMismatchError)
    expect(await Readable.from(bucket.versions(blobKey(sha256))).toArray()).toEqual([])
    expect(await listOpenUploads(bucket, blobKey(sha256))).toEqual([])
  })

  test('tidies an upload that was given up', async () => {
    const bytes = randomBytes(PART + 1)
    const broken = Readable.from(
      (async function* () {
        yield bytes.subarray(0, PART)
        throw new Error('cut off')
      })(),
    )
    await expect(store.take(digest(bytes), broken)).rejects.toThrow('cut off')
    await store.tidy(digest(bytes))
    expect(await listOpenUploads(bucket, blobKey(digest(bytes)))).toEqual([])
  })

  test('lists more names than a page has, each once', async () => {
    const many = s3BlobStore(await makeBucket('versioned'))
    const names = new Set<string>()
    for (let i = 0; i < 40; i += 1)
      await Promise.all(
        Array.from({ length: 26 }, async (_, k) => {
          const bytes = Buffer.from(`${i} ${k}`)
          names.add(digest(bytes))
          await many.take(digest(bytes), Readable.from([bytes]))
        }),
      )
    const listed = (await all(many)).map((l) => l.sha256)
    expect(listed).toHaveLength(40 * 26)
    expect(new Set(listed)).toEqual(names)
  })

  test('is not used without versions', async () => {
    const plain = await makeBucket('plain')
    expect(await plain.isVersioned()).toBe(false)
    await expect(
      s3BlobStore(plain).take(digest(Buffer.from('x')), Readable.from([Buffer.from('x')])),
    ).rejects.toThrow('没有开启版本控制')
  })
})
