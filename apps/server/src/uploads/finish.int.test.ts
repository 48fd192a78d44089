import { once } from 'node:events'
import { join } from 'node:path'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  createTestInstallation,
  testActor,
  type TestInstallation,
} from '../../../../test/test-installation.ts'
import { makeClip, manifestOf, register } from '../../../../test/upload-installation.ts'
import { startDigester, type Digester } from '../blobs/digest-file.ts'
import { diskBlobStore } from '../blobs/disk-blob-store.ts'
import { reconcileBlobs } from '../blobs/reconcile.ts'
import { withAgency } from '../postgres/transaction.ts'
import { loadRecording } from '../recording/load-recording.ts'
import { recordingProjection } from '../recording/recording-projection.ts'
import { recordingUploads } from '../recording/upload-target.ts'
import { listReceived } from './end-upload-early.ts'
import { finishUpload } from './finish-upload.ts'
import { registerUploads } from './tus-routes.ts'
import type { UploadDeps } from './upload-deps.ts'

const actor = testActor('zoumaling')
let house: TestInstallation
let deps: UploadDeps
let app: FastifyInstance
let digester: Digester
/** What stands in for a crash: thrown once, at the place that a test names. */
let crashAt: 'digest' | 'adopt' | 'after-adopt' | undefined

const crash = (place: typeof crashAt) => {
  if (crashAt !== place) return
  crashAt = undefined
  throw new Error(`the process ended at ${place}`)
}

beforeAll(async () => {
  house = await createTestInstallation({ projections: [recordingProjection] })
  const root = join(house.dataDir, 'blobs')
  digester = startDigester(1)
  const store = diskBlobStore(root)
  deps = {
    pool: house.pool,
    root,
    store: {
      ...store,
      adopt: async (path, sha256) => {
        crash('adopt')
        await store.adopt(path, sha256)
        crash('after-adopt')
      },
    },
    digester: {
      ...digester,
      digest: async (path, options) => {
        crash('digest')
        return digester.digest(path, options)
      },
    },
    target: recordingUploads(house.store),
    authenticate: async () => actor,
    now: () => new Date(),
    maxBytes: 1024 ** 3,
    keepDays: 7,
  }
  app = Fastify()
  await registerUploads(app, deps)
  await app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(async () => {
  app.server.closeAllConnections()
  const closed = once(app.server, 'close')
  await Promise.all([app.close(), closed])
  await digester.close()
  await house.close()
})

const stateOf = (id: string) =>
  withAgency(house, actor.agencyId, async (tx) => (await loadRecording(tx, id)).state)

const sent = async (bytes: Buffer, recordingId: string) => {
  const headers = { 'tus-resumable': '1.0.0' }
  const created = await app.inject({
    method: 'POST',
    url: '/api/uploads',
    headers: {
      ...headers,
      'upload-length': String(bytes.length),
      'upload-metadata': `recordingId ${Buffer.from(recordingId).toString('base64')}`,
    },
  })
  const url = String(created.headers.location)
  const patched = await app.inject({
    method: 'PATCH',
    url,
    headers: { ...headers, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' },
    payload: bytes,
  })
  return { url, status: patched.statusCode, id: url.split('/').at(-1) ?? '' }
}
const registered = async () => {
  const clip = await makeClip(house.dataDir, 100_000)
  const manifest = manifestOf(actor, { sha256: clip.sha256, sizeBytes: clip.bytes.length })
  return { clip, recordingId: await register(house.store, actor, manifest) }
}

test.each(['digest', 'adopt', 'after-adopt'] as const)(
  'an upload whose finishing was cut off at %s is whole, visibly unfinished, and finished by the next who asks',
  async (place) => {
    const { clip, recordingId } = await registered()
    crashAt = place
    const { url, status } = await sent(clip.bytes, recordingId)
    expect(status).toBe(500)
    expect((await stateOf(recordingId)).status).toBe('registered')
    expect((await reconcileBlobs(deps, true)).findings).toEqual([])
    const asked = await app.inject({ method: 'HEAD', url, headers: { 'tus-resumable': '1.0.0' } })
    expect(asked.headers).toMatchObject({ 'upload-offset': '100000', 'liuhen-upload-state': 'finished' })
    expect(await stateOf(recordingId)).toMatchObject({
      status: 'stored',
      stored: { blob: { sha256: clip.sha256 } },
    })
    expect((await reconcileBlobs(deps, true)).findings).toEqual([])
  },
)

test('nobody has to ask: what was whole is listed for the job that finishes it', async () => {
  const { clip, recordingId } = await registered()
  crashAt = 'adopt'
  await sent(clip.bytes, recordingId)
  const received = await listReceived(deps, actor.agencyId)
  expect(received).toHaveLength(1)
  for (const key of received) await finishUpload(deps, key)
  expect((await stateOf(recordingId)).status).toBe('stored')
})

test('sixteen who finish one upload at once have one effect', async () => {
  const { clip, recordingId } = await registered()
  crashAt = 'digest'
  const { id } = await sent(clip.bytes, recordingId)
  const key = { id, agencyId: actor.agencyId }
  const all = await Promise.allSettled(Array.from({ length: 16 }, () => finishUpload(deps, key)))
  expect(all.filter((r) => r.status === 'rejected')).toEqual([])
  const events = await house.pool.connect()
  try {
    await events.query(`SELECT set_config('app.agency', $1, false)`, [actor.agencyId])
    const { rows } = await events.query(
      `SELECT type FROM record.event WHERE stream_id = $1 ORDER BY version`,
      [recordingId],
    )
    expect(rows.map((r) => r.type)).toEqual(['RecordingRegistered', 'RecordingStored'])
  } finally {
    await events.query('RESET app.agency')
    events.release()
  }
  expect((await reconcileBlobs(deps, true)).findings).toEqual([])
})
