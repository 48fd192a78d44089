import { diffArrays } from 'diff'

/** A stretch of text that stands in both, in the first alone, or in the second alone. */
export type Piece = Readonly<{ kind: 'same' | 'gone' | 'new'; text: string }>

const words = new Intl.Segmenter('zh', { granularity: 'word' })
const segmentsOf = (text: string): string[] => [...words.segment(text)].map((s) => s.segment)

/** Longer texts that have next to nothing in common are shown whole, one against the other. */
const MOST_CHANGES = 4_000

const whole = (before: string, after: string): Piece[] =>
  [
    { kind: 'gone' as const, text: before },
    { kind: 'new' as const, text: after },
  ].filter(({ text }) => text !== '')

/** What differs between two texts, word by word. */
export function textPieces(before: string, after: string): readonly Piece[] {
  if (before === after) return before === '' ? [] : [{ kind: 'same', text: before }]
  const changes = diffArrays(segmentsOf(before), segmentsOf(after), { maxEditLength: MOST_CHANGES })
  return (
    changes?.map(({ added, removed, value }) => ({
      kind: added ? 'new' : removed ? 'gone' : 'same',
      text: value.join(''),
    })) ?? whole(before, after)
  )
}
