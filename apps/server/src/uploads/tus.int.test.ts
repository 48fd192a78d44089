import { hash, randomBytes } from 'node:crypto'
import { appendFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Upload as TusUpload } from 'tus-js-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '@liuhen/domain/event'
import {
  as,
  makeClip,
  manifestOf,
  register,
  startUploadServer,
} from '../../../../test/upload-installation.ts'
import type { UploadServer } from '../../../../test/upload-installation.ts'
import {
  createTestInstallation,
  testActor,
  type TestInstallation,
} from '../../../../test/test-installation.ts'
import { uploadFile } from '../../../cli/src/upload-client.ts'
import { startDigester } from '../blobs/digest-file.ts'
import { blobPath, diskBlobStore } from '../blobs/disk-blob-store.ts'
import { reconcileBlobs } from '../blobs/reconcile.ts'
import { withAgency } from '../postgres/transaction.ts'
import { loadRecording } from '../recording/load-recording.ts'
import { recordingProjection } from '../recording/recording-projection.ts'
import { recordingUploads } from '../recording/upload-target.ts'
import { expireUploads } from './end-upload-early.ts'
import type { UploadDeps } from './upload-deps.ts'

const MIB = 1024 * 1024
const actor: Actor = testActor('zoumaling')
let house: TestInstallation
let server: UploadServer
let root: string

beforeAll(async () => {
  house = await createTestInstallation({ projections: [recordingProjection] })
  root = join(house.dataDir, 'blobs')
  server = await startUploadServer(house.urls.app, root)
})
afterAll(async () => {
  await server.stop()
  await house.close()
})

const blobs = () => ({ pool: house.pool, store: diskBlobStore(root), root })
const stateOf = (id: string) =>
  withAgency(house, actor.agencyId, async (tx) => (await loadRecording(tx, id)).state)

const registered = async (sizeBytes: number, declared?: string) => {
  const clip = await makeClip(house.dataDir, sizeBytes)
  const manifest = manifestOf(actor, { sha256: declared ?? clip.sha256, sizeBytes })
  return { clip, recordingId: await register(house.store, actor, manifest) }
}

const ask = (method: string, path: string, headers: Record<string, string> = {}, body?: Uint8Array) =>
  fetch(new URL(path, server.baseUrl), {
    method,
    headers: { 'tus-resumable': '1.0.0', ...as(actor), ...headers },
    ...(body && { body: Buffer.from(body) }),
  })
const create = (recordingId: string, length: number, headers: Record<string, string> = {}) =>
  ask('POST', '/api/uploads', {
    'upload-length': String(length),
    'upload-metadata': `recordingId ${Buffer.from(recordingId).toString('base64')}`,
    ...headers,
  })
const begin = async (recordingId: string, length: number) =>
  (await create(recordingId, length)).headers.get('location') ?? ''
const patch = (url: string, start: number, bytes: Uint8Array, headers: Record<string, string> = {}) =>
  ask(
    'PATCH',
    url,
    { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(start), ...headers },
    bytes,
  )
const checksum = (bytes: Uint8Array) => ({ 'upload-checksum': `sha256 ${hash('sha256', bytes, 'base64')}` })
const offset = async (url: string) => Number((await ask('HEAD', url)).headers.get('upload-offset'))

