import type { ChainMedium } from '@liuhen/ledger/chain/record'
import { newId } from '../../api/new-id.ts'
import { disk } from '../disk/disk.ts'
import { clockKind, phoneMs, phoneNow } from '../phone-clock.ts'
import type { PhoneKey } from '../phone-db.ts'
import type { Work } from '../take.ts'
import { plainType } from './camera.ts'

/** Segments are this long; a page that is killed loses at most one. */
const SEGMENT_MS = 3_000

export type Officer = Readonly<{ id: string; name: string; certNo?: string }>
export type RunStart = Readonly<{
  session: string
  take: number
  medium: ChainMedium
  officer: Officer
  key: PhoneKey
  work?: Work | undefined
  notice?: string | undefined
  /** Link of the run before. */
  after?: string | undefined
  log?: Readonly<{ size: number; root: string }> | undefined
}>

const mono = (): number => Math.round(performance.now())

export const openRun = async (start: RunStart, mime: string) => {
  const chain = newId()
  const { session, take, medium, officer, key, work, notice, after, log } = start
  const begunAt = phoneNow()
  const { link } = await disk({
    do: 'open',
    chain,
    key: key.privateKey,
    part: {
      kind: 'open',
      wall: begunAt,
      mono: mono(),
      session,
      take,
      medium,
      mime,
      key: key.publicKey,
      clock: clockKind(),
      officer,
      ...(work && { about: { case: work.caseId, step: work.step, scene: work.scene } }),
      ...(notice !== undefined && notice !== '' && { notice }),
      ...(after !== undefined && { after }),
      ...(log && { log }),
    },
  })
  return { chain, begunAt, link }
}

export const writeSegment = async (chain: string, blob: Blob): Promise<number> => {
  const bytes = await blob.arrayBuffer()
  // Taken last: a moment that was marked meanwhile is in front of it, and no record is older than the one before.
  const [wall, at] = [phoneNow(), mono()]
  return (await disk({ do: 'segment', chain, bytes, wall, mono: at })).bytes
}

export type Closing = Readonly<{
  why: 'finished' | 'continued' | 'interrupted'
  cause?: string | undefined
  detail?: string | undefined
  next?: string | undefined
}>
export const closeRun = (chain: string, { why, cause, detail, next }: Closing) =>
  disk({
    do: 'close',
    chain,
    part: {
      kind: 'close',
      wall: phoneNow(),
      mono: mono(),
      why,
      ...(cause !== undefined && { cause }),
      ...(detail !== undefined && { detail }),
      ...(next !== undefined && { next }),
    },
  })

export type RunEvents = Readonly<{
  /** On the disk, signed. */
  onSegment: (bytes: number) => void
  /** The camera or the disk gave up. */
  onFailed: (error: unknown) => void
}>

export type Run = Readonly<{
  chain: string
  begunAt: string
  mime: string
  mark: (code: string) => Promise<number>
  /** Resolves with the link of the last record, when everything is on the disk. */
  stop: (closing: Closing) => Promise<string>
}>

const stopped = (recorder: MediaRecorder): Promise<void> =>
  recorder.state === 'inactive'
    ? Promise.resolve()
    : new Promise((resolve) => {
        recorder.addEventListener('stop', () => resolve(), { once: true })
        recorder.stop()
      })

/** Records until it is stopped; each segment is written in the order in which the camera gave it. */
export const startRun = async (
  start: RunStart,
  camera: Readonly<{ stream: MediaStream; form: string }>,
  events: RunEvents,
): Promise<Run> => {
  const { stream, form } = camera
  const mime = plainType(form)
  const { chain, begunAt } = await openRun(start, mime)
  const begunMs = phoneMs()
  const recorder = new MediaRecorder(stream, { mimeType: form })
  let written: Promise<void> = Promise.resolve()
  let hasFailed = false
  const failed = (error: unknown): void => {
    hasFailed = true
    events.onFailed(error)
  }
  recorder.addEventListener('dataavailable', ({ data }) => {
    if (data.size === 0) return
    // After one that could not be written the film would have a hole that its numbers do not show.
    written = written.then(async () => {
      if (!hasFailed) await writeSegment(chain, data).then(events.onSegment, failed)
    })
  })
  recorder.addEventListener('error', failed)
  recorder.start(SEGMENT_MS)
  return {
    chain,
    begunAt,
    mime,
    mark: async (code) => {
      const atMs = Math.max(0, Math.round(phoneMs() - begunMs))
      await disk({ do: 'mark', chain, part: { kind: 'mark', wall: phoneNow(), mono: mono(), atMs, code } })
      return Math.round(atMs / 100) / 10
    },
    stop: async (closing) => {
      await stopped(recorder)
      await written
      return (await closeRun(chain, closing)).link
    },
  }
}
