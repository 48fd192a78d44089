import { randomBytes, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { diskBlobStore } from '../../apps/server/src/blobs/disk-blob-store.ts'
import { reconcileBlobs } from '../../apps/server/src/blobs/reconcile.ts'
import { recoverBlobs } from '../../apps/server/src/blobs/recover-blobs.ts'
import { withAgency } from '../../apps/server/src/postgres/transaction.ts'
import { loadRecording } from '../../apps/server/src/recording/load-recording.ts'
import { recordingProjection } from '../../apps/server/src/recording/recording-projection.ts'
import { createTestInstallation, testActor } from '../test-installation.ts'
import { checksumOf, tusRequests } from '../tus-requests.ts'
import {
  makeClip,
  manifestOf,
  register,
  startUploadServer,
  type Clip,
  type UploadServer,
  type UploadServerOptions,
} from '../upload-installation.ts'
import { losePower } from './lazy-disk.ts'

export const actor = testActor('zoumaling')
const SIZE = 300_000
const FIRST = 100_000

export type FaultHouse = Awaited<ReturnType<typeof openFaultHouse>>
export type Victim = Readonly<{
  server: UploadServer
  pid: number
  journal: string
  end: () => Promise<void>
}>

/** A store with one server that stays well, and servers that will not. */
export const openFaultHouse = async () => {
  const house = await createTestInstallation({ projections: [recordingProjection] })
  const root = join(house.dataDir, 'blobs')
  const blobs = { pool: house.pool, store: diskBlobStore(root), root }
  const well = await startUploadServer(house.urls.app, root)
  const victim = async (more: UploadServerOptions = {}): Promise<Victim> => {
    const journal = join(house.dataDir, `journal-${randomUUID()}`)
    const options = { journal, threads: 1, onePoolThread: true, pool: 4, ...more }
    const server = await startUploadServer(house.urls.app, root, options)
    const end = async () => {
      await server.stop()
      losePower(journal)
    }
    return { server, pid: server.process.pid ?? 0, journal, end }
  }
  const close = async () => {
    await well.stop()
    await house.close()
  }
  return { house, root, blobs, well, victim, close }
}

export const newRecording = async (f: FaultHouse, sizeBytes: number, declared?: string) => {
  const clip = await makeClip(f.house.dataDir, sizeBytes)
  const manifest = manifestOf(actor, { sha256: declared ?? clip.sha256, sizeBytes })
  return { clip, recordingId: await register(f.house.store, actor, manifest) }
}

/** An upload whose last request is about to be sent. */
export type Begun = Readonly<{
  recordingId: string
  clip: Clip
  /** Acknowledged: this many bytes of each of these uploads, which begin at this byte of the file. */
  acknowledged: readonly Readonly<{ url: string; start: number; length: number }>[]
  /** Sends it. 0: no answer. */
  last: (baseUrl: string) => Promise<number>
  /** Somebody else's bytes for the same place, with a checksum that holds. 0: no answer. */
  rival: (baseUrl: string) => Promise<number>
  /** What its sender does after a fault, until there is an answer that ends it. */
  resume: (baseUrl: string) => Promise<number>
}>

export type Scenario = (f: FaultHouse, baseUrl: string) => Promise<Begun>

const statusOf = (answer: Promise<Response>): Promise<number> => answer.then((a) => a.status).catch(() => 0)
const expectStatus = (status: number, wanted: number): void => {
  if (status !== wanted) throw new Error(`answered ${status} where ${wanted} was due`)
}

/** One chunk is acknowledged; the next is the last. */
export const twoChunks: Scenario = async (f, baseUrl) => {
  const { clip, recordingId } = await newRecording(f, SIZE)
  const url = await tusRequests(baseUrl, actor).begin(recordingId, SIZE)
  const from = (base: string, at: number) => {
    const rest = clip.bytes.subarray(at)
    return statusOf(tusRequests(base, actor).patch(url, at, rest, checksumOf(rest)))
  }
  const head = clip.bytes.subarray(0, FIRST)
  expectStatus((await tusRequests(baseUrl, actor).patch(url, 0, head, checksumOf(head))).status, 204)
  return {
    recordingId,
    clip,
    acknowledged: [{ url, start: 0, length: FIRST }],
    last: (base) => from(base, FIRST),
    rival: (base) => {
      const bytes = randomBytes(SIZE - FIRST)
      return statusOf(tusRequests(base, actor).patch(url, FIRST, bytes, checksumOf(bytes)))
    },
    resume: async (base) => {
      const { status, offset } = await tusRequests(base, actor).head(url)
      if (status === 200) return offset === SIZE ? 204 : from(base, offset)
      const again = await tusRequests(base, actor).begin(recordingId, SIZE)
      return statusOf(tusRequests(base, actor).patch(again, 0, clip.bytes, checksumOf(clip.bytes)))
    },
  }
}

/** Two parts are acknowledged; what follows is to join them. */
export const twoParts: Scenario = async (f, baseUrl) => {
  const { clip, recordingId } = await newRecording(f, SIZE)
  const sender = tusRequests(baseUrl, actor)
  const send = async (start: number, end: number) => {
    const url = await sender.beginPart(end - start)
    const bytes = clip.bytes.subarray(start, end)
    expectStatus((await sender.patch(url, 0, bytes, checksumOf(bytes))).status, 204)
    return { url, start, length: end - start }
  }
  const parts = [await send(0, FIRST), await send(FIRST, SIZE)]
  const urls = parts.map((p) => p.url)
  const last = (base: string) => statusOf(tusRequests(base, actor).join(recordingId, urls))
  const rival = (base: string) => statusOf(tusRequests(base, actor).join(recordingId, urls.toReversed()))
  return { recordingId, clip, acknowledged: parts, last, rival, resume: last }
}

const stateOf = async (f: FaultHouse, recordingId: string) =>
  withAgency(f.house, actor.agencyId, async (tx) => (await loadRecording(tx, recordingId)).state)

const uploadState = async (f: FaultHouse, id: string): Promise<string | undefined> => {
  const { rows } = await withAgency(f.house, actor.agencyId, (tx) =>
    tx.query<{ state: string }>('SELECT state FROM app.upload WHERE id = $1', [id]),
  )
  return rows[0]?.state
}

const OPEN = new Set(['receiving', 'held', 'received'])

/** Bytes that were acknowledged and are not in the files of an upload that is still open. */
const lostOf = async (f: FaultHouse, b: Begun): Promise<number> => {
  let lost = 0
  for (const { url, start, length } of b.acknowledged) {
    const id = url.split('/').at(-1) ?? ''
    if (!OPEN.has((await uploadState(f, id)) ?? '')) continue
    const names = (await readdir(join(f.root, 'receiving'))).filter((name) => name.startsWith(id))
    const wanted = b.clip.bytes.subarray(start, start + length)
    const files = await Promise.all(names.map((name) => readFile(join(f.root, 'receiving', name))))
    if (!files.some((bytes) => bytes.subarray(0, length).equals(wanted))) lost += length
  }
  return lost
}

export type Outcome = Readonly<{ lost: number; faults: readonly string[] }>

/** Whole under its digest, and every byte on the disk has its row. */
const whatIsWrong = async (f: FaultHouse, b: Begun): Promise<readonly string[]> => {
  const state = await stateOf(f, b.recordingId)
  const stored = state.status === 'none' || state.status === 'registered' ? undefined : state.stored
  const { findings } = await reconcileBlobs(f.blobs, true)
  return [
    ...(stored?.blob.sha256 === b.clip.sha256 ? [] : [`the recording is ${state.status}`]),
    ...findings.map((x) => `${x.code} ${x.what}`),
  ]
}

/** After the fault, when the disk has lost what it may: what was acknowledged is there, and the rest can follow. */
export const judge = async (f: FaultHouse, b: Begun, answered: number): Promise<Outcome> => {
  await recoverBlobs(f.blobs, new Date())
  const before = (await reconcileBlobs(f.blobs, true)).findings.map((x) => `${x.code} ${x.what}`)
  const isEnd = answered === 204 || answered === 201
  const lost = (await lostOf(f, b)) + (isEnd && (await whatIsWrong(f, b)).length > 0 ? SIZE : 0)
  const resumed = await b.resume(f.well.baseUrl)
  const isResumed = resumed === 204 || resumed === 201 || (isEnd && resumed === 0)
  const after = await whatIsWrong(f, b)
  return { lost, faults: [...before, ...(isResumed ? [] : [`resumed with ${resumed}`]), ...after] }
}
