import type { CaseContext } from '@liuhen/domain/case/context'
import type { CaseEvent } from '@liuhen/domain/case/events'
import { linkRecording, noteRecording } from '@liuhen/domain/case/record'
import type { Actor, NewEvent } from '@liuhen/domain/event'
import { canViewRecording } from '@liuhen/domain/recording/can'
import type { RecordingContext } from '@liuhen/domain/recording/commands'
import type { RecordingEvent } from '@liuhen/domain/recording/events'
import { caseLinkData, toFacts, type StreamHead } from '@liuhen/domain/recording/facts'
import { evolveRecording, initialRecording, type RecordingState } from '@liuhen/domain/recording/state'
import { RECORDING_WORDS } from '@liuhen/domain/recording/words'
import { isRefusal, type Decision, type Refusal } from '@liuhen/domain/refusal'
import { hashOf } from '../case-stream/case-context.ts'
import { loadCaseIn, openCaseIn, type OpenedCase } from '../case-stream/open-case.ts'
import { findPerson } from '../case-stream/people.ts'
import { append, type StreamAppend } from '../event-store/append.ts'
import { readStored } from '../event-store/read-stream.ts'
import type { Job } from '../event-store/store.ts'
import { recordAttempt } from '../event-store/record-attempt.ts'
import { uuidv7 } from '../event-store/uuidv7.ts'
import { systemActor } from '../jobs/job-command.ts'
import { withAgency, type Tx } from '../postgres/transaction.ts'
import { handlesCase } from './handles-case.ts'
import { evolveRecorded, noSuchRecording } from './load-recording.ts'
import type { RecordingCommand, RecordingDeps, RecordingDone } from './recording-deps.ts'

export type DecideRecording = (state: RecordingState, context: RecordingContext) => Decision<RecordingEvent>
type Deps = Pick<RecordingDeps, 'store' | 'library'>
type Asked = Readonly<{
  command: RecordingCommand
  decide: DecideRecording
  linkTo?: string | undefined
  jobs?: readonly Job[] | undefined
}>

type Loaded = Readonly<{ state: RecordingState; head: StreamHead | undefined }>

const load = async (tx: Tx, recordingId: string): Promise<Loaded> => {
  const stored = await readStored(tx, recordingId)
  const last = stored.at(-1)
  const head = last && {
    version: last.event.version,
    leafHash: Buffer.from(last.leafHash).toString('base64'),
  }
  return { state: stored.reduce((s, e) => evolveRecorded(s, e.event), initialRecording), head }
}

/** The case that a recording belongs to, or is said to. */
export const caseOf = (state: RecordingState): string | undefined =>
  state.status === 'none' ? undefined : (state.link ?? state.manifest.suggestion)?.caseId

const caseContext = async (tx: Tx, c: RecordingCommand, opened: OpenedCase): Promise<CaseContext> => ({
  now: opened.now,
  actor: c.actor,
  self: await findPerson(tx, c.actor.personId),
  law: opened.law,
  newId: () => uuidv7(Date.parse(opened.now)),
  hash: hashOf,
  nextNumber: () => {
    throw new Error('recordings get no numbers')
  },
})

/** What the case is told: the link with the very bytes, or what has become known of a recording that it has. */
const tellCase = async (
  tx: Tx,
  asked: Asked,
  opened: OpenedCase,
  now: Loaded & Readonly<{ events: readonly RecordingEvent[] }>,
): Promise<readonly CaseEvent[] | Refusal> => {
  const { recordingId } = asked.command
  const context = await caseContext(tx, asked.command, opened)
  const facts = toFacts(recordingId, now.state)
  if (asked.linkTo === undefined) {
    const what = now.events.map((e) => RECORDING_WORDS[e.type]).join('、')
    const told = noteRecording(opened.state, { recordingId, what, facts }, context)
    // An archived case does not change any more; the recording's own stream still says what happened.
    return isRefusal(told) ? [] : told
  }
  const recording = caseLinkData(recordingId, now.state, now.head)
  if (recording === undefined) throw new Error('a linked recording has its bytes')
  return linkRecording(opened.state, { recording, facts }, context)
}

