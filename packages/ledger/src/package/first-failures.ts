import { DOCUMENTS, MEDIA } from './paths.ts'
import type { Item } from './report.ts'

/** Papers and recordings, then what else is payload, then what proves it. */
const rank = (path: string): number => {
  if (path.startsWith(DOCUMENTS) || path.startsWith(MEDIA)) return 0
  return path.startsWith('data/') ? 1 : 2
}

export type Failures = Readonly<{ first: readonly Item[]; more: number }>

/** What a reader has to know first of a package that fails: each path once, with the first thing said against it. */
export const firstFailures = (items: readonly Item[], most = 5): Failures => {
  const byPath = new Map<string, Item>()
  for (const item of items) if (item.result === 'FAIL' && !byPath.has(item.path)) byPath.set(item.path, item)
  const sorted = [...byPath.values()].toSorted((a, b) => rank(a.path) - rank(b.path))
  return { first: sorted.slice(0, most), more: Math.max(0, sorted.length - most) }
}
