import { civilDateOf } from './civil-date.ts'
import type { CaseRecord } from './evaluate.ts'
import { evaluate } from './evaluate.ts'
import type { Duty, Evaluation, KeptItem } from './evaluation.ts'
import type { Instant } from './fact.ts'
import type { Law } from './law.ts'
import { byLength } from './retention.ts'
import type { Settings } from './settable.ts'

/** A duty whose date another setting moves. A side that has no date has none in law, or the duty does not exist there. */
export type DutyMoved = Readonly<{
  duty: string
  what: string
  from?: Instant
  to?: Instant
  /** Owed and in time now, late under the new setting. */
  becomesOverdue: boolean
}>

type Kept = Pick<KeptItem, 'rule' | 'keptThrough'>
export type KeepingMoved = Readonly<{
  item: string
  from: Kept
  to: Kept
  /** A date that people were told would come earlier. */
  shortens: boolean
  /** Disposal may be proposed at once. */
  becomesDisposable: boolean
}>

export type SettingsImpact = Readonly<{
  duties: readonly DutyMoved[]
  keeping: readonly KeepingMoved[]
  /** Names of the steps that other reasons stop, or no longer stop. */
  steps: readonly string[]
}>

/** Settings as rules see them: a null is one that is not set. */
const set = (settings: Settings): Settings =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null))

const isOwed = (duty: Duty | undefined): boolean => duty?.state === 'open' || duty?.state === 'overdue'

function movedDuties(before: Evaluation, after: Evaluation): DutyMoved[] {
  const [then, now] = [before, after].map((e) => new Map(e.duties.map((d) => [d.id, d])))
  return [...new Set([...(then?.keys() ?? []), ...(now?.keys() ?? [])])].flatMap((id) => {
    const [from, to] = [then?.get(id), now?.get(id)]
    if ((!isOwed(from) && !isOwed(to)) || (from?.due === to?.due && from?.state === to?.state)) return []
    return [
      {
        duty: id,
        what: (to ?? from)?.what ?? '',
        ...(from?.due === undefined ? {} : { from: from.due }),
        ...(to?.due === undefined ? {} : { to: to.due }),
        becomesOverdue: from?.state !== 'overdue' && to?.state === 'overdue',
      },
    ]
  })
}

const keptOf = ({ rule, keptThrough }: KeptItem): Kept => ({
  rule,
  ...(keptThrough === undefined ? {} : { keptThrough }),
})

/** What was open had no date that could come earlier: setting one for the first time shortens nothing. */
const shortens = (from: KeptItem, to: KeptItem): boolean => from.rule !== 'open' && byLength(from, to) < 0

const isDisposable = (kept: KeptItem, day: string): boolean =>
  kept.disposableFrom !== undefined && kept.disposableFrom <= day

function movedKeeping(before: Evaluation, after: Evaluation, day: string): KeepingMoved[] {
  const now = new Map(after.keeping.map((k) => [k.item, k]))
  return before.keeping.flatMap((from) => {
    const to = now.get(from.item)
    if (to === undefined || (to.rule === from.rule && to.keptThrough === from.keptThrough)) return []
    return [
      {
        item: from.item,
        from: keptOf(from),
        to: keptOf(to),
        shortens: shortens(from, to),
        becomesDisposable: !isDisposable(from, day) && isDisposable(to, day),
      },
    ]
  })
}

const stops = (e: Evaluation): ReadonlyMap<string, string> =>
  new Map(
    e.steps.map((s) => [
      s.name,
      JSON.stringify([s.status, s.before.map((r) => [r.code, r.effect]), s.missing.map((r) => r.code)]),
    ]),
  )

function changedSteps(before: Evaluation, after: Evaluation): string[] {
  const then = stops(before)
  return [...stops(after)].flatMap(([name, why]) => (then.get(name) === why ? [] : [name]))
}

/** A hold hides the date that was told before it; the date must not come earlier while nobody sees it. */
const withoutHolds = (record: CaseRecord): CaseRecord => ({
  ...record,
  facts: record.facts.filter((f) => f.name !== 'hold-placed'),
})

/** What other settings would make of a case that has begun, at this moment. */
export function settingsImpact(
  record: CaseRecord,
  changes: Settings,
  at: Readonly<{ law: Law; now: Instant }>,
): SettingsImpact {
  const settings = record.settings ?? {}
  const under = (r: CaseRecord, s: Settings) => evaluate({ ...r, settings: set(s) }, at.law, at.now)
  const both = (r: CaseRecord) => [under(r, settings), under(r, { ...settings, ...changes })] as const
  const [before, after] = both(record)
  const free = withoutHolds(record)
  const [told, tells] = free.facts.length === record.facts.length ? [before, after] : both(free)
  return {
    duties: movedDuties(before, after),
    keeping: movedKeeping(told, tells, civilDateOf(at.now)),
    steps: changedSteps(before, after),
  }
}

export type Weighed = Readonly<{
  /** What the case takes over. */
  taken: Settings
  /** Ids of what it does not: it would let a date of keeping come earlier than people were told. */
  withheld: readonly string[]
  /** Of what is taken over. */
  impact: SettingsImpact
  /** What would come earlier, and does not. */
  spared: readonly KeepingMoved[]
}>

/**
 * What a case that has begun makes of changed settings. Those that only choose texts reach later cases alone; a date of
 * keeping may come later, never earlier. Each setting is weighed by itself.
 */
export function weighSettings(
  record: CaseRecord,
  changes: Settings,
  at: Readonly<{ law: Law; now: Instant }>,
): Weighed {
  const reaching = Object.entries(changes).filter(([id]) => at.law.settings.get(id)?.reaches !== 'new')
  const all = settingsImpact(record, Object.fromEntries(reaching), at)
  const spared = all.keeping.filter((k) => k.shortens)
  if (spared.length === 0) return { taken: Object.fromEntries(reaching), withheld: [], impact: all, spared }
  const taken: Record<string, Settings[string]> = {}
  const withheld: string[] = []
  for (const [id, value] of reaching) {
    const { keeping } = settingsImpact(record, { ...taken, [id]: value }, at)
    if (keeping.some((k) => k.shortens)) withheld.push(id)
    else taken[id] = value
  }
  return { taken, withheld, impact: settingsImpact(record, taken, at), spared }
}
