type OfAct = Readonly<{ id: string; act: string }>

/** Procedures under their kinds of act, in the order in which they came. */
export function byAct<P extends OfAct>(procedures: readonly P[]): readonly { act: string; items: P[] }[] {
  const groups = new Map<string, P[]>()
  for (const p of procedures) groups.set(p.act, [...(groups.get(p.act) ?? []), p])
  return [...groups].map(([act, items]) => ({ act, items }))
}

/** Most cases are ordinary penalties; an agency that imposes none begins with the first act of its texts. */
const USUAL = 'penalty-ordinary'

export const usualProcedure = (procedures: readonly OfAct[]): string | undefined =>
  (procedures.find((p) => p.id === USUAL) ?? procedures[0])?.id
