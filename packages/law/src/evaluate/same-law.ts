import { addDays, msOf } from '../civil-date.ts'
import type { Law } from '../law.ts'
import type { Span } from './clock.ts'

const known = new WeakMap<Law, readonly number[]>()

/** The moments from which another version of a provision or of a form may be in force. */
function changesOf({ provisions, documents }: Law): readonly number[] {
  const days = new Set<string>()
  for (const { effectiveFrom, effectiveTo } of [...provisions, ...documents]) {
    if (effectiveFrom !== null) days.add(effectiveFrom)
    if (effectiveTo !== undefined) days.add(addDays(effectiveTo, 1))
  }
  return [...days].map((day) => msOf(`${day}T00:00:00+08:00`)).toSorted((a, b) => a - b)
}

/** The time around a moment in which no text begins to be in force or ends. */
export function sameLawAround(law: Law, ms: number): Span {
  const changes = known.get(law) ?? changesOf(law)
  known.set(law, changes)
  const next = changes.findIndex((change) => change > ms)
  const [before, after] =
    next < 0 ? [changes.at(-1), undefined] : [next === 0 ? undefined : changes[next - 1], changes[next]]
  return {
    after: before === undefined ? Number.NEGATIVE_INFINITY : before - 1,
    until: after === undefined ? Number.POSITIVE_INFINITY : after - 1,
  }
}
