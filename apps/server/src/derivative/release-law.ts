import type { ReleaseEntries } from '@liuhen/domain/derivative/commands'
import { type Derivative, isMade } from '@liuhen/domain/derivative/state'
import type { KnownRecording } from '@liuhen/domain/recording/state'
import { asFact, type Copy, leavingOf, lets } from '@liuhen/law/leaving'
import { type CaseDeps, loadCaseIn } from '../case-stream/open-case.ts'
import type { Tx } from '../postgres/transaction.ts'

/** Entries under which a copy of this recording has left: each lets one copy leave once. */
const usedOf = async (tx: Tx, recordingId: string): Promise<ReadonlySet<string>> => {
  const { rows } = await tx.query<{ entry: string }>(
    `SELECT r ->> 'entry' AS entry FROM app.derivative_row d, jsonb_array_elements(d.state -> 'releases') r
      WHERE d.recording_id = $1 AND r ? 'entry'`,
    [recordingId],
  )
  return new Set(rows.map((row) => row.entry))
}

type Asked = Readonly<{ d: Derivative; recipient: string; recording: KnownRecording; now: string }>

/**
 * Whether the texts of the case let a copy leave unsaid. Where they speak against it, it leaves under an entry of the
 * case about this recording, which the same rules have judged.
 */
export const entriesFor = async (
  deps: Pick<CaseDeps, 'library'>,
  tx: Tx,
  { d, recipient, recording, now: at }: Asked,
): Promise<ReleaseEntries> => {
  const caseId = recording.link?.caseId
  const opened = caseId === undefined || !isMade(d) ? undefined : await loadCaseIn(deps, tx, caseId, at)
  if (opened === undefined || !isMade(d)) return { against: [] }
  const { state, law, events, now } = opened
  const { recordingId } = d.source
  const copy: Copy = { recordingId, purpose: d.purpose, kind: d.spec.kind, recipient, madeAt: d.made.at }
  const leaving = leavingOf(events, copy)
  if (leaving === undefined) return { against: [] }
  // Two copies that leave at once do not leave under one entry.
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`release ${recordingId}`])
  const used = await usedOf(tx, recordingId)
  const free = state.facts.find((f) => f.ref !== undefined && !used.has(f.ref) && lets(leaving, f, copy))
  const { receivedAt: startedAt, facts, flags } = state
  const against = law
    .against({ startedAt, facts, flags, now }, asFact(leaving, copy, now))
    .filter((r) => r.effect === 'refuse' && r.citations.length > 0)
  return { against, ...(free?.ref !== undefined && { entry: free.ref }) }
}
