import { destroyDerivative } from '@liuhen/domain/derivative/commands'
import { isRefusal } from '@liuhen/domain/refusal'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { actOnDerivative } from '../derivative/act-on-derivative.ts'
import { derivedId, systemActor } from '../jobs/job-command.ts'
import { withAgency } from '../postgres/transaction.ts'
import { destroyMade, type DestroyDeps, type Released } from './destroy-copies.ts'

type Row = { id: string; number: string; sha256: string; table_sha256: string | null }
type Gone = Readonly<{ number: string; sha256: string }>

/**
 * Copies that were made of a recording hold the same people: they are not kept longer than it. What was handed out is
 * not reached; each copy's own stream says where it went, and what became of it here.
 */
export const destroyDerivatives = async (
  deps: DestroyDeps & Pick<CaseDeps, 'store'>,
  r: Released,
): Promise<Gone[]> => {
  const { agencyId } = deps
  const { rows } = await withAgency(deps.store, agencyId, (tx) =>
    tx.query<Row>(
      `SELECT derivative_id AS id, number, sha256, table_sha256 FROM app.derivative_row
        WHERE recording_id = $1 AND sha256 IS NOT NULL ORDER BY requested_at, derivative_id`,
      [r.recordingId],
    ),
  )
  const gone: Gone[] = []
  for (const { id, number, sha256, table_sha256 } of rows) {
    for (const digest of [sha256, table_sha256])
      if (digest !== null) await destroyMade(deps, { ...r, sha256: digest })
    const command = {
      commandId: derivedId('destroy-derivative', r.batchId, id),
      actor: systemActor(agencyId),
      derivativeId: id,
      what: 'destroy-derivative',
    }
    const by = { batchId: r.batchId, number: r.number }
    const told = await actOnDerivative(deps, command, ({ loaded, now }) =>
      destroyDerivative(loaded.state, by, now),
    )
    if (isRefusal(told)) throw new Error(`derivative ${id}: ${told.code}`)
    gone.push({ number, sha256 })
  }
  return gone
}
