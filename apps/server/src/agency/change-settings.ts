import type { AgencySettings } from '@liuhen/domain/agency/events'
import * as decide from '@liuhen/domain/agency/settings'
import type { SettingsContext } from '@liuhen/domain/agency/settings'
import type { AgencyState } from '@liuhen/domain/agency/state'
import type { Actor } from '@liuhen/domain/event'
import type { Refusal } from '@liuhen/domain/refusal'
import { civilDateOf } from '@liuhen/law/civil-date'
import { settableBy, whyNotSettable } from '@liuhen/law/settable'
import { holdSettings } from '../case-stream/agency.ts'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { uuidv7 } from '../event-store/uuidv7.ts'
import type { LawLibrary } from '../law/library.ts'
import { accountGivenTo } from './account-given.ts'
import { actOnAgency, type AgencyDone } from './act-on-agency.ts'
import { ADOPT_SETTINGS, DRY_RUN, settingsJob } from './settings-job.ts'

type Command = Readonly<{ commandId: string; actor: Actor }>

/** Only what the agency's own texts leave open, and only values that the setting allows. */
const contextOf = (
  { law }: LawLibrary,
  state: AgencyState,
  { actor }: Command,
  now: string,
): SettingsContext => {
  const open = state.status === 'none' ? [] : settableBy(law, state, civilDateOf(now))
  const known = new Map(open.map(({ setting }) => [setting.id, setting]))
  return {
    now,
    actor,
    accountGiven: [],
    newId: () => uuidv7(Date.parse(now)),
    whyNot: (id, value) => {
      const setting = known.get(id)
      return setting === undefined
        ? `“${law.settings.get(id)?.label ?? '所选事项'}”不是本机关适用的制度留给机关设定的`
        : whyNotSettable(setting, value)
    },
  }
}

export const proposeSettings = (
  deps: CaseDeps,
  c: Command,
  asked: Readonly<{ changes: AgencySettings; reason: string }>,
): Promise<AgencyDone | Refusal> =>
  actOnAgency(
    deps.store,
    { ...c, what: 'proposeSettings' },
    (s, { now }) => decide.proposeSettings(s, asked, contextOf(deps.library, s, c, now)),
    (events) =>
      events.flatMap((e) =>
        e.type === 'SettingsProposed'
          ? [
              settingsJob(DRY_RUN, {
                agencyId: c.actor.agencyId,
                proposalId: e.data.public.proposalId,
              }),
            ]
          : [],
      ),
  )

/** The settings hold from here on for what begins; cases that have begun are given them one after the other. */
export const approveSettings = (
  deps: CaseDeps,
  c: Command,
  asked: Readonly<{ proposalId: string; opinion: string }>,
): Promise<AgencyDone | Refusal> => {
  const { agencyId } = c.actor
  return actOnAgency(
    deps.store,
    { ...c, what: 'approveSettings' },
    async (s, { now, tx }) => {
      await holdSettings(tx, agencyId, 'alone')
      const accountGiven = await accountGivenTo(tx, c.actor)
      return decide.approveSettings(s, asked, { ...contextOf(deps.library, s, c, now), accountGiven })
    },
    () => [settingsJob(ADOPT_SETTINGS, { agencyId, proposalId: asked.proposalId })],
  )
}

type Reasoned = Readonly<{ proposalId: string; reason: string }>

export const rejectSettings = (deps: CaseDeps, c: Command, asked: Reasoned) =>
  actOnAgency(deps.store, { ...c, what: 'rejectSettings' }, (s, { now }) =>
    decide.rejectSettings(s, asked, contextOf(deps.library, s, c, now)),
  )

export const withdrawSettings = (deps: CaseDeps, c: Command, asked: Reasoned) =>
  actOnAgency(deps.store, { ...c, what: 'withdrawSettings' }, (s, { now }) =>
    decide.withdrawSettings(s, asked, contextOf(deps.library, s, c, now)),
  )
