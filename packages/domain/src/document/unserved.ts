import { addresseesOf, nameAsCorrected } from '@liuhen/law/addressees'
import type { DocumentDefinition } from '@liuhen/law/document-definition'
import type { DocumentState } from './state.ts'

type Named = Pick<DocumentDefinition, 'servedOn'>
type Paper = Pick<DocumentState, 'data' | 'status' | 'served' | 'corrected'>
type Papers = Readonly<Record<string, Paper>>

/** Those whom the paper names as the ones on whom it is served, where there are several; empty where it is one, or the party of the case. */
export const severalOn = ({ data }: Pick<DocumentState, 'data'>, definition: Named): readonly string[] => {
  const names = addresseesOf(definition, data)
  return names.length > 1 ? names : []
}

/** The paper, and the corrections that took its place, the latest last. */
const withCorrections = (doc: Paper, papers: Papers): readonly Paper[] => {
  const chain = [doc]
  for (let next = doc; next.corrected !== undefined; ) {
    const other = papers[next.corrected.by]
    if (other === undefined || chain.includes(other)) break
    chain.push(other)
    next = other
  }
  return chain
}

/** Whom the paper names now, as corrected, where they are several. */
export const severalNow = (doc: Paper, definition: Named, papers: Papers): readonly string[] =>
  severalOn(withCorrections(doc, papers).at(-1) ?? doc, definition)

/** Of several, whom a service of it may be said to be of: by their names as corrected, or as they stand in the paper. */
export const mayReceive = (doc: Paper, definition: Named, papers: Papers): readonly string[] => {
  const now = severalNow(doc, definition, papers)
  return now.length === 0 ? now : [...now, ...severalOn(doc, definition)]
}

/** Who received it, by their names as corrected; a service from before parties were told counts for all whom it named (035). */
const receivers = ({ data, served }: Paper, now: readonly string[], definition: Named): readonly string[] => {
  const names = nameAsCorrected(addresseesOf(definition, data), now)
  return served.flatMap(({ party }) => {
    if (party === undefined) return [...names.values()]
    return now.includes(party) ? [party] : [names.get(party) ?? '']
  })
}

/** Of several on whom the paper is served, as corrected, who has received neither it nor a correction that took its place. */
export const unservedOf = (doc: Paper, definition: Named, papers: Papers = {}): readonly string[] => {
  if (doc.status !== 'issued') return []
  const chain = withCorrections(doc, papers)
  const now = addresseesOf(definition, chain.at(-1)?.data ?? doc.data)
  if (now.length < 2 && severalOn(doc, definition).length === 0) return []
  const had = new Set(chain.flatMap((paper) => receivers(paper, now, definition)))
  return now.filter((name) => !had.has(name))
}
