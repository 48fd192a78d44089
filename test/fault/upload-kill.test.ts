import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uploadFile } from '../../apps/cli/src/upload-client.ts'
import { diskBlobStore } from '../../apps/server/src/blobs/disk-blob-store.ts'
import { reconcileBlobs } from '../../apps/server/src/blobs/reconcile.ts'
import { withAgency } from '../../apps/server/src/postgres/transaction.ts'
import { loadRecording } from '../../apps/server/src/recording/load-recording.ts'
import { recordingProjection } from '../../apps/server/src/recording/recording-projection.ts'
import { createTestInstallation, testActor, type TestInstallation } from '../test-installation.ts'
import { as, makeClip, manifestOf, register, startUploadServer } from '../upload-installation.ts'

const MIB = 1024 * 1024
const KILLS = 6
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
