import { spawnSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { diskBlobStore } from '../../apps/server/src/blobs/disk-blob-store.ts'
import { reconcileBlobs } from '../../apps/server/src/blobs/reconcile.ts'
import { withAgency } from '../../apps/server/src/postgres/transaction.ts'
import { loadRecording } from '../../apps/server/src/recording/load-recording.ts'
import { recordingProjection } from '../../apps/server/src/recording/recording-projection.ts'
import { createTestInstallation, testActor, type TestInstallation } from '../test-installation.ts'
import { as, makeClip, manifestOf, register, startUploadServer } from '../upload-installation.ts'

const CAN_TRACE = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0
const actor = testActor('zoumaling')
let house: TestInstallation
let root: string

beforeAll(async () => {
  house = await createTestInstallation({ projections: [recordingProjection] })
  root = join(house.dataDir, 'blobs')
})
afterAll(() => house.close())

/** The upload path with one system call of its own going wrong once. */
const withFault = (call: string, error: string) =>
  startUploadServer(house.urls.app, root, {
    under: [
      'strace',
      '-f',
      '-qq',
      '-o',
      '/dev/null',
      '-e',
      `trace=${call}`,
      '-e',
      `inject=${call}:error=${error}:when=1`,
    ],
  })

const send = async (baseUrl: string) => {
  const clip = await makeClip(house.dataDir, 300_000)
  const manifest = manifestOf(actor, { sha256: clip.sha256, sizeBytes: clip.bytes.length })
  const recordingId = await register(house.store, actor, manifest)
  const headers = { ...as(actor), 'tus-resumable': '1.0.0' }
  const created = await fetch(new URL('/api/uploads', baseUrl), {
    method: 'POST',
    headers: {
      ...headers,
      'upload-length': String(clip.bytes.length),
      'upload-metadata': `recordingId ${Buffer.from(recordingId).toString('base64')}`,
    },
  })
  const url = new URL(created.headers.get('location') ?? '', baseUrl)
  const patch = async () =>
    (
      await fetch(url, {
        method: 'PATCH',
        headers: {
          ...headers,
          'content-type': 'application/offset+octet-stream',
          'upload-offset': '0',
          'upload-checksum': `sha256 ${hash('sha256', clip.bytes, 'base64')}`,
        },
        body: new Uint8Array(clip.bytes),
      })
    ).status
  const head = async () => {
    const answer = await fetch(url, { method: 'HEAD', headers })
    return { status: answer.status, offset: answer.headers.get('upload-offset') }
  }
  const state = () =>
    withAgency(house, actor.agencyId, async (tx) => (await loadRecording(tx, recordingId)).state.status)
  return { patch, head, state }
}
const findings = async () =>
  (await reconcileBlobs({ pool: house.pool, store: diskBlobStore(root), root }, true)).findings

describe.skipIf(!CAN_TRACE)('when the disk', () => {
  test('loses bytes at fdatasync, nothing is acknowledged and that upload is over: fsync is not tried again', async () => {
    const server = await withFault('fdatasync', 'EIO')
    const upload = await send(server.baseUrl)
    expect(await upload.patch()).toBe(500)
    expect((await upload.head()).status).toBe(410)
    expect(await upload.patch()).toBe(410)
    expect(await upload.state()).toBe('registered')
    expect(await findings()).toEqual([])
    await server.stop()
  })

  test('is full, that is said, nothing is acknowledged, and the same chunk is taken when there is room', async () => {
    const server = await withFault('pwritev,pwrite64', 'ENOSPC')
    const upload = await send(server.baseUrl)
    expect(await upload.patch()).toBe(507)
    expect(await upload.head()).toEqual({ status: 200, offset: '0' })
    expect(await upload.patch()).toBe(204)
    expect(await upload.state()).toBe('stored')
    expect(await findings()).toEqual([])
    await server.stop()
  })

  test('refuses the final name, the upload is whole and finished by the next who asks', async () => {
    const server = await withFault('link,linkat', 'EIO')
    const upload = await send(server.baseUrl)
    expect(await upload.patch()).toBe(500)
    expect(await upload.state()).toBe('registered')
    expect((await upload.head()).status).toBe(200)
    expect(await upload.state()).toBe('stored')
    expect(await findings()).toEqual([])
    await server.stop()
  })
})
