import type { Row } from '../form/field-value.ts'
import { hunksOf, isSameRow } from './rows.ts'

/** What one person made of each line that both had, and what they put in behind it (behind 0: at the head). */
type Made = Readonly<{
  of: ReadonlyMap<number, Row | undefined>
  behind: ReadonlyMap<number, readonly Row[]>
}>

function madeOf(base: readonly Row[], side: readonly Row[]): Made {
  const of = new Map<number, Row | undefined>()
  const behind = new Map<number, readonly Row[]>()
  let i = 0
  for (const { both, before, after } of hunksOf(base, side)) {
    before.forEach((_, x) => of.set(i + x, after[x]))
    i += both.length + before.length
    const more = after.slice(before.length)
    if (more.length > 0) behind.set(i, more)
  }
  return { of, behind }
}

/** Theirs and mine of the same line; what either of them left as it was gives way. */
function lineOf(i: number, line: Row, theirs: Made, mine: Made): readonly Row[] {
  if (!theirs.of.has(i) && !mine.of.has(i)) return [line]
  const made = [theirs.of.get(i), mine.of.get(i)].filter((row) => row !== undefined)
  const [first, second] = made
  return first && second && isSameRow(first, second) ? [first] : made
}

const putIn = (i: number, theirs: Made, mine: Made): readonly Row[] => {
  const [hers, own] = [theirs.behind.get(i) ?? [], mine.behind.get(i) ?? []]
  return [...hers, ...own.filter((row) => !hers.some((other) => isSameRow(row, other)))]
}

/**
 * Both people's lines. A line that one of them changed or took out since both had it is changed or gone; where both
 * changed it, both versions stand one after the other, and a person strikes one out. Without knowing what both had, it is
 * what both have now.
 */
export function joinRows(
  base: readonly Row[] | undefined,
  mine: readonly Row[],
  theirs: readonly Row[],
): Row[] {
  const had = base ?? hunksOf(theirs, mine).flatMap((hunk) => hunk.both)
  const [hers, own] = [madeOf(had, theirs), madeOf(had, mine)]
  return [
    ...putIn(0, hers, own),
    ...had.flatMap((line, i) => [...lineOf(i, line, hers, own), ...putIn(i + 1, hers, own)]),
  ]
}
