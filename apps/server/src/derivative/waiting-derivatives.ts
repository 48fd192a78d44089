import type { ResponseOf } from '@liuhen/api/route'
import type * as routes from '@liuhen/api/routes/derivatives'
import { canReleaseDerivative, canReviewDerivative } from '@liuhen/domain/derivative/can'
import type { Derivative } from '@liuhen/domain/derivative/state'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal } from '@liuhen/domain/refusal'
import { accountGivenTo } from '../agency/account-given.ts'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { withAgency } from '../postgres/transaction.ts'
import { openRecordingIn } from '../recording/get-recording.ts'

type Row = { derivative_id: string; state: Derivative }
type Waiting = ResponseOf<typeof routes.waitingDerivatives>

/** What an officer may review is wide; what waits for an officer is what belongs to the officer's cases. */
const isOnlyOfficer = (actor: Actor): boolean => actor.roles.every((r) => r === 'officer')

/** The oldest first: who asked for it waits longest. */
export const waitingDerivatives = (deps: Pick<CaseDeps, 'store'>, actor: Actor): Promise<Waiting> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const { rows } = await tx.query<Row>(
      `SELECT derivative_id, state FROM app.derivative_row
        WHERE status IN ('made', 'approved') AND jsonb_array_length(state -> 'releases') = 0
        ORDER BY requested_at, derivative_id LIMIT 200`,
    )
    const given = await accountGivenTo(tx, actor)
    const items: Waiting['items'] = []
    for (const { derivative_id: id, state: d } of rows) {
      const reviews = canReviewDerivative(d, actor, given) === true
      const releases = d.status === 'approved' && canReleaseDerivative(d, actor) === true
      if (!reviews && !releases) continue
      const opened = await openRecordingIn(tx, actor, d.source.recordingId)
      if (isRefusal(opened) || (isOnlyOfficer(actor) && !opened.handles)) continue
      const { recordingId } = d.source
      items.push({ id, number: d.number, recordingId, wants: reviews ? 'review' : 'release' })
    }
    return { items }
  })
