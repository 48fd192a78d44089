import type { KeptItem } from '@liuhen/api/schema/evaluation'

/** Things that are kept alike: until the same day, for the same reason. */
export type KeptGroup = Readonly<{ items: readonly string[]; kept: KeptItem }>

const WEIGHT: Readonly<Record<KeptItem['rule'], number>> = { open: 0, permanent: 1, 'long-term': 2, until: 3 }

/** What may never go first, then what is kept longest; things of the same answer stand together. */
export function groupKept(keeping: readonly KeptItem[]): KeptGroup[] {
  const groups = new Map<string, KeptGroup>()
  for (const kept of keeping) {
    const key = `${kept.rule} ${kept.keptThrough ?? ''} ${kept.why}`
    groups.set(key, { kept, items: [...(groups.get(key)?.items ?? []), kept.item] })
  }
  return [...groups.values()].toSorted(
    (a, b) =>
      WEIGHT[a.kept.rule] - WEIGHT[b.kept.rule] ||
      (b.kept.keptThrough ?? '').localeCompare(a.kept.keptThrough ?? ''),
  )
}
