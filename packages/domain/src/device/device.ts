import type { Fact, Instant } from '@liuhen/law/fact'
import type { Meaning, Reading } from './meaning.ts'

/** Where a device stands: at its keeper's, taken out, out of use by a fault, lost, or gone from the stock. */
export const STANDINGS = ['in', 'out', 'stopped', 'lost', 'retired'] as const
export type Standing = (typeof STANDINGS)[number]

/** A device as the agency's register tells of it: nothing of it is kept twice. */
export type Device = Readonly<{
  /** The entry by which it was registered; later entries are about it. */
  ref: string
  number: string
  kind: string
  deviceType: string
  unit?: string
  keeper?: string
  registeredAt: Instant
  standing: Standing
  out?: Readonly<{ since: Instant; by: string }>
  fault?: Readonly<{ foundAt: Instant; what: string; reportedTo?: string; repairBy?: string }>
  check?: Readonly<{
    at: Instant
    performance?: string
    /** Percent. */
    battery?: number
    /** GB that are free. */
    storage?: number
    /** Device time less standard time, in seconds. */
    clockOffset?: number
  }>
}>

const text = (fact: Fact, key: string): string | undefined => {
  const value = fact.data?.[key]
  return typeof value === 'string' && value !== '' ? value : undefined
}
const number = (fact: Fact, key: string): number | undefined => {
  const value = fact.data?.[key]
  return typeof value === 'number' ? value : undefined
}

const byTime = (a: Fact, b: Fact): number => Date.parse(a.at) - Date.parse(b.at)

/** An entry with what it says; others say nothing of how a device stands. */
type Said = Readonly<{ fact: Fact; means: Meaning }>
type Last = (means: Meaning) => Said | undefined

/** A fault until it is repaired, with what was done about it. */
const faultIn = (last: Last, said: readonly Said[]): Device['fault'] => {
  const found = last('faulty')
  if (found === undefined) return undefined
  const since = said.slice(said.indexOf(found) + 1)
  if (since.some((s) => s.means === 'repaired')) return undefined
  const report = since.findLast((s) => s.means === 'reported')
  const repair = since.findLast((s) => s.means === 'in-repair')
  const reportedTo = report && text(report.fact, 'to')
  const repairBy = repair && text(repair.fact, 'contractor')
  return {
    foundAt: found.fact.at,
    what: text(found.fact, 'what') ?? '',
    ...(reportedTo !== undefined && { reportedTo }),
    ...(repairBy !== undefined && { repairBy }),
  }
}

const checkIn = (last: Last): Device['check'] => {
  const check = last('checked')?.fact
  if (check === undefined) return undefined
  const performance = text(check, 'performance')
  const [battery, storage, clockOffset] = ['battery', 'storage', 'clockOffset'].map((k) => number(check, k))
  return {
    at: check.at,
    ...(performance !== undefined && { performance }),
    ...(battery !== undefined && { battery }),
    ...(storage !== undefined && { storage }),
    ...(clockOffset !== undefined && { clockOffset }),
  }
}

/** Whether the later of two comes last; an entry that is not there comes never. */
const isAfter = (one: Said | undefined, other: Said | undefined, said: readonly Said[]): boolean =>
  one !== undefined && (other === undefined || said.indexOf(one) > said.indexOf(other))

function outIn(last: Last, said: readonly Said[]): Device['out'] {
  const issued = last('issued')
  if (issued === undefined || !isAfter(issued, last('returned'), said)) return undefined
  return { since: issued.fact.at, by: text(issued.fact, 'takenBy') ?? '' }
}

function standingOf(last: Last, said: readonly Said[], is: Pick<Device, 'fault' | 'out'>): Standing {
  // What somebody held in their hands again is not lost.
  const seen = [last('returned'), last('checked')].filter((s) => s !== undefined)
  const lost = last('lost')
  if (lost !== undefined && seen.every((s) => isAfter(lost, s, said))) return 'lost'
  if (last('retired') !== undefined) return 'retired'
  if (is.fault !== undefined) return 'stopped'
  return is.out === undefined ? 'in' : 'out'
}

function deviceOf(registered: Fact, said: readonly Said[]): readonly Device[] {
  const { ref } = registered
  const no = text(registered, 'number')
  if (ref === undefined || no === undefined) return []
  const last: Last = (means) => said.findLast((s) => s.means === means)
  const out = outIn(last, said)
  const fault = faultIn(last, said)
  const check = checkIn(last)
  const unit = text(registered, 'unit')
  const keeper = text(registered, 'keeper')
  return [
    {
      ref,
      number: no,
      kind: text(registered, 'kind') ?? '',
      deviceType: text(registered, 'deviceType') ?? '',
      ...(unit !== undefined && { unit }),
      ...(keeper !== undefined && { keeper }),
      registeredAt: registered.at,
      standing: standingOf(last, said, { ...(fault && { fault }), ...(out && { out }) }),
      ...(out && { out }),
      ...(fault && { fault }),
      ...(check && { check }),
    },
  ]
}

/** The devices that have a number, in the order in which they were registered. */
export function devicesIn(facts: readonly Fact[], { means }: Pick<Reading, 'means'>): readonly Device[] {
  const said = facts
    .flatMap((fact): Said[] => {
      const meaning = means(fact)
      return meaning === undefined ? [] : [{ fact, means: meaning }]
    })
    .toSorted((a, b) => byTime(a.fact, b.fact))
  const byDevice = new Map<string, Said[]>()
  for (const s of said) {
    const { about = '' } = s.fact
    const own = byDevice.get(about)
    if (own === undefined) byDevice.set(about, [s])
    else own.push(s)
  }
  return said
    .filter((s) => s.means === 'listed')
    .flatMap(({ fact }) => deviceOf(fact, byDevice.get(fact.ref ?? '') ?? []))
}
