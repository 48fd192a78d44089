import type { ResponseOf } from '@liuhen/api/route'
import type { Camera, getCoverage as route, StepCoverage } from '@liuhen/api/routes/playback'
import { told } from '@liuhen/api/schema/evaluation'
import { isHandler } from '@liuhen/domain/case/can'
import type { Actor } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import { canViewOf } from '@liuhen/domain/recording/can'
import type { Manifest } from '@liuhen/domain/recording/events'
import { isRefusal, type Refusal } from '@liuhen/domain/refusal'
import { instantOfMs } from '@liuhen/law/civil-date'
import { activityOf, coveredBy, gapsIn, interruptionsIn } from '@liuhen/law/evaluate/coverage'
import { timed } from '@liuhen/law/evaluate/world'
import type { Fact } from '@liuhen/law/fact'
import { type CaseDeps, openCaseIn, type OpenedCase } from '../case-stream/open-case.ts'
import { withAgency, type Tx } from '../postgres/transaction.ts'

type Answer = ResponseOf<typeof route>

const ofStep = (facts: readonly Fact[], step: string): readonly Fact[] =>
  facts.filter((f) => (f.kind === 'step' ? f.name : f.step) === step)

type Asked = Pick<OpenedCase, 'law' | 'now'> &
  Readonly<{ state: Pick<OpenedCase['state'], 'receivedAt' | 'facts' | 'flags'> }>

/** What the texts say when this step is reported as done, with the recordings that there are now. */
const reasonsOf = (c: Asked, step: string, from: string, to: string): StepCoverage['reasons'] => {
  const { receivedAt: startedAt, facts, flags } = c.state
  const done = facts.findLast((f) => f.kind === 'step' && f.name === step && f.state === 'done')
  const attempted: Fact = done ?? { kind: 'step', name: step, state: 'done', at: to, from, to, step }
  const against = c.law.against({ startedAt, facts, flags, now: c.now }, attempted)
  const named = against.filter((r) => typeof r.facts?.['uncoveredMinutes'] === 'number')
  // Views of the law are readonly; the schema of the answer is not.
  return structuredClone(named) as StepCoverage['reasons']
}

/** Of one step's time, what was recorded, and what the texts say of the rest. Nothing of a step whose times nobody has stated. */
export const stepCoverage = (c: Asked, step: Readonly<{ id: string; name: string }>): StepCoverage[] => {
  const facts = ofStep(c.state.facts, step.id).map(timed)
  const activity = activityOf(facts)
  const recordings = facts.filter((f) => f.kind === 'recording' && f.state === 'made')
  if (activity === undefined || activity.toMs <= activity.fromMs) return []
  const covered = [...coveredBy(recordings), ...interruptionsIn(facts, activity.toMs)]
  const [from, to] = [instantOfMs(activity.fromMs), instantOfMs(activity.toMs)]
  const gaps = gapsIn(activity, covered).map((g) => ({
    from: instantOfMs(g.fromMs),
    to: instantOfMs(g.toMs),
  }))
  const reasons = gaps.length === 0 ? [] : reasonsOf(c, step.id, from, to)
  // Where no text asks for the whole of it, what was not recorded is not missing.
  if (reasons.length === 0 && (gaps.length > 0 || recordings.length === 0)) return []
  return [{ step: step.id, name: step.name, from, to, gaps, reasons }]
}

type Row = { recording_id: string; officer_id: string; manifest: Manifest }

const camerasIn = async (tx: Tx, c: OpenedCase, actor: Actor): Promise<Camera[]> => {
  const { rows } = await tx.query<Row>(
    `SELECT recording_id, officer_id, state -> 'manifest' AS manifest FROM app.recording_row
      WHERE case_id = $1 AND stored_at IS NOT NULL ORDER BY made_from, recording_id`,
    [c.caseId],
  )
  const steps = new Map(c.state.recordings.map((r) => [r.recordingId, r.step]))
  return rows.map(({ recording_id: id, officer_id: maker, manifest: m }) =>
    present({
      id,
      fileName: m.fileName,
      medium: m.medium,
      mime: m.mime,
      deviceId: m.device.id,
      step: steps.get(id) ?? '',
      from: m.madeFrom,
      to: m.madeTo,
      clockOffsetMs: m.device.clockOffsetMs,
      clockUncertaintyMs: m.device.clockUncertaintyMs,
      view: told(canViewOf(maker, actor, isHandler(c.state, actor))),
    }),
  )
}

export const getCoverage = (deps: CaseDeps, actor: Actor, caseId: string): Promise<Answer | Refusal> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const c = await openCaseIn(deps, tx, actor, caseId)
    if (isRefusal(c)) return c
    const { receivedAt: startedAt, facts, flags } = c.state
    const { steps } = c.law.evaluate({ startedAt, facts, flags, now: c.now })
    return { steps: steps.flatMap((step) => stepCoverage(c, step)), cameras: await camerasIn(tx, c, actor) }
  })
