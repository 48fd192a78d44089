import type { ResponseOf } from '@liuhen/api/route'
import type { listClauses } from '@liuhen/api/routes/law'

export type ClauseItem = ResponseOf<typeof listClauses>['items'][number]
type Filtered = Pick<ClauseItem, 'id' | 'ref' | 'duty' | 'modality'> & Readonly<{ rules: readonly unknown[] }>

export type ClauseFilter = Readonly<{
  q: string | undefined
  force: ClauseItem['modality'] | undefined
  rules: 'with' | 'without' | undefined
}>

/** The clauses that every filter lets through. */
export const shownClauses = <C extends Filtered>(
  items: readonly C[],
  { q, force, rules }: ClauseFilter,
): C[] =>
  items.filter(
    (c) =>
      (q === undefined || `${c.id} ${c.ref} ${c.duty}`.includes(q.trim())) &&
      (force === undefined || c.modality === force) &&
      (rules === undefined || c.rules.length > 0 === (rules === 'with')),
  )

type Rule = ClauseItem['rules'][number]

/** Rules under their kinds, in the order in which they came. */
export const rulesByKind = (rules: readonly Rule[]): readonly { kind: string; rules: Rule[] }[] => {
  const kinds = new Map<string, Rule[]>()
  for (const rule of rules) kinds.set(rule.kind, [...(kinds.get(rule.kind) ?? []), rule])
  return [...kinds].map(([kind, of]) => ({ kind, rules: of }))
}