const openCaseOf = async (deps: Deps, tx: Tx, asked: Asked, state: RecordingState, now: string) => {
  const { actor } = asked.command
  if (asked.linkTo !== undefined) return openCaseIn(deps, tx, actor, asked.linkTo)
  const linked = state.status === 'none' ? undefined : state.link?.caseId
  return linked === undefined ? undefined : loadCaseIn(deps, tx, linked, now)
}

/** To somebody who may not view it a recording does not exist. What the system itself learns of one, it may record. */
const mayKnow = (state: RecordingState, actor: Actor, handles: boolean): boolean =>
  state.status === 'none' ||
  actor.userId === systemActor(actor.agencyId).userId ||
  canViewRecording(state, actor, handles) === true

const appends = async (deps: Deps, tx: Tx, asked: Asked): Promise<readonly StreamAppend[] | Refusal> => {
  const { recordingId, actor } = asked.command
  const [{ state, head }, now] = [await load(tx, recordingId), await deps.store.clock.now()]
  const opened = await openCaseOf(deps, tx, asked, state, now)
  if (opened && isRefusal(opened)) return opened
  // Of the case where the recording is, not of the one where it shall go: nobody takes over what they may not see.
  const handles = await handlesCase(tx, actor, caseOf(state))
  if (!mayKnow(state, actor, handles)) return noSuchRecording()
  const events = asked.decide(state, { now, actor, handlesCase: handles })
  if (isRefusal(events)) return events
  const after = { state: events.reduce(evolveRecording, state), head, events }
  const told = opened && events.length > 0 ? await tellCase(tx, asked, opened, after) : []
  if (isRefusal(told)) return told
  const of = (
    streamType: 'recording' | 'case',
    streamId: string,
    expectedVersion: number,
    news: readonly NewEvent[],
  ) => ({ streamType, streamId, expectedVersion, events: news }) satisfies StreamAppend
  return [
    of('recording', recordingId, head?.version ?? 0, events),
    ...(opened && told.length > 0 ? [of('case', opened.caseId, opened.folded.version, told)] : []),
  ]
}

const ATTEMPTS = 8

const tryOnce = async (deps: Deps, asked: Asked): Promise<RecordingDone | Refusal> => {
  const { commandId, actor, recordingId } = asked.command
  const { agencyId } = actor
  const decided = await withAgency(deps.store, agencyId, (tx) => appends(deps, tx, asked))
  if (isRefusal(decided)) return decided
  const [own] = decided
  const result = { version: (own?.expectedVersion ?? 0) + (own?.events.length ?? 0), id: recordingId }
  const done = await append(deps.store, {
    commandId,
    agencyId,
    actor,
    appends: decided,
    result,
    jobs: asked.jobs ?? [],
  })
  return isRefusal(done) ? done : (done.result as RecordingDone)
}

/**
 * A command on one recording. When it belongs to a case, the case learns of it in the same transaction: two streams,
 * both or neither. Somebody who writes to either in between only makes us decide again.
 */
export const actOnRecording = async (
  deps: Deps,
  command: RecordingCommand,
  decide: DecideRecording,
  linkTo?: string,
  jobs?: readonly Job[],
): Promise<RecordingDone | Refusal> => {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await tryOnce(deps, { command, decide, linkTo, jobs })
    if (!isRefusal(outcome)) return outcome
    if (outcome.code === 'stale-version' && attempt < ATTEMPTS) continue
    const { actor, what, recordingId } = command
    const attempted = { agencyId: actor.agencyId, actor, what, streamId: recordingId, refusal: outcome }
    await recordAttempt(deps.store, attempted)
    return outcome
  }
}
