import { createReadStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { markLines } from '@liuhen/domain/derivative/mark'
import { recordFailed, recordMade } from '@liuhen/domain/derivative/commands'
import type { Making } from '@liuhen/domain/derivative/events'
import type { Derivative } from '@liuhen/domain/derivative/state'
import { fromBase64, toHex } from '@liuhen/ledger/bytes'
import { canonicalBytes } from '@liuhen/ledger/canonical'
import { type ClipTable, makeClipTable, MAX_CLIP_BYTES } from '@liuhen/ledger/clip/clip-proof'
import type { MediaManifest } from '@liuhen/ledger/package/documents'
import { isKept } from '@liuhen/domain/recording/state'
import { isRefusal } from '@liuhen/domain/refusal'
import { CHUNK_BYTES } from '../blobs/chunk-size.ts'
import { putBlob } from '../blobs/put-blob.ts'
import { getAgency } from '../case-stream/agency.ts'
import { nodeHashes } from '../event-store/seal-event.ts'
import { derivedId, systemActor } from '../jobs/job-command.ts'
import { keyBefore, locateSamples } from '../media/locate-samples.ts'
import { copyClip, encodeCopy, type Made, type Making as Work } from '../media/make-copy.ts'
import { type Packet, readPackets } from '../media/read-packets.ts'
import { readShown } from '../media/shown-size.ts'
import { mediaManifest } from '../package-contents/media-manifest.ts'
import { withAgency } from '../postgres/transaction.ts'
import { loadRecording } from '../recording/load-recording.ts'
import type { RecordingDeps } from '../recording/recording-deps.ts'
import { actOnDerivative, type DecideDerivative } from './act-on-derivative.ts'
import { type DerivativeJob, MAKE_DERIVATIVE } from './derivative-job.ts'
import { loadDerivative } from './load-derivative.ts'
import { whileMaking } from './making-lock.ts'

export type DerivativeDeps = RecordingDeps &
  Readonly<{
    /** Where copies are made before they are kept. */
    workshop: string
    /** A font file with Chinese characters, for marks. */
    markFont: string
  }>

/** It cannot be made, and trying again changes nothing: people are told why. */
class CannotMakeError extends Error {
  readonly detail: string | undefined
  constructor(why: string, detail?: string) {
    super(why)
    this.detail = detail
  }
}

type Working = Work & Readonly<{ d: Derivative; packets: readonly Packet[] }>

const lastMoment = (packets: readonly Packet[]): number =>
  packets.reduce((end, p) => Math.max(end, (p.pts || 0) + p.duration), 0)

const mustBeMade = (made: Made): Exclude<Made, { why: string }> => {
  if ('why' in made) throw new CannotMakeError(made.why, made.detail)
  return made
}

type Clip = Readonly<{
  path: string
  arguments: string
  told: Pick<Making, 'covers' | 'unproven'>
  tracks?: ClipTable['tracks']
}>

/** The samples as they are, and where each of them lies in the original. */
const makeClip = async (w: Working, range: Readonly<{ from: number; to: number }>): Promise<Clip> => {
  const { picture, sound } = w.shown
  const streams = [picture?.stream, sound?.stream].filter((s) => s !== undefined)
  const from = keyBefore(w.packets, streams[0] ?? 0, range.from) ?? range.from
  const made = mustBeMade(await copyClip(w, { from, to: range.to }))
  const clip = (await readPackets(w.tools, made.path)) ?? []
  const found = await locateSamples(
    { original: w.path, clip: made.path },
    { streams, original: w.packets, clip },
    from,
  )
  if ('why' in found)
    return {
      ...made,
      told: { covers: { from, to: Math.min(range.to, w.shown.seconds) }, unproven: found.why },
    }
  const tracks = found.tracks.map((t) => t.map(([at, size]): [number, number] => [at, size]))
  return { ...made, told: { covers: found.covers }, tracks }
}

const makeAnew = async (
  deps: DerivativeDeps,
  w: Working,
  agency: Readonly<{ name: string; caseNo?: string | undefined }>,
): Promise<Clip> => {
  const { spec } = w.d
  const lines = markLines(w.d, agency)
  const mark = lines === undefined ? undefined : { lines, font: deps.markFont }
  const made = mustBeMade(await encodeCopy(w, spec, mark))
  const { from, to } = spec.range ?? { from: 0, to: w.shown.seconds }
  return { ...made, told: { covers: { from, to: Math.min(to, w.shown.seconds) } } }
}

const readMaterial = async (deps: DerivativeDeps, d: Derivative, path: string, folder: string) => {
  const { tools } = deps
  if (tools === undefined) throw new CannotMakeError('本机没有安装音像工具 ffmpeg，不能制作副本')
  const shown = await readShown(tools, path)
  const packets = await readPackets(tools, path)
  if (shown === undefined || packets === undefined)
    throw new CannotMakeError('读不出原件的画面和声音，不能制作副本')
  // A film of a browser's recorder has no length written in it.
  const seconds = Math.max(shown.seconds, lastMoment(packets))
  return { tools, path, folder, d, packets, shown: { ...shown, seconds } }
}

const tellShare = (deps: DerivativeDeps, { agencyId, derivativeId }: DerivativeJob) => {
  let last = -1
  return (share: number): void => {
    if (Math.floor(share * 50) === last) return
    last = Math.floor(share * 50)
    // Told on its way; what fails here holds up nothing.
    void withAgency(deps.store, agencyId, (tx) =>
      tx.query(
        `INSERT INTO app.derivative_progress (derivative_id, agency_id, share) VALUES ($1, $2, $3)
         ON CONFLICT (derivative_id) DO UPDATE SET share = $3`,
        [derivativeId, agencyId, share],
      ),
    ).catch(() => undefined)
  }
}

/** Told before the bytes are there: what is cut off in between belongs to the recording and goes with it. */
const announce = (
  { store }: DerivativeDeps,
  { agencyId, derivativeId }: DerivativeJob,
  { source }: Derivative,
  bytes: Readonly<{ sha256: string; what: 'copy' | 'table' }>,
): Promise<unknown> =>
  withAgency(store, agencyId, (tx) =>
    tx.query(
      `INSERT INTO app.derivative_bytes (derivative_id, sha256, agency_id, recording_id, what)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
      [derivativeId, bytes.sha256, agencyId, source.recordingId, bytes.what],
    ),
  )

const samplesOf = async (
  deps: DerivativeDeps,
  job: DerivativeJob,
  d: Derivative,
  clip: Clip & Readonly<{ sha256: string; sizeBytes: number }>,
  { chunks }: MediaManifest,
): Promise<Pick<Making, 'samples' | 'unproven'>> => {
  if (clip.tracks === undefined) return {}
  if (clip.sizeBytes > MAX_CLIP_BYTES)
    return { unproven: '片段超过 1 GiB，不再逐个样本证明；需要证明的请分段截取' }
  const { sha256, sizeBytes, chunkRoot } = d.source
  const digests = chunks.map((c) => fromBase64(c) ?? new Uint8Array())
  const table = makeClipTable(
    nodeHashes.sha256,
    {
      clip: { sha256: clip.sha256, sizeBytes: clip.sizeBytes },
      original: { sha256, sizeBytes, chunkRoot, chunkSizeBytes: CHUNK_BYTES },
      tracks: clip.tracks,
    },
    digests,
  )
  const bytes = canonicalBytes(table)
  await announce(deps, job, d, { sha256: toHex(nodeHashes.sha256(bytes)), what: 'table' })
  const blob = await putBlob(deps.blobs, bytes, 'application/json')
  const count = clip.tracks.reduce((sum, t) => sum + t.length, 0)
  return { samples: { blob: { sha256: blob.sha256, sizeBytes: blob.sizeBytes, mime: blob.mime }, count } }
}

/** Reads the original whole, makes the copy, and keeps it as bytes of its own; the original is not touched. */
const make = async (deps: DerivativeDeps, job: DerivativeJob, d: Derivative, folder: string) => {
  const { sha256 } = d.source
  return deps.blobs.store.withFile(sha256, async (path) => {
    const read = await mediaManifest({ sha256, mime: '' }, createReadStream(path))
    if (read.sha256 !== sha256) throw new Error(`blob ${sha256} was altered on the disk`)
    const agency = await withAgency(deps.store, job.agencyId, async (tx) => {
      const { state } = await loadRecording(tx, d.source.recordingId)
      const caseNo = state.status === 'none' ? undefined : state.labels?.caseNo
      return { name: (await getAgency(tx, job.agencyId)).name, caseNo }
    })
    const material = await readMaterial(deps, d, path, folder)
    const onShare = tellShare(deps, job)
    // What an earlier attempt had come to is not this one's.
    onShare(0)
    const w: Working = { ...material, onShare }
    const { spec } = d
    const clip =
      spec.kind === 'clip' && !spec.exact ? await makeClip(w, spec.range) : await makeAnew(deps, w, agency)
    const mime = w.shown.picture ? 'video/mp4' : 'audio/mp4'
    const shown = await readShown(w.tools, clip.path)
    if (shown === undefined || shown.seconds <= 0) throw new CannotMakeError('所选时段里没有画面和声音')
    const digest = await deps.digester.digest(clip.path)
    await announce(deps, job, d, { sha256: digest.sha256, what: 'copy' })
    const blob = await putBlob(deps.blobs, createReadStream(clip.path), mime)
    if (blob.sha256 !== digest.sha256) throw new Error(`${clip.path} changed while it was kept`)
    const proof = await samplesOf(deps, job, d, { ...clip, ...blob }, read.manifest)
    const kept = { sha256: blob.sha256, sizeBytes: blob.sizeBytes, mime, sm3: blob.sm3 }
    return {
      made: { blob: kept, chunkRoot: digest.chunkRoot, chunkSizeBytes: CHUNK_BYTES, source: d.source },
      making: {
        tool: `ffmpeg ${w.tools.version}`,
        arguments: clip.arguments.slice(0, 4000),
        isolated: w.tools.isolated,
        durationSeconds: shown.seconds,
        ...clip.told,
        ...proof,
      },
    }
  })
}

const tell = async (
  deps: DerivativeDeps,
  { agencyId, derivativeId }: DerivativeJob,
  what: string,
  decide: DecideDerivative,
): Promise<void> => {
  const commandId = derivedId(MAKE_DERIVATIVE, derivativeId, what)
  const actor = systemActor(agencyId)
  const done = await actOnDerivative(deps, { commandId, actor, derivativeId, what: MAKE_DERIVATIVE }, decide)
  if (isRefusal(done)) throw new Error(`derivative ${derivativeId}: ${done.code}`)
}

const GONE = '原件已依法销毁，不能再制作副本'

const isGone = (deps: DerivativeDeps, agencyId: string, recordingId: string): Promise<boolean> =>
  withAgency(deps.store, agencyId, async (tx) => {
    const { state } = await loadRecording(tx, recordingId)
    return isKept(state) && state.destroyed !== undefined
  })

const makeOnce = async (deps: DerivativeDeps, job: DerivativeJob): Promise<void> => {
  const { agencyId, derivativeId } = job
  const { state: d } = await withAgency(deps.store, agencyId, (tx) => loadDerivative(tx, derivativeId))
  if (d.status !== 'making') return
  const attempt = String(d.attempts)
  const folder = join(deps.workshop, derivativeId)
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  try {
    if (await isGone(deps, agencyId, d.source.recordingId)) throw new CannotMakeError(GONE)
    const { made, making } = await make(deps, job, d, folder)
    await tell(deps, job, `made ${attempt}`, async ({ tx, loaded, now }) => {
      // Let go while it was made: then there is no copy either.
      const { state } = await loadRecording(tx, d.source.recordingId)
      const wasLetGo = isKept(state) && state.destroyed !== undefined
      return wasLetGo
        ? recordFailed(loaded.state, { why: GONE }, now)
        : recordMade(loaded.state, made, making, now)
    })
  } catch (error) {
    if (!(error instanceof CannotMakeError)) throw error
    const failed = { why: error.message, ...(error.detail !== undefined && { detail: error.detail }) }
    await tell(deps, job, `failed ${attempt}`, ({ loaded, now }) => recordFailed(loaded.state, failed, now))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The job behind a request. Once it was made, running again changes nothing. */
export const makeDerivative = async (deps: DerivativeDeps, job: DerivativeJob): Promise<void> => {
  const { state: d } = await withAgency(deps.store, job.agencyId, (tx) =>
    loadDerivative(tx, job.derivativeId),
  )
  if (d.status === 'none') return
  await whileMaking(deps.store.pool, d.source.recordingId, () => makeOnce(deps, job))
}

/** The queue tried often enough: whoever waits is told, and may ask again. */
export const giveDerivativeUp = async (deps: DerivativeDeps, job: DerivativeJob): Promise<void> => {
  const { state: d } = await withAgency(deps.store, job.agencyId, (tx) =>
    loadDerivative(tx, job.derivativeId),
  )
  if (d.status !== 'making') return
  await tell(deps, job, `given up ${d.attempts}`, ({ loaded, now }) =>
    recordFailed(loaded.state, { why: '多次制作没有成功，原因见系统运行日志' }, now),
  )
}