describe('a recording that is uploaded', () => {
  test('by our client arrives whole, every chunk checked, read-only under its digest', async () => {
    const { clip, recordingId } = await registered(9 * MIB + 1)
    const seen: number[] = []
    const sent = await uploadFile({
      baseUrl: server.baseUrl,
      headers: as(actor),
      recordingId,
      path: clip.path,
      onProgress: (n) => seen.push(n),
    })
    expect(sent).toMatchObject({ sizeBytes: 9 * MIB + 1, sentBytes: 9 * MIB + 1, repeatedChunks: 0 })
    expect(seen).toEqual([4 * MIB, 8 * MIB, 9 * MIB + 1])
    expect(await stateOf(recordingId)).toMatchObject({
      status: 'stored',
      stored: { checksum: 'per-chunk', blob: { sha256: clip.sha256, sizeBytes: 9 * MIB + 1 } },
    })
    const file = await stat(blobPath(root, clip.sha256))
    expect([file.size, file.mode & 0o777, file.nlink]).toEqual([9 * MIB + 1, 0o444, 1])
  })

  test('by a client of others without checksums is verified by reading back, and says so', async () => {
    const { clip, recordingId } = await registered(5 * MIB + 7)
    await new Promise<void>((resolve, reject) => {
      new TusUpload(clip.bytes, {
        endpoint: `${server.baseUrl}/api/uploads`,
        headers: as(actor),
        metadata: { recordingId, filename: '现场.mp4' },
        chunkSize: 3 * MIB,
        onSuccess: () => resolve(),
        onError: reject,
      }).start()
    })
    expect(await stateOf(recordingId)).toMatchObject({
      status: 'stored',
      stored: { checksum: 're-read', blob: { sha256: clip.sha256 } },
    })
  })

  test('with other bytes than declared is kept in quarantine, and stays to be sent again', async () => {
    const { clip, recordingId } = await registered(1000, 'e'.repeat(64))
    const url = await begin(recordingId, 1000)
    const answer = await patch(url, 0, clip.bytes, checksum(clip.bytes))
    expect([answer.status, await answer.json()]).toMatchObject([460, { code: 'not-as-declared' }])
    expect(await stateOf(recordingId)).toMatchObject({
      status: 'registered',
      rejected: [{ received: clip.sha256 }],
    })
    expect((await create(recordingId, 1000)).status).toBe(201)
    expect((await reconcileBlobs(blobs(), true)).findings).toEqual([])
  })
})

describe('a chunk', () => {
  test('whose checksum does not hold is thrown away and asked for again', async () => {
    const { clip, recordingId } = await registered(2 * MIB)
    const url = await begin(recordingId, 2 * MIB)
    const damaged = Buffer.from(clip.bytes)
    damaged[77] = (damaged[77] ?? 0) ^ 1
    const answer = await patch(url, 0, damaged, checksum(clip.bytes))
    expect([answer.status, await answer.json()]).toMatchObject([460, { code: 'wrong-checksum' }])
    expect(await offset(url)).toBe(0)
    expect((await patch(url, 0, clip.bytes, checksum(clip.bytes))).status).toBe(204)
    expect((await stateOf(recordingId)).status).toBe('stored')
  })

  test('at another place than the record ends is refused; the same one again is answered and not written', async () => {
    const { clip, recordingId } = await registered(3000)
    const url = await begin(recordingId, 3000)
    const [a, b] = [clip.bytes.subarray(0, 1000), clip.bytes.subarray(1000)]
    expect((await patch(url, 500, a)).status).toBe(409)
    expect((await patch(url, 0, a, checksum(a))).status).toBe(204)
    const again = await patch(url, 0, a, checksum(a))
    expect([again.status, again.headers.get('upload-offset')]).toEqual([204, '1000'])
    const other = randomBytes(1000)
    expect((await patch(url, 0, other, checksum(other))).status).toBe(409)
    expect((await patch(url, 1000, Buffer.concat([b, b]))).status).toBe(413)
    expect((await patch(url, 1000, b, checksum(b))).status).toBe(204)
    expect((await patch(url, 1000, b, checksum(b))).status).toBe(204)
    expect(await stateOf(recordingId)).toMatchObject({ stored: { blob: { sha256: clip.sha256 } } })
  })

  test('does not inherit bytes that lie on the disk beyond the offset of record', async () => {
    const { clip, recordingId } = await registered(4000)
    const url = await begin(recordingId, 4000)
    await patch(url, 0, clip.bytes.subarray(0, 1000))
    const id = url.split('/').at(-1) ?? ''
    const [name = ''] = (await readdir(join(root, 'receiving'))).filter((n) => n.startsWith(id))
    await appendFile(join(root, 'receiving', name), randomBytes(9000))
    expect(await offset(url)).toBe(1000)
    expect((await patch(url, 1000, clip.bytes.subarray(1000))).status).toBe(204)
    expect(await stateOf(recordingId)).toMatchObject({ stored: { blob: { sha256: clip.sha256 } } })
  })
})

