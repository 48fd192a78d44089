import type { CaseRecord } from './evaluate.ts'

type Entries = Readonly<Record<string, unknown>>

const isTree = (value: unknown): value is Entries => typeof value === 'object' && value !== null

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at += 1) if (!isSame(a[at], b[at])) return false
  return true
}

/** Keys in another order are told apart, too: such a record is looked at anew, and no wrong answer is taken over. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (!isTree(a) || !isTree(b)) return false
  if (Array.isArray(a) || Array.isArray(b)) return Array.isArray(a) && Array.isArray(b) && isSameList(a, b)
  const [keys, others] = [Object.keys(a), Object.keys(b)]
  if (keys.length !== others.length) return false
  for (let at = 0; at < keys.length; at += 1) {
    const key = keys[at] ?? ''
    if (key !== others[at] || !isSame(a[key], b[key])) return false
  }
  return true
}

/** Whether two records of a case say the same, so that what was found out of one holds for the other. */
export const isSameRecord = (a: CaseRecord, b: CaseRecord): boolean => isSame(a, b)
