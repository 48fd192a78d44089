import { addMonths } from '@liuhen/law/civil-date'
import type { Citation, KeptItem } from '@liuhen/law/evaluation'

export type RetentionRule = Readonly<{ years: number; citation: Citation }>

export type RetentionInput = Readonly<{
  /** The day of archiving. */
  from: string
  /** What the texts and the agency's settings come to, as the evaluator has it. */
  kept?: KeptItem | undefined
  /** No file goes earlier than this, whatever a text says. */
  national: RetentionRule
}>

export type Retention = Readonly<{
  /** Last day on which it must be kept; absent when kept for ever. Never rolled to a workday. */
  keptUntil?: string
  /** One sentence with every rule that was weighed. */
  why: string
  /** As a cover says it. */
  term: string
}>

/** The longer of what binds the agency and the national period. A text that leaves the period open is not answered by it. */
export function explainRetention({ from, kept, national }: RetentionInput): Retention {
  const { years, citation } = national
  const least = addMonths(from, years * 12)
  const nationally = `依据${citation.cite}${years}年`
  if (kept === undefined)
    return { keptUntil: least, why: `自${from}起保存：${nationally}，至${least}`, term: `${years}年` }
  switch (kept.rule) {
    case 'permanent':
    case 'long-term':
      return { why: kept.why, term: '永久' }
    case 'open':
      return {
        keptUntil: least,
        why: `${kept.why}；${nationally}，至少保存至${least}`,
        term: `不少于${years}年`,
      }
    case 'until': {
      const own = kept.keptThrough ?? least
      const why = `${kept.why}；${nationally}，取较长者`
      if (own >= least) return { keptUntil: own, why, term: retentionTerm(from, own) }
      return { keptUntil: least, why: `${why}，至${least}，次日起方可提出处置`, term: `${years}年` }
    }
  }
}

/** A period as a cover says it: in years where it is full years; otherwise by its last day, which does not run from archiving. */
export function retentionTerm(from: string, through: string): string {
  const years = Number(through.slice(0, 4)) - Number(from.slice(0, 4))
  return addMonths(from, years * 12) === through ? `${years}年` : `至${through}`
}
