import { carryOutSettings } from '@liuhen/domain/agency/settings'
import type { CaseEvent } from '@liuhen/domain/case/events'
import type { OpenCase } from '@liuhen/domain/case/state'
import { isRefusal } from '@liuhen/domain/refusal'
import type { Settings } from '@liuhen/law/settable'
import {
  evolveFolded,
  type FoldedCase,
  initialFolded,
  type RecordedCaseEvent,
} from '../case-stream/folded-case.ts'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { execute } from '../event-store/execute.ts'
import { derivedId, systemActor } from '../jobs/job-command.ts'
import { actOnAgency, readAgency } from './act-on-agency.ts'
import { listAgencyCases, weighCase } from './agency-cases.ts'
import { ADOPT_SETTINGS, type SettingsJob, valuesOf } from './settings-job.ts'

type Adopting = SettingsJob & Readonly<{ changes: Settings }>

const isOther = (state: OpenCase, [id, value]: readonly [string, Settings[string]]): boolean =>
  (state.law.settings[id] ?? null) !== value

/** Nothing for a case that began under the new settings. */
const adopted = (deps: CaseDeps, state: OpenCase, a: Adopting, now: string): CaseEvent[] => {
  const changes = Object.fromEntries(Object.entries(a.changes).filter((one) => isOther(state, one)))
  if (Object.keys(changes).length === 0) return []
  const { taken, withheld } = weighCase(deps.library, { state, now }, changes)
  if (Object.keys(taken).length + withheld.length === 0) return []
  return [
    {
      type: 'SettingsAdopted',
      schemaVersion: 1,
      occurredAt: now,
      data: {
        public: { proposalId: a.proposalId, settings: taken, withheld: [...withheld] },
        internal: undefined,
        personal: undefined,
      },
    },
  ]
}

/** One case takes the settings over, once, however often the job runs. */
const adoptIn = async (deps: CaseDeps, a: Adopting, caseId: string) => {
  const done = await execute<FoldedCase, CaseEvent>(deps.store, {
    commandId: derivedId(ADOPT_SETTINGS, a.proposalId, caseId),
    agencyId: a.agencyId,
    actor: systemActor(a.agencyId),
    streamType: 'case',
    streamId: caseId,
    what: ADOPT_SETTINGS,
    initial: initialFolded,
    evolve: (s, e: RecordedCaseEvent) => evolveFolded(s, e),
    decide: ({ state }, { now }) => (state.kind === 'none' ? [] : adopted(deps, state, a, now)),
    result: ([event]) =>
      event?.type === 'SettingsAdopted'
        ? { cases: 1, withheld: event.data.public.withheld.length > 0 ? 1 : 0 }
        : { cases: 0, withheld: 0 },
  })
  if (isRefusal(done)) throw new Error(`the settings were not adopted: ${done.code}`)
  return done.result as { cases: number; withheld: number }
}

/** Those whose turn failed are named. */
const adoptInAll = async (deps: CaseDeps, adopting: Adopting) => {
  const sum = { cases: 0, withheld: 0 }
  const failed: string[] = []
  let cause: unknown
  for await (const { caseId } of listAgencyCases(deps, adopting.agencyId)) {
    try {
      const one = await adoptIn(deps, adopting, caseId)
      sum.cases += one.cases
      sum.withheld += one.withheld
    } catch (error) {
      cause ??= error
      failed.push(caseId)
    }
  }
  return { sum, failed, cause }
}

/** What was approved reaches every case that had begun, each by an event of its own: so the case alone tells what binds it. */
export const adoptSettings = (deps: CaseDeps, job: SettingsJob): Promise<void> => adopt(deps, job, 'again')

/** It will not be tried again: what could not take the settings over keeps what it had, and the record names it. */
export const giveAdoptionUp = (deps: CaseDeps, job: SettingsJob): Promise<void> => adopt(deps, job, 'named')

const adopt = async (deps: CaseDeps, job: SettingsJob, failing: 'again' | 'named'): Promise<void> => {
  const { agencyId, proposalId } = job
  const agency = await readAgency(deps.store, agencyId)
  const proposal = agency.status === 'none' ? undefined : agency.proposals.find((p) => p.id === proposalId)
  if (proposal?.status !== 'approved') return
  const adopting = { ...job, changes: valuesOf(proposal.changes) }
  const { sum, failed, cause } = await adoptInAll(deps, adopting)
  if (failed.length > 0 && failing === 'again')
    throw new Error(`${failed.length} cases did not take the settings over, the first ${failed[0]}`, {
      cause,
    })
  const done = { proposalId, ...sum, ...(failed.length > 0 && { failed }) }
  const command = {
    commandId: derivedId(ADOPT_SETTINGS, proposalId),
    actor: systemActor(agencyId),
    what: ADOPT_SETTINGS,
  }
  await actOnAgency(deps.store, command, (s, { now }) => carryOutSettings(s, done, now))
}
