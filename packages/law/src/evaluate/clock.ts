import { civilDateAt } from '../civil-date.ts'

/** Moments after `after`, up to and with `until`. */
export type Span = Readonly<{ after: number; until: number }>

/** What was found out, and the moments at which it stays so. */
export type Lasting<T> = Span & Readonly<{ value: T }>

const ALWAYS: Span = { after: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY }

const inside = Symbol('inside')

/**
 * The moment of a world. It is read through the functions of this file alone: each narrows the moments at which what is
 * being found out stays so. A clock that stands still is the moment of a fact, which does not change.
 */
export type Clock = Readonly<{
  [inside]: Readonly<{
    ms: number
    date: string
    /** The law is the same all through. */
    sameLaw: Span
    /** What was read so far, on a clock that runs. */
    heard: { after: number; until: number } | undefined
  }>
}>

export const clockAt = (ms: number): Clock => ({
  [inside]: { ms, date: civilDateAt(ms), sameLaw: ALWAYS, heard: undefined },
})

export const runningClock = (ms: number, sameLaw: Span): Clock => ({
  [inside]: { ms, date: civilDateAt(ms), sameLaw, heard: { ...ALWAYS } },
})

function narrow(clock: Clock, { after, until }: Span): void {
  const { heard } = clock[inside]
  if (heard === undefined) return
  if (after > heard.after) heard.after = after
  if (until < heard.until) heard.until = until
}

/** Whether this moment is over. */
export function isPast(clock: Clock, limit: number): boolean {
  const { ms, heard } = clock[inside]
  const past = ms > limit
  if (heard === undefined) return past
  if (past) {
    if (limit > heard.after) heard.after = limit
  } else if (limit < heard.until) heard.until = limit
  return past
}

/** Whether this moment has come. Moments are whole milliseconds. */
export const hasCome = (clock: Clock, moment: number): boolean => isPast(clock, moment - 1)

/** The date, to ask what law is in force: that changes on few days. */
export function lawDay(clock: Clock): string {
  const { date, sameLaw, heard } = clock[inside]
  if (heard !== undefined) narrow(clock, sameLaw)
  return date
}

/** The date for whatever else: the answer is asked for again on each day. */
export function dayOf(clock: Clock): string {
  const { date, heard } = clock[inside]
  if (heard !== undefined) narrow(clock, dayAround(clock[inside].ms))
  return date
}

const DAY_MS = 86_400_000
const CHINA_OFFSET_MS = 8 * 3_600_000

function dayAround(ms: number): Span {
  const after = Math.floor((ms + CHINA_OFFSET_MS) / DAY_MS) * DAY_MS - CHINA_OFFSET_MS - 1
  return { after, until: after + DAY_MS }
}

/** The moment itself: the answer holds for it alone. */
export function momentOf(clock: Clock): number {
  const { ms } = clock[inside]
  narrow(clock, { after: ms - 1, until: ms })
  return ms
}

/** What was found out before, where it still stays so; otherwise it is found out anew. */
export function again<T>(known: Lasting<T> | undefined, clock: Clock, find: () => T): Lasting<T> {
  const { ms, heard } = clock[inside]
  if (heard === undefined) return known ?? { value: find(), ...ALWAYS }
  if (known !== undefined && ms > known.after && ms <= known.until) {
    narrow(clock, known)
    return known
  }
  const { after, until } = heard
  heard.after = ALWAYS.after
  heard.until = ALWAYS.until
  const found = { value: find(), after: heard.after, until: heard.until }
  narrow(clock, { after, until })
  return found
}

/** The same of a table. */
export function remembered<K, V>(table: Map<K, Lasting<V>>, key: K, clock: Clock, find: () => V): V {
  const before = table.get(key)
  const found = again(before, clock, find)
  if (found !== before) table.set(key, found)
  return found.value
}
