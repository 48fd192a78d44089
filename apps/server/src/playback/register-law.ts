import { registersKeptBy, proceduresAt } from '@liuhen/law/choice'
import type { Fact, Instant } from '@liuhen/law/fact'
import type { Reason } from '@liuhen/law/evaluation'
import type { Law } from '@liuhen/law/law'
import { chinaDate } from '@liuhen/domain/document/china-time'
import type { KnownAgency } from '../case-stream/agency.ts'
import { caseLaw, isUnbound } from '../law/case-law.ts'

type Agency = Pick<KnownAgency, 'base' | 'overlays' | 'settings'>
export type AgainstEntry = (known: readonly Fact[], entry: Fact) => readonly Reason[]

const declares = (events: readonly Readonly<{ name: string }>[], name: string) =>
  events.some((e) => e.name === name)

/**
 * What the agency's texts say against entering a recording in the list, whether or not it belongs to a case: they are
 * asked under the register in which such entries are made, of this one recording.
 */
export const playbackRegisterLaw = (law: Law, agency: Agency, now: Instant): AgainstEntry => {
  const selection = { base: agency.base, overlays: agency.overlays, settings: agency.settings }
  const date = chinaDate(now)
  const kept = [...registersKeptBy(law, agency, date), ...proceduresAt(law, date)]
  const boundBy = (name: string) => {
    const procedure = kept.find((p) => p.kind === 'register' && declares(p.events, name))
    if (procedure === undefined) return undefined
    const found = caseLaw(law, { selection, procedure: procedure.id, startedAt: now, at: now })
    return isUnbound(found) ? undefined : found.law
  }
  return (known, entry) =>
    boundBy(entry.name)?.against({ startedAt: now, facts: known, flags: [], now }, entry) ?? []
}
