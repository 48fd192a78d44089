import { DerivativeView } from '@liuhen/api/routes/derivatives'
import { told } from '@liuhen/api/schema/evaluation'
import {
  canReleaseDerivative,
  canRequestDerivative,
  canRetryDerivative,
  canReviewDerivative,
  canWithdrawDerivative,
} from '@liuhen/domain/derivative/can'
import { secondsToSee } from '@liuhen/domain/derivative/commands'
import { type By, type Derivative, isMade, needsReview } from '@liuhen/domain/derivative/state'
import type { Actor } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import { isRefusal, type Refusal } from '@liuhen/domain/refusal'
import { accountGivenTo } from '../agency/account-given.ts'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { watchedOfDerivative } from '../playback/log-viewing.ts'
import { type Tx, withAgency } from '../postgres/transaction.ts'
import { openRecordingIn } from '../recording/get-recording.ts'

const named = <T extends Readonly<{ by: By }>>(said: T) => ({ ...said, by: said.by.name })

const madeView = (d: Derivative) => {
  if (d.made === undefined) return undefined
  const { blob, samples, at, durationSeconds, covers, tool, arguments: argv, unproven } = d.made
  const { sha256, sizeBytes, mime } = blob
  const what = { at, sha256, sizeBytes, mime, durationSeconds, covers, tool, arguments: argv }
  return { ...what, samples: samples?.count, unproven }
}

const viewOf = async (tx: Tx, actor: Actor, row: Row): Promise<DerivativeView> => {
  const { derivative_id: id, state: d, share } = row
  const given = d.status === 'made' && needsReview(d) ? await accountGivenTo(tx, actor) : []
  const review = canReviewDerivative(d, actor, given)
  const needed = review === true && isMade(d) ? secondsToSee(d.made.durationSeconds) : undefined
  return DerivativeView.parse(
    present({
      ...d,
      id,
      recordingId: d.source.recordingId,
      requested: named(d.requested),
      share: d.status === 'making' ? (share ?? undefined) : undefined,
      failed: d.status === 'failed' ? d.failed : undefined,
      made: madeView(d),
      watched:
        needed === undefined
          ? undefined
          : { seconds: await watchedOfDerivative(tx, actor.userId, id), needed },
      reviewed: d.reviewed && named(d.reviewed),
      releases: d.releases.map(named),
      withdrawn: d.withdrawn && named(d.withdrawn),
      can: {
        retry: told(canRetryDerivative(d, actor)),
        review: told(review),
        release: told(canReleaseDerivative(d, actor)),
        withdraw: told(canWithdrawDerivative(d, actor)),
      },
    }),
  )
}

type Row = { derivative_id: string; state: Derivative; share: number | null }

/** Copies of one recording, the latest first, for whoever may view the recording. */
export const listDerivatives = (
  deps: Pick<CaseDeps, 'store'>,
  actor: Actor,
  recordingId: string,
): Promise<
  Readonly<{ items: DerivativeView[]; can: { request: DerivativeView['can']['retry'] } }> | Refusal
> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const opened = await openRecordingIn(tx, actor, recordingId)
    if (isRefusal(opened)) return opened
    const { rows } = await tx.query<Row>(
      `SELECT d.derivative_id, d.state, p.share FROM app.derivative_row d
         LEFT JOIN app.derivative_progress p USING (derivative_id)
        WHERE d.recording_id = $1 AND NOT d.state ? 'shredded' ORDER BY d.requested_at DESC, d.derivative_id DESC LIMIT 200`,
      [recordingId],
    )
    const items: DerivativeView[] = []
    for (const row of rows) items.push(await viewOf(tx, actor, row))
    return { items, can: { request: told(canRequestDerivative(opened.state, actor, opened.handles)) } }
  })
