import { destroyDerivative } from '@liuhen/domain/derivative/commands'
import type { DestroyedBytes } from '@liuhen/domain/derivative/events'
import type { DestroyedRecording } from '@liuhen/domain/disposal/events'
import { isRefusal } from '@liuhen/domain/refusal'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { actOnDerivative } from '../derivative/act-on-derivative.ts'
import { loadDerivative } from '../derivative/load-derivative.ts'
import { besideNoMaking } from '../derivative/making-lock.ts'
import { derivedId, systemActor } from '../jobs/job-command.ts'
import { withAgency } from '../postgres/transaction.ts'
import { destroyMade, type DestroyDeps, type Released } from './destroy-copies.ts'

type Deps = DestroyDeps & Pick<CaseDeps, 'store'>
type Row = { id: string; number: string; sha256: string; what: 'copy' | 'table'; is_settled: boolean }
type Gone = NonNullable<DestroyedRecording['derivatives']>[number]

/** What is still made of the recording, or still written: the queue tries again, and by then it has an end. */
class StillMadeError extends Error {}

/** Also what attempts kept that came to nothing. What never came into a store needs no destruction. */
const BYTES = `SELECT d.derivative_id AS id, d.number, x.sha256, x.what,
    NOT EXISTS (SELECT FROM app.blob b WHERE b.sha256 = x.sha256 AND b.state = 'sealed') AS is_settled
  FROM app.derivative_row d CROSS JOIN LATERAL (VALUES (d.sha256, 'copy'), (d.table_sha256, 'table')
    UNION SELECT b.sha256, b.what FROM app.derivative_bytes b WHERE b.derivative_id = d.derivative_id) x (sha256, what)
  WHERE d.recording_id = $1 AND EXISTS (SELECT FROM app.blob b WHERE b.sha256 = x.sha256
    AND b.state IN ('sealed', 'verified', 'destroyed'))
  ORDER BY d.requested_at, d.derivative_id, x.what, x.sha256`

/** Told once: what a run that was cut off had told of them stands. */
const tell = async (
  deps: Deps,
  r: Released,
  id: string,
  bytes: DestroyedBytes[],
): Promise<readonly DestroyedBytes[]> => {
  const { agencyId } = deps
  const command = {
    commandId: derivedId('destroy-derivative', r.batchId, id),
    actor: systemActor(agencyId),
    derivativeId: id,
    what: 'destroy-derivative',
  }
  const by = { batchId: r.batchId, number: r.number, bytes }
  const told = await actOnDerivative(deps, command, ({ loaded, now }) =>
    destroyDerivative(loaded.state, by, now),
  )
  if (isRefusal(told)) throw new Error(`derivative ${id}: ${told.code}`)
  const { state } = await withAgency(deps.store, agencyId, (tx) => loadDerivative(tx, id))
  return (state.status === 'none' ? undefined : state.destroyed?.bytes) ?? bytes
}

const destroyAll = async (deps: Deps, r: Released): Promise<Gone[]> => {
  const { rows } = await withAgency(deps.store, deps.agencyId, (tx) => tx.query<Row>(BYTES, [r.recordingId]))
  if (rows.some((row) => !row.is_settled)) throw new StillMadeError(`bytes of ${r.recordingId} are written`)
  const gone: Gone[] = []
  for (const id of new Set(rows.map((row) => row.id))) {
    const ofOne = rows.filter((row) => row.id === id)
    const bytes: DestroyedBytes[] = []
    for (const { sha256, what } of ofOne)
      bytes.push({
        sha256,
        what,
        copies: await destroyMade(deps, { ...r, ownOf: { recordingId: r.recordingId }, sha256 }),
      })
    const number = ofOne[0]?.number ?? ''
    for (const { sha256, what, copies } of await tell(deps, r, id, bytes))
      if (what === 'copy') gone.push({ number, sha256, copies })
  }
  return gone
}

/**
 * Copies that were made of a recording hold the same people: they are not kept longer than it. What was handed out is
 * not reached; each copy's own stream says where it went, and what became of it here.
 */
export const destroyDerivatives = async (deps: Deps, r: Released): Promise<Gone[]> => {
  const gone = await besideNoMaking(deps.store.pool, r.recordingId, () => destroyAll(deps, r))
  if (gone === undefined) throw new StillMadeError(`a copy of ${r.recordingId} is being made`)
  return gone
}
