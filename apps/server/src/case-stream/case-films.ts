import type { OpenCase } from '@liuhen/domain/case/state'
import type { Actor } from '@liuhen/domain/event'
import { canViewRecording } from '@liuhen/domain/recording/can'
import { RecordingEvent } from '@liuhen/domain/recording/events'
import { foldRecording, isKept, type KeptRecording } from '@liuhen/domain/recording/state'
import { readStreamIn } from '../event-store/read-stream.ts'
import type { Tx } from '../postgres/transaction.ts'

export type CaseFilms = ReadonlyMap<string, KeptRecording>

/** The case's recordings as their own streams tell of them, as far as the actor may view them. */
export const filmsIn = async (tx: Tx, state: OpenCase, actor: Actor, only?: string): Promise<CaseFilms> => {
  const handles = state.handlers.some((h) => h.personId === actor.personId)
  const ids = new Set(state.recordings.map((r) => r.recordingId))
  const films = new Map<string, KeptRecording>()
  for (const id of ids) {
    if (only !== undefined && id !== only) continue
    const events = await readStreamIn(tx, id)
    const film = foldRecording(events.map((e) => RecordingEvent.parse(e)))
    if (isKept(film) && canViewRecording(film, actor, handles) === true) films.set(id, film)
  }
  return films
}
