import { finding, type ChainFinding } from './finding.ts'
import type { SegmentRecord } from './record.ts'

/** Bytes as they were found, in the order in which they lie. */
export type Piece = Readonly<{ sha256: string; sizeBytes: number }>

/** Per found piece, which segment it is: those that lie in order first, so that equal bytes find their own places. */
const place = (segments: readonly SegmentRecord[], pieces: readonly Piece[]) => {
  const free = new Map<string, number[]>()
  segments.forEach((s, i) => free.set(s.sha256, [...(free.get(s.sha256) ?? []), i]))
  let expected = 0
  return pieces.map((piece) => {
    const known = free.get(piece.sha256)
    if (known === undefined) return { as: 'unknown' as const }
    const own = known.find((i) => i >= expected) ?? known[0]
    if (own === undefined)
      return { as: 'again' as const, i: segments.findIndex((s) => s.sha256 === piece.sha256) }
    free.set(
      piece.sha256,
      known.filter((i) => i !== own),
    )
    expected = own + 1
    return { as: 'segment' as const, i: own }
  })
}

/** What bytes say against the records: changed, put in, twice, in another order, missing. */
export const matchPieces = (
  segments: readonly SegmentRecord[],
  pieces: readonly Piece[],
): readonly ChainFinding[] => {
  const number = (i: number): number => segments[i]?.n ?? 0
  const placed = place(segments, pieces)
  const there = new Set(placed.flatMap((p) => (p.as === 'segment' ? [p.i] : [])))
  const missing = new Set(segments.map((_, i) => i).filter((i) => !there.has(i)))
  const found: ChainFinding[] = []
  let last = -1
  for (const p of placed) {
    if (p.as === 'again') found.push(finding('duplicated', number(p.i), 'bytes'))
    else if (p.as === 'segment') {
      if (p.i < last) found.push(finding('reordered', number(p.i), 'bytes'))
      last = Math.max(last, p.i)
    } else if (missing.has(last + 1)) {
      // Other bytes lie where this segment belongs.
      last += 1
      missing.delete(last)
      found.push(finding('altered', number(last), 'bytes'))
    } else found.push(finding('spliced', number(Math.max(0, last)), 'bytes'))
  }
  return [...found, ...[...missing].map((i) => finding('gap', number(i), 'bytes'))]
}
