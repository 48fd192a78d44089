import type { InterruptionCause } from '@liuhen/domain/recording/events'
import { newId } from '../../api/new-id.ts'
import { DiskError } from '../disk/disk.ts'
import { observed } from '../observed.ts'
import { phoneNow } from '../phone-clock.ts'
import { whereNow } from '../position.ts'
import { sessions, type PhoneKey, type Session } from '../phone-db.ts'
import { keepTake, takesNow } from '../takes.ts'
import type { Take, Work } from '../take.ts'
import { fingerprintOf } from '@liuhen/ledger/chain/device-key'
import { closeCamera, formFor, openCamera, plainType, takePicture } from './camera.ts'
import { closeRun, openRun, startRun, writeSegment, type Closing, type Officer, type Run } from './run.ts'

/** A file of ten minutes: it goes up while the next one is recorded. */
const SEGMENTS_IN_RUN = 200

export type Plan = Readonly<{
  medium: Take['medium']
  officer: Officer
  key: PhoneKey
  work?: Work | undefined
  notice?: string | undefined
  log?: Readonly<{ size: number; root: string }> | undefined
}>

type Going = Readonly<{ plan: Plan; session: string; stream: MediaStream; take: number; after?: string }>
export type Recording =
  | Readonly<{ is: 'idle' }>
  | Readonly<{ is: 'opening' }>
  | (Going & Readonly<{ is: 'ready' }>)
  | (Going & Readonly<{ is: 'running'; chain: string; mustExplain: boolean }>)
  | (Going & Readonly<{ is: 'broken'; chain: string }>)

/** What the camera does now. There is one for the page: a phone has one camera. */
export const recording = observed<Recording>({ is: 'idle' })
let run: Run | undefined
/** Ends of runs and beginnings of the next go one after the other. */
let turn: Promise<void> = Promise.resolve()
const inTurn = (work: () => Promise<void>): Promise<void> => {
  const done = turn.then(work)
  turn = done.catch(() => undefined)
  return done
}

const change = async (chain: string, part: (take: Take) => Partial<Take>): Promise<void> => {
  const take = takesNow().find((one) => one.chain === chain)
  if (take) await keepTake({ ...take, ...part(take) })
}

const notePlace = async (chain: string): Promise<void> => {
  const place = await whereNow()
  if (place) await change(chain, () => ({ place }))
}

const addTake = async ({ plan, session, take }: Going, chain: string, begunAt: string, mime: string) => {
  await keepTake({
    chain,
    session,
    take,
    personId: plan.officer.id,
    medium: plan.medium,
    mime,
    begunAt,
    endedAt: begunAt,
    sizes: [],
    marks: [],
    state: { is: 'recording' },
    isClosed: false,
    told: [],
    ...(plan.work && { work: plan.work }),
  })
  void notePlace(chain)
}

const saveSession = async (session: string, part: Partial<Session>): Promise<void> => {
  const before = await sessions.get(session)
  if (before) await sessions.put(session, { ...before, ...part })
}

/** Opens the camera. Nothing is recorded yet: the law wants things said first. */
export const prepare = async (plan: Plan): Promise<void> => {
  recording.set({ is: 'opening' })
  try {
    const stream = await openCamera(plan.medium)
    for (const track of stream.getTracks())
      track.addEventListener('ended', () => void interrupt({ cause: 'device-fault' }))
    recording.set({ is: 'ready', plan, session: newId(), stream, take: 1 })
  } catch (error) {
    recording.set({ is: 'idle' })
    throw error
  }
}

export const leave = (): void => {
  const now = recording.get()
  if (now.is === 'ready') closeCamera(now.stream)
  if (now.is === 'ready') recording.set({ is: 'idle' })
}

const onSegment = (chain: string) => (bytes: number) => {
  const at = phoneNow()
  void change(chain, (take) => ({ sizes: [...take.sizes, bytes], endedAt: at })).then(() => {
    const take = takesNow().find((one) => one.chain === chain)
    if (take && take.sizes.length >= SEGMENTS_IN_RUN && run?.chain === chain)
      void inTurn(() => rollOver(chain))
  })
}

const onFailed = (error: unknown): void => {
  void interrupt({ cause: error instanceof DiskError && error.isFull ? 'storage' : 'device-fault' })
}

const begin = async (going: Going, mustExplain: boolean): Promise<Run> => {
  const { plan, session, stream, take, after } = going
  const form = formFor(plan.medium === 'audio' ? 'audio' : 'video') ?? ''
  const start = { ...plan, session, take, after }
  const begun = await startRun(
    start,
    { stream, form },
    { onSegment: (bytes) => onSegment(begun.chain)(bytes), onFailed },
  )
  await addTake(going, begun.chain, begun.begunAt, begun.mime)
  await saveSession(session, { takes: take })
  run = begun
  recording.set({ ...going, is: 'running', chain: begun.chain, mustExplain })
  return begun
}

