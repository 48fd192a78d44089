import type { ResponseOf } from '@liuhen/api/route'
import type { getSettings, ProposalView, SettingView } from '@liuhen/api/routes/settings'
import { told } from '@liuhen/api/schema/evaluation'
import type { AgencySettings } from '@liuhen/domain/agency/events'
import {
  type ApprovalContext,
  canApproveSettings,
  canProposeSettings,
  canRejectSettings,
  canWithdrawSettings,
} from '@liuhen/domain/agency/settings'
import type { SettingsProposal } from '@liuhen/domain/agency/state'
import type { Actor } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import { civilDateOf } from '@liuhen/law/civil-date'
import type { Law } from '@liuhen/law/law'
import { saySetting, type Settable, settableBy } from '@liuhen/law/settable'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { withAgency } from '../postgres/transaction.ts'
import { accountGivenTo } from './account-given.ts'
import { readAgency } from './act-on-agency.ts'

const viewSetting = ({ setting, citations }: Settable, settings: AgencySettings): SettingView => {
  const { id, label, why, options, number, unset } = setting
  const set = settings[id] ?? null
  return present({
    id,
    label,
    why,
    citations: [...citations],
    reading: { value: setting.default, label: saySetting(setting, setting.default) },
    set: { value: set, label: saySetting(setting, set) },
    open: setting.default === null && set === null ? (unset ?? '') : undefined,
    options: [...options],
    number,
    several: setting.several,
    laterCases: setting.reaches === 'new',
  })
}

const viewProposal = (law: Law, p: SettingsProposal, actor: Actor, at: ApprovalContext): ProposalView => {
  const say = (id: string, value: AgencySettings[string]): string => {
    const setting = law.settings.get(id)
    return setting === undefined ? String(value) : saySetting(setting, value)
  }
  return present({
    id: p.id,
    status: p.status,
    changes: p.changes.map(({ setting, from, to }) => ({
      setting,
      label: law.settings.get(setting)?.label ?? '已取消的设置事项',
      from: say(setting, from),
      to: say(setting, to),
    })),
    reason: p.reason,
    proposedBy: p.proposedBy.name,
    proposedAt: p.proposedAt,
    dryRun: p.dryRun,
    ended: p.ended && { by: p.ended.by.name, at: p.ended.at, words: p.ended.words },
    carriedOut: p.carriedOut && { ...p.carriedOut },
    can: {
      approve: told(canApproveSettings(actor, p, at)),
      reject: told(canRejectSettings(actor, p)),
      withdraw: told(canWithdrawSettings(actor, p)),
    },
  })
}

/** What the agency's texts leave open, what it has set, and how each change came about. */
export const viewSettings = async (
  { store, library: { law } }: CaseDeps,
  actor: Actor,
): Promise<ResponseOf<typeof getSettings>> => {
  const agency = await readAgency(store, actor.agencyId)
  if (agency.status === 'none') throw new Error(`no agency ${actor.agencyId}`)
  const now = await store.clock.now()
  const accountGiven = await withAgency(store, actor.agencyId, (tx) => accountGivenTo(tx, actor))
  const settable = settableBy(law, agency, civilDateOf(now))
  const subjects = [...new Set(settable.map(({ setting }) => setting.subject))]
  return {
    subjects: subjects.map((subject) => ({
      subject,
      settings: settable
        .filter((s) => s.setting.subject === subject)
        .map((s) => viewSetting(s, agency.settings)),
    })),
    proposals: agency.proposals.toReversed().map((p) => viewProposal(law, p, actor, { now, accountGiven })),
    can: { propose: told(canProposeSettings(actor)) },
  }
}
