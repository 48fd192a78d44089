import type { RecordedEvent } from '@liuhen/domain/event'
import { RecordingEvent } from '@liuhen/domain/recording/events'
import { refuse, type Refusal } from '@liuhen/domain/refusal'
import { evolveRecording, initialRecording, type RecordingState } from '@liuhen/domain/recording/state'
import { readStreamIn } from '../event-store/read-stream.ts'
import type { Tx } from '../postgres/transaction.ts'

/** The store hands out any event; here it becomes one of a recording's, or an error. */
export const evolveRecorded = (state: RecordingState, event: RecordedEvent): RecordingState =>
  evolveRecording(state, RecordingEvent.parse(event))

export type LoadedRecording = Readonly<{ state: RecordingState; version: number }>

/** Inside a transaction that has its agency set: what other agencies have does not exist. */
export const loadRecording = async (tx: Tx, recordingId: string): Promise<LoadedRecording> => {
  const events = await readStreamIn(tx, recordingId)
  return { state: events.reduce(evolveRecorded, initialRecording), version: events.length }
}

export const noSuchRecording = (): Refusal =>
  refuse('not-found', '没有找到这段音像记录。', '请从音像列表中重新打开。')
