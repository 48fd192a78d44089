import type { Fact, Instant } from '@liuhen/law/fact'

/** Where a device stands: at its keeper's, taken out, out of use by a fault, lost, or gone from the stock. */
export const STANDINGS = ['in', 'out', 'stopped', 'lost', 'retired'] as const
export type Standing = (typeof STANDINGS)[number]

/** A device as the agency's register tells of it (law/procedures/device.yaml): nothing of it is kept twice. */
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

/** A fault until it is repaired, with what was done about it. */
const faultIn = (last: Last, entries: readonly Fact[]): Device['fault'] => {
  const found = last('device-fault-found')
  if (found === undefined) return undefined
  const since = entries.slice(entries.indexOf(found) + 1)
  if (since.some((f) => f.name === 'device-repaired')) return undefined
  const report = since.findLast((f) => f.name === 'device-fault-reported')
  const repair = since.findLast((f) => f.name === 'repair-ordered')
  const reportedTo = report && text(report, 'to')
  const repairBy = repair && text(repair, 'contractor')
  return {
    foundAt: found.at,
    what: text(found, 'what') ?? '',
    ...(reportedTo !== undefined && { reportedTo }),
    ...(repairBy !== undefined && { repairBy }),
  }
}

type Last = (name: string) => Fact | undefined

const checkIn = (last: Last): Device['check'] => {
  const check = last('device-checked')
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
const isAfter = (one: Fact | undefined, other: Fact | undefined, entries: readonly Fact[]): boolean =>
  one !== undefined && (other === undefined || entries.indexOf(one) > entries.indexOf(other))

function outIn(last: Last, entries: readonly Fact[]): Device['out'] {
  const issued = last('device-issued')
  if (issued === undefined || !isAfter(issued, last('device-returned'), entries)) return undefined
  return { since: issued.at, by: text(issued, 'takenBy') ?? '' }
}

function standingOf(last: Last, entries: readonly Fact[], is: Pick<Device, 'fault' | 'out'>): Standing {
  // What somebody held in their hands again is not lost.
  const seen = [last('device-returned'), last('device-checked')].filter((f) => f !== undefined)
  const lost = last('device-lost')
  if (lost !== undefined && seen.every((f) => isAfter(lost, f, entries))) return 'lost'
  if (last('device-retired') !== undefined) return 'retired'
  if (is.fault !== undefined) return 'stopped'
  return is.out === undefined ? 'in' : 'out'
}

function deviceOf(registered: Fact, all: readonly Fact[]): readonly Device[] {
  const { ref } = registered
  const no = text(registered, 'number')
  if (ref === undefined || no === undefined) return []
  const entries = all.filter((f) => f.about === ref)
  const last: Last = (name) => entries.findLast((f) => f.name === name)
  const out = outIn(last, entries)
  const fault = faultIn(last, entries)
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
      standing: standingOf(last, entries, { ...(fault && { fault }), ...(out && { out }) }),
      ...(out && { out }),
      ...(fault && { fault }),
      ...(check && { check }),
    },
  ]
}

/** The devices that have a number, in the order in which they were registered. */
export function devicesIn(facts: readonly Fact[]): readonly Device[] {
  const entries = facts.filter((f) => f.kind === 'event').toSorted(byTime)
  return entries.filter((f) => f.name === 'device-registered').flatMap((f) => deviceOf(f, entries))
}
