import type { Actor } from '@liuhen/domain/event'
import type { Refusal } from '@liuhen/domain/refusal'
import { withAgency } from '../postgres/transaction.ts'
import type { Store } from './store.ts'

export type RefusedAttempt = Readonly<{
  agencyId: string
  actor: Actor
  what: string
  streamId?: string
  refusal: Refusal
}>

/** Its words and clauses. Facts may name people, and what is kept here stays for ever (042). */
const kept = (reason: Refusal['reasons'][number]) => ({ ...reason, facts: undefined })

/** What has no effect leaves a trace too: who tried what, and the reasons against it (decisions.md 6). */
export const recordAttempt = async (store: Store, attempt: RefusedAttempt): Promise<void> => {
  const at = await store.clock.now()
  await withAgency(store, attempt.agencyId, (tx) =>
    tx.query(
      `INSERT INTO record.attempt (agency_id, at, actor, what, stream_id, code, reasons)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        attempt.agencyId,
        at,
        JSON.stringify(attempt.actor),
        attempt.what,
        attempt.streamId ?? null,
        attempt.refusal.code,
        JSON.stringify(attempt.refusal.reasons.map(kept)),
      ],
    ),
  )
}
