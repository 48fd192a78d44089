import type { Instant } from '@liuhen/law/fact'
import type { Actor } from '../event.ts'
import type { PhraseList } from './phrases.ts'
import type { AgencyEvent, AgencyProfile, AgencySettings, DryRun, SettingChange } from './events.ts'

type By = Pick<Actor, 'userId' | 'name'>

export type SettingsProposal = Readonly<{
  id: string
  status: 'proposed' | 'weighed' | 'approved' | 'carried-out' | 'rejected' | 'withdrawn'
  changes: readonly SettingChange[]
  reason: string
  proposedBy: By
  proposedAt: Instant
  dryRun?: DryRun
  /** Who approved, rejected or withdrew it, with their words. */
  ended?: Readonly<{ by: By; at: Instant; words: string }>
  carriedOut?: Readonly<{ at: Instant; cases: number; withheld: number; failed?: number }>
}>

export type AgencyState =
  | Readonly<{ status: 'none' }>
  | (Readonly<{
      status: 'registered'
      settings: AgencySettings
      /** The first first. */
      proposals: readonly SettingsProposal[]
      phrases: readonly PhraseList[]
    }> &
      Readonly<AgencyProfile>)

export type KnownAgency = Exclude<AgencyState, { status: 'none' }>

export const initialAgency: AgencyState = { status: 'none' }

const withProposal = (s: KnownAgency, id: string, more: Partial<SettingsProposal>): KnownAgency => ({
  ...s,
  proposals: s.proposals.map((p) => (p.id === id ? { ...p, ...more } : p)),
})

/** Settings after approved changes; what is taken back is absent, so that the default reading holds. */
export const settingsAfter = (
  settings: AgencySettings,
  changes: readonly Pick<SettingChange, 'setting' | 'to'>[],
): AgencySettings =>
  Object.fromEntries(
    Object.entries({ ...settings, ...Object.fromEntries(changes.map((c) => [c.setting, c.to])) }).filter(
      ([, value]) => value !== null,
    ),
  )

type Kept = Extract<AgencyEvent, { type: 'PhrasesKept' }>
type Later = Exclude<AgencyEvent, { type: 'AgencyRegistered' | 'PhrasesKept' }>

const withPhrases = (s: KnownAgency, e: Kept, { name }: By): KnownAgency => {
  const { document, field } = e.data.public
  const { phrases } = e.data.internal
  const others = s.phrases.filter((one) => one.document !== document || one.field !== field)
  const kept = { document, field, phrases, keptBy: name, keptAt: e.occurredAt }
  return { ...s, phrases: phrases.length === 0 ? others : [...others, kept] }
}

const change = (s: KnownAgency, e: Later, { userId, name }: By): KnownAgency => {
  const { proposalId: id } = e.data.public
  const by = { userId, name }
  const at = e.occurredAt
  switch (e.type) {
    case 'SettingsProposed': {
      const { changes } = e.data.public
      const { reason } = e.data.internal
      const made: SettingsProposal = {
        id,
        status: 'proposed',
        changes,
        reason,
        proposedBy: by,
        proposedAt: at,
      }
      return { ...s, proposals: [...s.proposals, made] }
    }
    case 'SettingsWeighed':
      return withProposal(s, id, { status: 'weighed', dryRun: e.data.internal.dryRun })
    case 'SettingsApproved': {
      const ended = { by, at, words: e.data.internal.opinion }
      const approved = withProposal(s, id, { status: 'approved', ended })
      return { ...approved, settings: settingsAfter(s.settings, e.data.public.changes) }
    }
    case 'SettingsRejected':
      return withProposal(s, id, { status: 'rejected', ended: { by, at, words: e.data.internal.reason } })
    case 'SettingsWithdrawn':
      return withProposal(s, id, { status: 'withdrawn', ended: { by, at, words: e.data.internal.reason } })
    case 'SettingsCarriedOut': {
      const { cases, withheld, failed } = e.data.public
      const carriedOut = { at, cases, withheld, ...(failed && { failed: failed.length }) }
      return withProposal(s, id, { status: 'carried-out', carriedOut })
    }
  }
}

/** Folds an event of an agency stream; `by` is who did it. */
export const evolveAgency = (state: AgencyState, event: AgencyEvent, by: By): AgencyState => {
  if (event.type === 'AgencyRegistered') {
    if (state.status !== 'none') throw new Error('AgencyRegistered cannot follow a registered agency')
    return { status: 'registered', proposals: [], phrases: [], ...event.data.public, ...event.data.internal }
  }
  if (state.status === 'none') throw new Error(`${event.type} cannot come before the agency is registered`)
  return event.type === 'PhrasesKept' ? withPhrases(state, event, by) : change(state, event, by)
}
