import type { z } from 'zod'
import type { CaseContext } from '@liuhen/domain/case/context'
import { canHandleCase } from '@liuhen/domain/case/can'
import { linkRecording as linkInCase } from '@liuhen/domain/case/record'
import type { NewEvent } from '@liuhen/domain/event'
import { linkRecording as decideLink, type LinkRecording } from '@liuhen/domain/recording/commands'
import { caseLinkData, type StreamHead } from '@liuhen/domain/recording/facts'
import { evolveRecording, initialRecording } from '@liuhen/domain/recording/state'
import { isRefusal, type Refusal } from '@liuhen/domain/refusal'
import { hashOf } from '../case-stream/act-on-case.ts'
import { openCaseIn, type OpenedCase } from '../case-stream/open-case.ts'
import { findPerson } from '../case-stream/people.ts'
import { append, type StreamAppend } from '../event-store/append.ts'
import { readStored } from '../event-store/read-stream.ts'
import { recordAttempt } from '../event-store/record-attempt.ts'
import { uuidv7 } from '../event-store/uuidv7.ts'
import { withAgency, type Tx } from '../postgres/transaction.ts'
import { evolveRecorded } from './load-recording.ts'
import type { RecordingCommand, RecordingDeps, RecordingDone } from './recording-deps.ts'

type Link = z.infer<typeof LinkRecording>

const caseContext = async (tx: Tx, c: RecordingCommand, opened: OpenedCase): Promise<CaseContext> => ({
  now: opened.now,
  actor: c.actor,
  self: await findPerson(tx, c.actor.personId),
  law: opened.law,
  newId: () => uuidv7(Date.parse(opened.now)),
  hash: hashOf,
  nextNumber: () => {
    throw new Error('linking gives no numbers')
  },
})

const loadWithHead = async (tx: Tx, recordingId: string) => {
  const stored = await readStored(tx, recordingId)
  const last = stored.at(-1)
  const head: StreamHead | undefined = last && {
    version: last.event.version,
    leafHash: Buffer.from(last.leafHash).toString('base64'),
  }
  return { state: stored.reduce((s, e) => evolveRecorded(s, e.event), initialRecording), head }
}

const appends = async (
  deps: RecordingDeps,
  tx: Tx,
  c: RecordingCommand,
  link: Link,
): Promise<readonly StreamAppend[] | Refusal> => {
  const opened = await openCaseIn(deps, tx, c.actor, link.caseId)
  if (isRefusal(opened)) return opened
  const { state, head } = await loadWithHead(tx, c.recordingId)
  const handles = canHandleCase(opened.state, c.actor) === true
  const ours = decideLink(state, link, { now: opened.now, actor: c.actor, handlesCase: handles })
  if (isRefusal(ours)) return ours
  const linked = ours.reduce(evolveRecording, state)
  const data = caseLinkData(c.recordingId, linked, head)
  if (data === undefined) throw new Error('a linked recording has its bytes')
  const { public: recording, internal } = data
  const theirs = linkInCase(opened.state, { recording, ...internal }, await caseContext(tx, c, opened))
  if (isRefusal(theirs)) return theirs
  const of = (
    streamType: 'recording' | 'case',
    streamId: string,
    version: number,
    events: readonly NewEvent[],
  ) => ({ streamType, streamId, expectedVersion: version, events }) satisfies StreamAppend
  return [
    of('recording', c.recordingId, head?.version ?? 0, ours),
    ...(theirs.length === 0 ? [] : [of('case', link.caseId, opened.folded.version, theirs)]),
  ]
}

const ATTEMPTS = 5

/**
 * One transaction, two streams: the recording says where it belongs, the case names the very bytes and the head of the
 * recording's stream. Somebody who writes to either in between only makes us decide again.
 */
export const linkRecording = async (
  deps: RecordingDeps,
  c: RecordingCommand,
  link: Link,
): Promise<RecordingDone | Refusal> => {
  const { agencyId } = c.actor
  let outcome: Refusal | undefined
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const decided = await withAgency(deps.store, agencyId, (tx) => appends(deps, tx, c, link))
    if (isRefusal(decided)) {
      outcome = decided
      break
    }
    const result = { version: (decided[0]?.expectedVersion ?? 0) + 1, id: c.recordingId }
    const { commandId, actor } = c
    const done = await append(deps.store, { commandId, agencyId, actor, appends: decided, result })
    if (!isRefusal(done)) return done.result as RecordingDone
    outcome = done
    if (done.code !== 'stale-version') break
  }
  if (outcome === undefined) throw new Error('an attempt has an outcome')
  await recordAttempt(deps.store, {
    agencyId,
    actor: c.actor,
    what: c.what,
    streamId: c.recordingId,
    refusal: outcome,
  })
  return outcome
}
