type Pack = Readonly<{ id: string; layer: string }>

/** The pack in which a clause stands, by the prefix of its id; what has no pack's prefix is national law. */
export function packOfClause<P extends Pack>(
  clause: string | undefined,
  packs: readonly P[],
  prefixes: Readonly<Record<string, string>>,
): P | undefined {
  if (clause === undefined) return undefined
  const pack = prefixes[clause.split('-')[0] ?? '']
  return packs.find((p) => p.id === pack) ?? packs.find((p) => p.layer === 'national')
}