const startSession = async (going: Going): Promise<void> => {
  const { plan, session } = going
  await sessions.put(session, {
    session,
    personId: plan.officer.id,
    medium: plan.medium,
    key: fingerprintOf(plan.key.publicKey),
    begunAt: phoneNow(),
    takes: 0,
    ...(plan.work && { caseId: plan.work.caseId, step: plan.work.step, scene: plan.work.scene }),
  })
}

export const start = (): Promise<void> =>
  inTurn(async () => {
    const now = recording.get()
    if (now.is !== 'ready') return
    await startSession(now)
    await begin(now, false)
  })

const end = async (ending: Run, closing: Closing): Promise<string> => {
  const link = await ending.stop(closing)
  await change(ending.chain, () => ({ state: { is: 'kept' }, isClosed: true }))
  return link
}

/** The next run begins before this one ends, so that nothing is missed between them; the end of this one names it. */
const rollOver = async (full: string): Promise<void> => {
  const now = recording.get()
  const before = run
  if (now.is !== 'running' || before?.chain !== full) return
  const { plan, session, stream, take } = now
  const next = await begin({ plan, session, stream, take: take + 1 }, now.mustExplain)
  await end(before, { why: 'continued', next: next.chain })
}

export const mark = async (code: string): Promise<void> => {
  const now = run
  if (now === undefined) return
  const atSeconds = await now.mark(code)
  await change(now.chain, (take) => ({ marks: [...take.marks, { code, atSeconds }] }))
}

export type Cause = Readonly<{ cause: InterruptionCause; detail?: string | undefined }>

/** The act goes on and the film does not: its end says why. */
export const interrupt = ({ cause, detail }: Cause): Promise<void> =>
  inTurn(async () => {
    const now = recording.get()
    const ending = run
    if (now.is !== 'running' || ending === undefined) return
    run = undefined
    const from = phoneNow()
    let after: string | undefined
    try {
      after = await end(ending, { why: 'interrupted', cause, detail })
    } catch {
      // A full disk takes no last record either: the run stays without its end, and says so.
      await change(ending.chain, () => ({ state: { is: 'kept' } }))
    }
    await change(ending.chain, () => ({ break: { from, cause, ...(detail !== undefined && { detail }) } }))
    recording.set({ ...now, is: 'broken', ...(after !== undefined && { after }) })
  })

/** A new run, on a camera that may have gone meanwhile. Its first words are the reason. */
export const resume = (): Promise<void> =>
  inTurn(async () => {
    const now = recording.get()
    if (now.is !== 'broken') return
    const isLive = now.stream.getTracks().every((track) => track.readyState === 'live')
    const stream = isLive ? now.stream : await openCamera(now.plan.medium)
    const begun = await begin({ ...now, stream, take: now.take + 1 }, true)
    await change(now.chain, (take) => (take.break ? { break: { ...take.break, to: begun.begunAt } } : {}))
  })

/** What the law wants said at the beginning was said. */
export const SPOKEN = 'opening-stated'
export const EXPLAINED = 'interruption-explained'

/** The officer has said the reason aloud: the moment is marked in the run that goes on. */
export const explained = async (): Promise<void> => {
  const now = recording.get()
  if (now.is !== 'running' || run === undefined) return
  const atSeconds = await run.mark(EXPLAINED)
  const broken = takesNow().findLast((t) => t.session === now.session && t.break?.to !== undefined)
  if (broken?.break) await keepTake({ ...broken, break: { ...broken.break, spokenAtSeconds: atSeconds } })
  recording.set({ ...now, mustExplain: false })
}

const endSession = async (now: Going): Promise<void> => {
  closeCamera(now.stream)
  await saveSession(now.session, { endedAt: phoneNow() })
  recording.set({ is: 'idle' })
}

export const finish = (): Promise<void> =>
  inTurn(async () => {
    const now = recording.get()
    if (now.is === 'running' && run !== undefined) {
      const ending = run
      run = undefined
      await end(ending, { why: 'finished' })
    }
    if (now.is === 'running' || now.is === 'ready') await endSession(now)
  })

/** It cannot go on: somebody was told, and the act goes on with pen and paper. */
export const abandon = (reportedTo: string): Promise<void> =>
  inTurn(async () => {
    const now = recording.get()
    if (now.is !== 'broken') return
    const abandoned = { reportedTo, reportedAt: phoneNow() }
    await change(now.chain, (take) => (take.break ? { break: { ...take.break, abandoned } } : {}))
    await endSession(now)
  })

/** A picture is a run of one segment. */
export const shoot = (): Promise<void> =>
  inTurn(async () => {
    const now = recording.get()
    if (now.is !== 'ready') return
    if (now.take === 1) await startSession(now)
    const picture = await takePicture(now.stream)
    const mime = plainType(picture.type)
    const { chain, begunAt } = await openRun({ ...now.plan, ...now }, mime)
    await addTake(now, chain, begunAt, mime)
    const bytes = await writeSegment(chain, picture)
    const { link } = await closeRun(chain, { why: 'finished' })
    await change(chain, () => ({ sizes: [bytes], state: { is: 'kept' }, isClosed: true }))
    await saveSession(now.session, { takes: now.take })
    recording.set({ ...now, take: now.take + 1, after: link })
  })
