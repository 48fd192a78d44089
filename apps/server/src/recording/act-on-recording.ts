import type { RecordingContext } from '@liuhen/domain/recording/commands'
import type { RecordingEvent } from '@liuhen/domain/recording/events'
import { initialRecording, type RecordingState } from '@liuhen/domain/recording/state'
import { isRefusal, type Decision, type Refusal } from '@liuhen/domain/refusal'
import { execute } from '../event-store/execute.ts'
import type { Job } from '../event-store/store.ts'
import { handlesCase } from './handles-case.ts'
import { evolveRecorded } from './load-recording.ts'
import type { RecordingCommand, RecordingDeps, RecordingDone } from './recording-deps.ts'

export type DecideRecording = (state: RecordingState, context: RecordingContext) => Decision<RecordingEvent>

/** The case that a recording belongs to, or is said to. */
export const caseOf = (state: RecordingState): string | undefined =>
  state.status === 'none' ? undefined : (state.link ?? state.manifest.suggestion)?.caseId

/** A command on one recording's stream. What another agency has does not exist. */
export const actOnRecording = async (
  deps: Pick<RecordingDeps, 'store'>,
  c: RecordingCommand,
  decide: DecideRecording,
  jobs: readonly Job[] = [],
): Promise<RecordingDone | Refusal> => {
  let version = 0
  const outcome = await execute<RecordingState, RecordingEvent>(deps.store, {
    commandId: c.commandId,
    agencyId: c.actor.agencyId,
    actor: c.actor,
    streamType: 'recording',
    streamId: c.recordingId,
    what: c.what,
    initial: initialRecording,
    evolve: evolveRecorded,
    decide: async (state, at) => {
      version = at.version
      const handles = await handlesCase(at.tx, c.actor, caseOf(state))
      return decide(state, { now: at.now, actor: c.actor, handlesCase: handles })
    },
    jobs: () => jobs,
    result: (events) => ({ version: version + events.length, id: c.recordingId }),
  })
  return isRefusal(outcome) ? outcome : (outcome.result as RecordingDone)
}
