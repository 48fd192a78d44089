import type { DryRun } from '@liuhen/domain/agency/events'
import { giveUpSettings, weighSettings } from '@liuhen/domain/agency/settings'
import { present } from '@liuhen/domain/present'
import { chinaDate } from '@liuhen/domain/document/china-time'
import type { Settings } from '@liuhen/law/settable'
import type { KeepingMoved, Weighed } from '@liuhen/law/settings-impact'
import type { CaseDeps, OpenedCase } from '../case-stream/open-case.ts'
import { derivedId, systemActor } from '../jobs/job-command.ts'
import { actOnAgency, readAgency } from './act-on-agency.ts'
import { type ListedCase, listAgencyCases, openForWeighing, weighCase } from './agency-cases.ts'
import { DRY_RUN, type SettingsJob, valuesOf } from './settings-job.ts'

/** Rows that are told one by one; the counts tell of all. */
const SHOWN = 200

const nothing = (at: string): DryRun => ({
  at,
  cases: 0,
  casesChanged: 0,
  openCasesChanged: 0,
  dutiesMoved: 0,
  dutiesOverdue: 0,
  recordings: 0,
  recordingsChanged: 0,
  becomeDisposable: 0,
  wouldShorten: 0,
  duties: [],
  keeping: [],
  steps: [],
})

const nameOf = ({ state, terms }: OpenedCase, item: string): string => {
  const recording = state.recordings.find((r) => r.recordingId === item)
  return recording === undefined
    ? '案卷'
    : `音像“${terms.sceneName(recording.scene)}”（${chinaDate(recording.from)}）`
}

const some = <T>(list: readonly T[], more: readonly T[]): T[] => [...list, ...more].slice(0, SHOWN)
const count = <T>(list: readonly T[], holds: (item: T) => boolean): number => list.filter(holds).length

/** Adds what one case makes of the changes. */
const withCase = (sum: DryRun, listed: ListedCase, opened: OpenedCase, weighed: Weighed): DryRun => {
  const of = { caseId: listed.caseId, caseNo: listed.caseNo }
  const { duties, keeping, steps } = weighed.impact
  const told = (k: KeepingMoved) => ({ ...of, ...k, item: nameOf(opened, k.item) })
  const isRecording = (k: KeepingMoved) => opened.state.recordings.some((r) => r.recordingId === k.item)
  const isChanged = duties.length + keeping.length + steps.length > 0
  return {
    ...sum,
    cases: sum.cases + 1,
    casesChanged: sum.casesChanged + (isChanged ? 1 : 0),
    openCasesChanged: sum.openCasesChanged + (isChanged && listed.status === 'open' ? 1 : 0),
    dutiesMoved: sum.dutiesMoved + duties.length,
    dutiesOverdue: sum.dutiesOverdue + count(duties, (d) => d.becomesOverdue),
    recordings: sum.recordings + opened.state.recordings.length,
    recordingsChanged: sum.recordingsChanged + count(keeping, isRecording),
    becomeDisposable: sum.becomeDisposable + count(keeping, (k) => k.becomesDisposable),
    wouldShorten: sum.wouldShorten + weighed.spared.length,
    duties: some(
      sum.duties,
      duties.map(({ what, becomesOverdue, from, to }) => present({ ...of, what, becomesOverdue, from, to })),
    ),
    keeping: some(sum.keeping, [...weighed.spared, ...keeping].map(told)),
    steps: some(sum.steps, steps.length === 0 ? [] : [{ ...of, names: [...steps] }]),
  }
}

const withFailed = (sum: DryRun, { caseId, caseNo }: ListedCase): DryRun => ({
  ...sum,
  casesFailed: (sum.casesFailed ?? 0) + 1,
  failed: some(sum.failed ?? [], [{ caseId, caseNo }]),
})

/** One case that cannot be read or weighed does not stop the others. */
const weighListed = async (deps: CaseDeps, agencyId: string, { caseId }: ListedCase, changes: Settings) => {
  try {
    const opened = await openForWeighing(deps, agencyId, caseId)
    return opened && { opened, weighed: weighCase(deps.library, opened, changes) }
  } catch (error) {
    console.error(`制度设置预演：案件 ${caseId} 没有算成。`, error)
    return 'failed'
  }
}

export const dryRunOf = async (deps: CaseDeps, agencyId: string, changes: Settings): Promise<DryRun> => {
  let sum = nothing(await deps.store.clock.now())
  for await (const listed of listAgencyCases(deps, agencyId)) {
    const weighed = await weighListed(deps, agencyId, listed, changes)
    if (weighed === 'failed') sum = withFailed(sum, listed)
    else if (weighed) sum = withCase(sum, listed, weighed.opened, weighed.weighed)
  }
  return sum
}

/** The system's own command; the same proposal makes the same one. */
const commandFor = (agencyId: string, ...of: readonly string[]) => ({
  commandId: derivedId(DRY_RUN, ...of),
  actor: systemActor(agencyId),
  what: DRY_RUN,
})

/** Every case of the agency under the present and the proposed settings; the result is kept with the proposal. */
export const dryRunSettings = async (
  deps: CaseDeps,
  { agencyId, proposalId }: SettingsJob,
): Promise<void> => {
  const agency = await readAgency(deps.store, agencyId)
  const proposal = agency.status === 'none' ? undefined : agency.proposals.find((p) => p.id === proposalId)
  if (proposal?.status !== 'proposed') return
  const dryRun = await dryRunOf(deps, agencyId, valuesOf(proposal.changes))
  await actOnAgency(deps.store, commandFor(agencyId, proposalId), (s, { now }) =>
    weighSettings(s, proposalId, dryRun, now),
  )
}

/** It will not be tried again: the proposal ends, or nothing could be proposed any more. */
export const giveDryRunUp = async (deps: CaseDeps, { agencyId, proposalId }: SettingsJob): Promise<void> => {
  const command = commandFor(agencyId, proposalId, 'given up')
  await actOnAgency(deps.store, command, (s, { now }) => giveUpSettings(s, proposalId, now))
}
