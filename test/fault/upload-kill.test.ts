import { hash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uploadFile } from '../../apps/cli/src/upload-client.ts'
import { diskBlobStore } from '../../apps/server/src/blobs/disk-blob-store.ts'
import { reconcileBlobs } from '../../apps/server/src/blobs/reconcile.ts'
import { withAgency } from '../../apps/server/src/postgres/transaction.ts'
import { loadRecording } from '../../apps/server/src/recording/load-recording.ts'
import { recordingProjection } from '../../apps/server/src/recording/recording-projection.ts'
import { createTestInstallation, testActor, type TestInstallation } from '../test-installation.ts'
import { as, makeClip, manifestOf, register, sha256, startUploadServer } from '../upload-installation.ts'

const MIB = 1024 * 1024
const KILLS = 6
const RACES = 60
const actor = testActor('zoumaling')
let house: TestInstallation
let root: string

beforeAll(async () => {
  house = await createTestInstallation({ projections: [recordingProjection] })
  root = join(house.dataDir, 'blobs')
})
afterAll(() => house.close())

const start = () => startUploadServer(house.urls.app, root)
const stateOf = (id: string) =>
  withAgency(house, actor.agencyId, async (tx) => (await loadRecording(tx, id)).state)
const findings = async () =>
  (await reconcileBlobs({ pool: house.pool, store: diskBlobStore(root), root }, true)).findings

test('a server that is killed again and again loses no byte that it acknowledged', async () => {
  const clip = await makeClip(house.dataDir, KILLS * 4 * MIB + 12_345)
  const recordingId = await register(
    house.store,
    actor,
    manifestOf(actor, { sha256: clip.sha256, sizeBytes: clip.bytes.length }),
  )
  let uploadPath: string | undefined
  let acknowledged = 0
  for (let kill = 0; kill <= KILLS; kill += 1) {
    const server = await start()
    const before = acknowledged
    await uploadFile({
      baseUrl: server.baseUrl,
      headers: as(actor),
      recordingId,
      path: clip.path,
      attempts: 1,
      ...(uploadPath === undefined ? {} : { uploadUrl: new URL(uploadPath, server.baseUrl).href }),
      onCreated: (url) => {
        uploadPath = new URL(url).pathname
      },
      onProgress: (at) => {
        expect(at).toBeGreaterThan(before)
        acknowledged = at
        // The next chunk is on its way when the process dies, without any chance to tidy up.
        if (kill < KILLS) setImmediate(() => server.process.kill('SIGKILL'))
      },
    }).catch((e: unknown) => {
      if (kill === KILLS) throw e
    })
    await server.stop()
  }
  expect(acknowledged).toBe(clip.bytes.length)
  expect(await stateOf(recordingId)).toMatchObject({
    status: 'stored',
    stored: { checksum: 'per-chunk', blob: { sha256: clip.sha256 } },
  })
  expect(await findings()).toEqual([])
})

test('two servers on one store never mix the bytes of two senders at one place', async () => {
  const servers = await Promise.all([start(), start()])
  const size = 64 * 1024
  const send = async (base: string, url: string, body: Buffer, checked: boolean) =>
    (
      await fetch(new URL(url, base), {
        method: 'PATCH',
        headers: {
          ...as(actor),
          'tus-resumable': '1.0.0',
          'content-type': 'application/offset+octet-stream',
          'upload-offset': '0',
          ...(checked && { 'upload-checksum': `sha256 ${hash('sha256', body, 'base64')}` }),
        },
        body: new Uint8Array(body),
      })
    ).status
  const race = async (round: number) => {
    const rivals = Array.from({ length: 4 }, () => randomBytes(size))
    const manifest = manifestOf(actor, { sha256: 'f'.repeat(64), sizeBytes: size })
    const recordingId = await register(house.store, actor, manifest)
    const created = await fetch(new URL('/api/uploads', servers[0]?.baseUrl), {
      method: 'POST',
      headers: {
        ...as(actor),
        'tus-resumable': '1.0.0',
        'upload-length': String(size),
        'upload-metadata': `recordingId ${Buffer.from(recordingId).toString('base64')}`,
      },
    })
    const url = created.headers.get('location') ?? ''
    const statuses = await Promise.all(
      rivals.map((body, i) => send(servers[i % 2]?.baseUrl ?? '', url, body, round % 2 === 0)),
    )
    // Nobody's bytes are the declared ones, so the one that was written whole is answered 460 and shows what it was.
    const state = await stateOf(recordingId)
    const received = state.status === 'registered' ? state.rejected.map((r) => r.received) : []
    return { statuses, received, rivals: rivals.map((r) => sha256(r)) }
  }
  for (let round = 0; round < RACES; round += 1) {
    const { statuses, received, rivals } = await race(round)
    expect(statuses.filter((s) => s === 204)).toEqual([])
    expect(statuses.filter((s) => s === 460)).toHaveLength(1)
    expect(received).toHaveLength(1)
    expect(rivals).toContain(received[0])
  }
  await Promise.all(servers.map((s) => s.stop()))
  expect(await findings()).toEqual([])
})
