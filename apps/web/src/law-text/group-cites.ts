import type { Citation } from '@liuhen/law/evaluation'

export type CiteGroup = Readonly<{ cite: string; of: readonly [Citation, ...Citation[]] }>

/** An article that is cited for several of its clauses is one citation with several duties. */
export function groupCites(citations: readonly Citation[]): readonly CiteGroup[] {
  const groups = new Map<string, [Citation, ...Citation[]]>()
  for (const citation of citations) {
    const group = groups.get(citation.cite)
    if (group === undefined) groups.set(citation.cite, [citation])
    else if (group.every((c) => c.duty !== citation.duty)) group.push(citation)
  }
  return [...groups].map(([cite, of]) => ({ cite, of }))
}
