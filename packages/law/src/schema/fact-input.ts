import { z } from 'zod'
import { Fact, RANKS } from '../fact.ts'

const CLOCK = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d)?))?$/

/** A time as people write it, China time: `2026-03-02 09:10`, or a date alone for its first moment. */
const instant = (value: unknown): unknown => {
  const found = typeof value === 'string' ? CLOCK.exec(value) : null
  if (found === null) return value
  const time = found[2] ?? '00:00'
  return `${found[1]}T${time.length === 5 ? `${time}:00` : time}+08:00`
}

export const InstantInput = z.preprocess(instant, Fact.shape.at)

const isRank = (word: string): boolean => RANKS.some((rank) => rank === word)

/** `capacity:name`, or `rank:name`, and for officers `:certificate:valid-to`. A name alone says nothing of the capacity. */
function person(value: unknown): unknown {
  if (typeof value !== 'string') return value
  const parts = value.split(':')
  const [word, name, certNo, certValidTo] = parts.length === 1 ? [undefined, parts[0]] : parts
  return {
    personId: name,
    name,
    ...(word === undefined ? {} : isRank(word) ? { rank: word } : { as: word }),
    ...(certNo === undefined ? {} : { certNo }),
    ...(certValidTo === undefined ? {} : { certValidTo }),
  }
}

/**
 * A fact as a person writes it in a file: `is: document hearing-record issued` for kind, name and state, times in China
 * time without an offset, people as `officer:甲:鄂A-001:2027-12-31`. The full form of a Fact is read as well.
 */
export const FactInput = z.preprocess((value) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const { is, by, at, from, to, ...rest } = value as Record<string, unknown>
  const [kind, name, state] = typeof is === 'string' ? is.trim().split(/\s+/) : []
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(name === undefined ? {} : { name }),
    ...(state === undefined ? {} : { state }),
    ...rest,
    at: instant(at ?? to),
    ...(from === undefined ? {} : { from: instant(from) }),
    ...(to === undefined ? {} : { to: instant(to) }),
    ...(by === undefined ? {} : { by: Array.isArray(by) ? by.map(person) : by }),
  }
}, Fact.strict())
