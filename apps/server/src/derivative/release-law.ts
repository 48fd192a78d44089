import type { ReleaseEntries } from '@liuhen/domain/derivative/commands'
import type { Purpose } from '@liuhen/domain/derivative/spec'
import type { Derivative } from '@liuhen/domain/derivative/state'
import type { KnownRecording } from '@liuhen/domain/recording/state'
import type { Fact } from '@liuhen/law/fact'
import { type CaseDeps, loadCaseIn } from '../case-stream/open-case.ts'
import type { Tx } from '../postgres/transaction.ts'

type Act = Readonly<{ name: string; data: NonNullable<Fact['data']> }>

/** What the law calls it when a copy leaves for this purpose. */
const ACTS: Readonly<Record<Purpose, Act>> = {
  party: { name: 'record-accessed', data: { applicantKind: 'party', kind: 'copy' } },
  organ: { name: 'record-provided', data: {} },
  disclosure: { name: 'record-published', data: { content: 'excerpt' } },
  evidence: { name: 'record-accessed', data: { applicantKind: 'internal', kind: 'copy' } },
  other: { name: 'record-accessed', data: { applicantKind: 'internal', kind: 'copy' } },
}

/** An entry of reading alone lets nobody take a copy. */
const lets = (fact: Fact, act: Act, recordingId: string): boolean =>
  fact.kind === 'event' &&
  fact.name === act.name &&
  fact.about === recordingId &&
  fact.data?.['kind'] !== 'read'

/**
 * Whether the texts of the case let a copy leave unsaid. Where they speak against it, it leaves under an entry of the
 * case about this recording, which the same rules have judged.
 */
export const entriesFor = async (
  deps: Pick<CaseDeps, 'library'>,
  tx: Tx,
  asked: Readonly<{ d: Derivative; recording: KnownRecording; now: string }>,
): Promise<ReleaseEntries> => {
  const caseId = asked.recording.link?.caseId
  const opened = caseId === undefined ? undefined : await loadCaseIn(deps, tx, caseId, asked.now)
  if (opened === undefined) return { against: [] }
  const { state, law, now } = opened
  const about = asked.d.source.recordingId
  const act = ACTS[asked.d.purpose]
  const latest = state.facts.findLast((f) => lets(f, act, about))?.ref
  const { receivedAt: startedAt, facts, flags } = state
  const attempted: Fact = { kind: 'event', at: now, about, ...act }
  const against = law
    .against({ startedAt, facts, flags, now }, attempted)
    .filter((r) => r.effect === 'refuse' && r.citations.length > 0)
  return { against, ...(latest !== undefined && { latest }) }
}
