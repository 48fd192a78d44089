import type { CaseEvent } from '@liuhen/domain/case/events'
import { type CaseState, evolveCase, growingFacts, initialCase } from '@liuhen/domain/case/state'
import type { RecordedEvent } from '@liuhen/domain/event'
import type { Instant } from '@liuhen/law/fact'

/** A case with what its stream says around it. */
export type FoldedCase = Readonly<{
  state: CaseState
  version: number
  /** User who registered the lead. */
  registeredBy: string
  openedAt: Instant
  updatedAt: Instant
}>

export const initialFolded: FoldedCase = {
  state: initialCase,
  version: 0,
  registeredBy: '',
  openedAt: '',
  updatedAt: '',
}

/** Events of a case stream were written by the case's own decide. */
export type RecordedCaseEvent = RecordedEvent & CaseEvent

export const evolveFolded = (
  folded: FoldedCase,
  event: RecordedCaseEvent,
  join?: ReturnType<typeof growingFacts>,
): FoldedCase => ({
  state: evolveCase(folded.state, event, event.actor, join),
  version: event.version,
  registeredBy: folded.version === 0 ? event.actor.userId : folded.registeredBy,
  openedAt: folded.version === 0 ? event.recordedAt : folded.openedAt,
  // Nobody worked on the case: it must not stand first among those that changed lately.
  updatedAt: event.type === 'SettingsAdopted' ? folded.updatedAt : event.recordedAt,
})

export const foldCase = (events: readonly RecordedEvent[]): FoldedCase => {
  const join = growingFacts()
  return events.reduce((s, e) => evolveFolded(s, e as RecordedCaseEvent, join), initialFolded)
}
