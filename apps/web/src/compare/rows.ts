import { diffArrays } from 'diff'
import type { Row } from '../form/field-value.ts'
import { isSame } from './same.ts'

/** What became of the lines of a list: a run that is the same in both, or a line that was changed, taken out or put in. */
export type RowChange =
  | Readonly<{ kind: 'same'; count: number }>
  | Readonly<{ kind: 'line'; n: number; before?: Row; after?: Row }>

/** When a line was typed is not what it says. */
const STAMPS = new Set(['at', 'answeredAt'])
const said = (row: Row): Row => Object.fromEntries(Object.entries(row).filter(([key]) => !STAMPS.has(key)))
export const isSameRow = (a: Row, b: Row): boolean => isSame(said(a), said(b))

/** Runs of two lists: what both have, what the first has in that place, and what the second has. */
type Hunk = Readonly<{ both: readonly Row[]; before: readonly Row[]; after: readonly Row[] }>

export function hunksOf(before: readonly Row[], after: readonly Row[]): Hunk[] {
  const hunks: Hunk[] = []
  for (const { added, removed, value } of diffArrays([...before], [...after], { comparator: isSameRow })) {
    const last = hunks.at(-1)
    const open = last !== undefined && last.both.length === 0
    if (!added && !removed) hunks.push({ both: value, before: [], after: [] })
    else if (open) hunks[hunks.length - 1] = { ...last, [added ? 'after' : 'before']: value }
    else hunks.push({ both: [], before: added ? [] : value, after: added ? value : [] })
  }
  return hunks
}

/** Lines that stand for each other are told as one that was changed; `n` is its number in the second list, or in the first where it is gone. */
export function rowChanges(before: readonly Row[], after: readonly Row[]): RowChange[] {
  let [i, k] = [0, 0]
  return hunksOf(before, after).flatMap((hunk): RowChange[] => {
    if (hunk.both.length > 0) {
      i += hunk.both.length
      k += hunk.both.length
      return [{ kind: 'same', count: hunk.both.length }]
    }
    const lines = Array.from(
      { length: Math.max(hunk.before.length, hunk.after.length) },
      (_, x): RowChange => {
        const [old, now] = [hunk.before[x], hunk.after[x]]
        const n = now === undefined ? i + x + 1 : k + x + 1
        return { kind: 'line', n, ...(old && { before: old }), ...(now && { after: now }) }
      },
    )
    i += hunk.before.length
    k += hunk.after.length
    return lines
  })
}
