import * as decide from '@liuhen/domain/derivative/commands'
import { isRefusal, type Refusal } from '@liuhen/domain/refusal'
import { accountGivenTo } from '../agency/account-given.ts'
import { getAgency } from '../case-stream/agency.ts'
import { giveNumber } from '../case-stream/numbers.ts'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { uuidv7 } from '../event-store/uuidv7.ts'
import { watchedOfDerivative } from '../playback/log-viewing.ts'
import type { Tx } from '../postgres/transaction.ts'
import { openRecordingIn } from '../recording/get-recording.ts'
import {
  actOnDerivative,
  type AtDerivative,
  type DerivativeCommand,
  type DerivativeDone,
} from './act-on-derivative.ts'
import { makeJob } from './derivative-job.ts'
import { entriesFor } from './release-law.ts'

type Outcome = Promise<DerivativeDone | Refusal>

const numberIn = async (tx: Tx, agencyId: string, now: string): Promise<string> => {
  const { shortName } = await getAgency(tx, agencyId)
  return (await giveNumber(tx, { agencyId, shortName, word: '副本', date: now.slice(0, 10) })).number
}

/** Decided first without a number: only what stands takes one. The same command again answers the same copy. */
export const requestDerivative = async (
  deps: CaseDeps,
  c: Omit<DerivativeCommand, 'derivativeId'>,
  asked: decide.RequestDerivative & Readonly<{ recordingId: string }>,
): Outcome => {
  // In order of asking also where the record's clock stands still.
  const derivativeId = uuidv7(Date.now())
  const { agencyId } = c.actor
  return actOnDerivative(
    deps,
    { ...c, derivativeId },
    async ({ tx, now, actor, loaded: { state } }) => {
      const opened = await openRecordingIn(tx, actor, asked.recordingId)
      if (isRefusal(opened)) return opened
      const given = { ...asked, recording: opened.state, handlesCase: opened.handles }
      const dry = decide.requestDerivative(state, { ...given, number: '' }, { now, actor })
      if (isRefusal(dry)) return dry
      const number = await numberIn(tx, agencyId, now)
      return decide.requestDerivative(state, { ...given, number }, { now, actor })
    },
    [makeJob({ agencyId, derivativeId })],
  )
}

/** Whoever may not view the recording is told of no copy of it either. */
const seen = async ({ tx, actor, loaded }: AtDerivative) => {
  if (loaded.state.status === 'none') return decide.noDerivative()
  const opened = await openRecordingIn(tx, actor, loaded.state.source.recordingId)
  return isRefusal(opened) ? decide.noDerivative() : opened
}

export const retryDerivative = (deps: CaseDeps, c: DerivativeCommand): Outcome =>
  actOnDerivative(
    deps,
    c,
    async (at) => {
      const opened = await seen(at)
      return isRefusal(opened) ? opened : decide.retryDerivative(at.loaded.state, opened.state, at)
    },
    [makeJob({ agencyId: c.actor.agencyId, derivativeId: c.derivativeId })],
  )

export const reviewDerivative = (
  deps: CaseDeps,
  c: DerivativeCommand,
  said: decide.ReviewDerivative,
): Outcome =>
  actOnDerivative(deps, c, async (at) => {
    const opened = await seen(at)
    if (isRefusal(opened)) return opened
    const { tx, actor } = at
    const watchedSeconds = await watchedOfDerivative(tx, actor.userId, c.derivativeId)
    const given = await accountGivenTo(tx, actor)
    return decide.reviewDerivative(at.loaded.state, { ...said, watchedSeconds }, { ...at, given })
  })

export const releaseDerivative = (
  deps: CaseDeps,
  c: DerivativeCommand,
  said: decide.ReleaseDerivative,
): Outcome =>
  actOnDerivative(deps, c, async (at) => {
    const opened = await seen(at)
    if (isRefusal(opened)) return opened
    const { state } = at.loaded
    if (state.status === 'none') return decide.noDerivative()
    const entries = await entriesFor(deps, at.tx, {
      d: state,
      recipient: said.recipient,
      recording: opened.state,
      now: at.now,
    })
    return decide.releaseDerivative(state, { ...said, entries }, at)
  })

export const withdrawDerivative = (deps: CaseDeps, c: DerivativeCommand, reason: string): Outcome =>
  actOnDerivative(deps, c, async (at) => {
    const opened = await seen(at)
    return isRefusal(opened) ? opened : decide.withdrawDerivative(at.loaded.state, reason, at)
  })