describe('an upload', () => {
  test('of somebody else does not exist, whatever is asked of it', async () => {
    const { clip, recordingId } = await registered(100)
    const url = await begin(recordingId, 100)
    const strangers = [
      testActor('zoumaling', { roles: ['officer', 'av-custodian'] }),
      testActor('fengtai', { userId: actor.userId }),
    ]
    for (const stranger of strangers) {
      expect((await ask('HEAD', url, as(stranger))).status).toBe(404)
      expect((await patch(url, 0, clip.bytes, as(stranger))).status).toBe(404)
      expect((await ask('DELETE', url, as(stranger))).status).toBe(404)
    }
    expect((await ask('HEAD', '/api/uploads/..%2f..%2fetc%2fpasswd')).status).toBe(404)
    expect((await ask('HEAD', url, { 'x-test-actor': '' })).status).toBe(401)
  })

  test('is not begun for a recording that is unknown, stored, of another size or not the sender’s', async () => {
    const { recordingId } = await registered(100)
    expect((await create(recordingId, 101)).status).toBe(400)
    expect((await create('00000000-0000-7000-8000-000000000000', 100)).status).toBe(404)
    expect((await create(recordingId, 100, as(testActor('zoumaling')))).status).toBe(404)
    expect((await create(recordingId, 100, as(testActor('fengtai')))).status).toBe(404)
  })

  test('says what it wants when headers are wrong', async () => {
    const { recordingId } = await registered(100)
    const url = await begin(recordingId, 100)
    const statuses = [
      await create(recordingId, 100, { 'upload-length': '-1' }),
      await create(recordingId, 100, { 'upload-length': '99999999999999' }),
      await create(recordingId, 100, { 'upload-metadata': `recordingId ${'A'.repeat(5000)}` }),
      await create(recordingId, 100, { 'tus-resumable': '0.2.2' }),
      await patch(url, 0, Buffer.alloc(10), { 'upload-checksum': 'md5 AAAA' }),
      await patch(url, 0, Buffer.alloc(10), { 'upload-offset': 'zero' }),
      await patch(url, 0, Buffer.alloc(10), { 'content-type': 'application/json' }),
    ].map((r) => r.status)
    expect(statuses).toEqual([400, 413, 400, 412, 400, 400, 415])
  })

  test('that is terminated or expired leaves neither file nor row without the other', async () => {
    const { recordingId } = await registered(100)
    const [one, two] = [await begin(recordingId, 100), await begin(recordingId, 100)]
    expect((await ask('DELETE', one)).status).toBe(204)
    expect((await ask('HEAD', one)).status).toBe(410)
    const deps: UploadDeps = {
      ...blobs(),
      digester: startDigester(1),
      target: recordingUploads(house.store),
      authenticate: async () => actor,
      now: () => new Date(Date.now() + 8 * 86_400_000),
      maxBytes: MIB,
      keepDays: 7,
    }
    expect(await expireUploads({ ...deps, now: () => new Date() }, actor.agencyId)).toBe(0)
    expect(await expireUploads(deps, actor.agencyId)).toBeGreaterThan(0)
    expect((await ask('HEAD', two)).status).toBe(410)
    expect((await reconcileBlobs(blobs(), false)).findings).toEqual([])
  })

  test('tells what the server can do', async () => {
    const headers = (await ask('OPTIONS', '/api/uploads')).headers
    expect(headers.get('tus-extension')).toBe('creation,checksum,concatenation,expiration,termination')
    expect(headers.get('tus-checksum-algorithm')).toBe('sha256,sha1')
  })
})
