import { told } from '@liuhen/api/schema/evaluation'
import type { Actor } from '@liuhen/domain/event'
import * as playback from '@liuhen/domain/recording/playback'
import { isRefusal, type Refusal } from '@liuhen/domain/refusal'
import { getAgency } from '../case-stream/agency.ts'
import { derivedId } from '../jobs/job-command.ts'
import { withAgency } from '../postgres/transaction.ts'
import { actOnRecording } from '../recording/act-on-recording.ts'
import type { RecordingCommand, RecordingDeps, RecordingDone } from '../recording/recording-deps.ts'
import { playbackRegisterLaw } from './register-law.ts'
import { watchedBy } from './log-viewing.ts'

type Deps = Pick<RecordingDeps, 'store' | 'library'>

/** A person's verdict; where the texts have nothing against it, the recording enters the list in the same moment. */
export const confirmPlayback = async (
  deps: Deps,
  c: RecordingCommand,
  said: playback.ConfirmPlayback,
): Promise<RecordingDone | Refusal> => {
  const { agencyId, userId } = c.actor
  const known = await withAgency(deps.store, agencyId, async (tx) => ({
    watchedSeconds: await watchedBy(tx, userId, c.recordingId),
    againstEntry: playbackRegisterLaw(
      deps.library.law,
      await getAgency(tx, agencyId),
      await deps.store.clock.now(),
    ),
  }))
  return actOnRecording(deps, c, (state, { now, actor, handlesCase }) =>
    playback.confirmPlayback(c.recordingId, state, said, { now, actor, handlesCase, ...known }),
  )
}

type Many = Readonly<{ commandId: string; actor: Actor; what: string; ids: readonly string[] }>

/** One after the other: what was not looked at is refused by itself and holds up no other. */
export const confirmPlaybacks = async (deps: Deps, { commandId, actor, what, ids }: Many) => {
  const confirmed: string[] = []
  const refused: { id: string; why: ReturnType<typeof told> }[] = []
  for (const recordingId of new Set(ids)) {
    const c = { commandId: derivedId(commandId, recordingId), actor, recordingId, what }
    const done = await confirmPlayback(deps, c, { playable: true })
    if (isRefusal(done)) refused.push({ id: recordingId, why: told(done.reasons) })
    else confirmed.push(recordingId)
  }
  return { confirmed, refused }
}
