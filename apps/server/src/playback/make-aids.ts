import { frameRuns } from '@liuhen/domain/recording/frame-runs'
import { isKept, type KeptRecording } from '@liuhen/domain/recording/state'
import { z } from 'zod'
import { makeProxy } from '../media/make-proxy.ts'
import { makeSprite } from '../media/make-sprite.ts'
import { describeProbe, probeFile } from '../media/probe.ts'
import { readPeaks } from '../media/read-peaks.ts'
import type { MediaTools } from '../media/run-tool.ts'
import { scanPackets } from '../media/scan-packets.ts'
import { withAgency } from '../postgres/transaction.ts'
import { loadRecording } from '../recording/load-recording.ts'
import type { RecordingDeps } from '../recording/recording-deps.ts'
import { derivedSize, dropDerived, keepDerived, makeRoom, writeInto, type Derived } from './derived-files.ts'

export const MAKE_AIDS = 'make-playback-aids'
export const AidsJob = z.object({
  agencyId: z.string(),
  recordingId: z.string(),
  what: z.enum(['aids', 'proxy']),
})
export type AidsJob = z.infer<typeof AidsJob>
export type PlaybackDeps = RecordingDeps & Readonly<{ derived: Derived }>

export const AIDS = 'aids.json'
export const SPRITE = 'sprite.jpg'
export const PROXY = 'proxy.mp4'
/** Stands where a proxy cannot be made, so that nobody tries again at each look. */
export const NO_PROXY = 'no-proxy'

const aidsOf = async (tools: MediaTools, path: string) => {
  const outcome = await probeFile(tools, path)
  if ('unreadable' in outcome) return {}
  const { probe } = outcome
  const { durationSeconds = 0, video } = describeProbe(probe)
  const seconds = Math.max(durationSeconds, 0.1)
  const { times } = await scanPackets(tools, path, probe)
  const sprite = video && (await makeSprite(tools, path, { seconds, ...video }))
  const peaks = await readPeaks(tools, path, seconds)
  return { seconds, sprite, peaks, frames: video ? frameRuns(times) : [] }
}

/** More runs than this help nobody: the film has no rhythm, and its pace is computed. */
const MOST_RUNS = 5000

const writeAids = async (tools: MediaTools, path: string, folder: string): Promise<readonly string[]> => {
  const { sprite, seconds, peaks = [], frames = [] } = await aidsOf(tools, path)
  const { jpeg, times, ...sheet } = sprite ?? {}
  const made = {
    seconds,
    peaks,
    frames: frames.length > MOST_RUNS ? [] : frames,
    ...(sprite && { sprite: { ...sheet, times } }),
  }
  if (jpeg !== undefined) await writeInto(folder, SPRITE, jpeg)
  await writeInto(folder, AIDS, JSON.stringify(made))
  return jpeg === undefined ? [AIDS] : [SPRITE, AIDS]
}

const writeProxy = async (tools: MediaTools, path: string, folder: string): Promise<readonly string[]> => {
  if ((await makeProxy(tools, path, folder)) !== undefined) return [PROXY]
  await writeInto(folder, NO_PROXY, '')
  return [NO_PROXY]
}

const keptIn = (deps: PlaybackDeps, job: AidsJob): Promise<KeptRecording | undefined> =>
  withAgency(deps.store, job.agencyId, async (tx) => {
    const { state } = await loadRecording(tx, job.recordingId)
    return isKept(state) && state.destroyed === undefined ? state : undefined
  })

/** The job behind a look: thumbnails, sound and frame times, or a film that browsers play. The original is only read. */
export const makeAids = async (deps: PlaybackDeps, job: AidsJob): Promise<void> => {
  const { tools, derived, blobs } = deps
  const recording = await keptIn(deps, job)
  if (recording === undefined || tools === undefined) return
  const { sha256 } = recording.stored.blob
  const done = job.what === 'aids' ? [AIDS] : [PROXY, NO_PROXY]
  const sizes = await Promise.all(done.map((name) => derivedSize(derived, sha256, name)))
  if (sizes.some((size) => size !== undefined)) return
  const write = job.what === 'aids' ? writeAids : writeProxy
  await blobs.store.withFile(sha256, (path) =>
    keepDerived(derived, sha256, (folder) => write(tools, path, folder)),
  )
  await makeRoom(derived, sha256)
  // Destroyed while it was made: what was made of it goes, too.
  if ((await keptIn(deps, job)) === undefined) await dropDerived(derived, sha256)
}
