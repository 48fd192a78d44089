import type { Item } from './report.ts'

export type Group = Readonly<{
  check: string
  title: string
  proves: string
  doesNotProve: string
  items: readonly Item[]
  passed: number
  failed: number
  open: number
}>

/** Items of one check together; what failed comes first, what was not checked next. */
export function groupItems(items: readonly Item[]): readonly Group[] {
  const groups = new Map<string, Item[]>()
  for (const item of items) groups.set(item.check, [...(groups.get(item.check) ?? []), item])
  const count = (list: readonly Item[], result: Item['result']): number =>
    list.filter((i) => i.result === result).length
  return [...groups.entries()]
    .map(([check, list]) => ({
      check,
      title: list[0]?.title ?? check,
      proves: list[0]?.proves ?? '',
      doesNotProve: list[0]?.doesNotProve ?? '',
      items: list,
      passed: count(list, 'PASS'),
      failed: count(list, 'FAIL'),
      open: count(list, 'NOT CHECKED'),
    }))
    .toSorted(
      (a, b) => Number(b.failed > 0) - Number(a.failed > 0) || Number(b.open > 0) - Number(a.open > 0),
    )
}
