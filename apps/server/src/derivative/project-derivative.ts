import { type Derivative, type DerivativeState, initialDerivative } from '@liuhen/domain/derivative/state'
import type { RecordedEvent } from '@liuhen/domain/event'
import { SHRED_EVENT } from '@liuhen/ledger/shredding'
import { readStreamIn } from '../event-store/read-stream.ts'
import type { Projection } from '../event-store/store.ts'
import type { Tx } from '../postgres/transaction.ts'
import { evolveDerived } from './load-derivative.ts'

const stateBefore = async (tx: Tx, id: string): Promise<DerivativeState> => {
  const { rows } = await tx.query<{ state: Derivative }>(
    'SELECT state FROM app.derivative_row WHERE derivative_id = $1',
    [id],
  )
  return rows[0]?.state ?? initialDerivative
}

/** After a shredding everything is folded anew: what was let go of is in the row no more. */
const stateAfter = async (tx: Tx, event: RecordedEvent): Promise<DerivativeState> => {
  if (event.type === SHRED_EVENT)
    return (await readStreamIn(tx, event.streamId))
      .filter((e) => e.version <= event.version)
      .reduce(evolveDerived, initialDerivative)
  const before = event.version === 1 ? initialDerivative : await stateBefore(tx, event.streamId)
  return evolveDerived(before, event)
}

export const derivativeProjection: Projection = {
  name: 'derivative',
  tables: ['app.derivative_row'],
  apply: async (tx, event) => {
    if (event.streamType !== 'derivative') return
    const d = await stateAfter(tx, event)
    if (d.status === 'none') return
    await tx.query(
      `INSERT INTO app.derivative_row (derivative_id, agency_id, recording_id, version, status, number, requested_at,
          sha256, table_sha256, state)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT (derivative_id) DO UPDATE SET version = $4, status = $5, requested_at = $7, sha256 = $8, table_sha256 = $9, state = $10`,
      [
        event.streamId,
        event.agencyId,
        d.source.recordingId,
        event.version,
        d.status,
        d.number,
        d.requested.at,
        d.made?.blob.sha256 ?? null,
        d.made?.samples?.blob.sha256 ?? null,
        JSON.stringify(d),
      ],
    )
  },
}
