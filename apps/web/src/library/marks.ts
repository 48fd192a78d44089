import type { Layout } from './layout.ts'

type Mark = Readonly<{ label: string; part: number; isYear: boolean }>

/** Closer together they would cover each other. */
const APART = 0.035

/** Months along the whole list, where they begin; a year where it changes. Those that would touch are left out, years last. */
export const marksOf = ({ blocks, height }: Layout): readonly Mark[] => {
  const months = blocks.flatMap((b, i): Mark[] => {
    const before = blocks[i - 1]?.day
    const [year, month] = [b.day.slice(0, 4), b.day.slice(0, 7)]
    if (before?.slice(0, 7) === month) return []
    const isYear = before?.slice(0, 4) !== year
    return [{ label: isYear ? year : month.slice(5), part: b.top / height, isYear }]
  })
  const years = months.filter((m) => m.isYear)
  const kept: Mark[] = []
  for (const mark of months) {
    const free = (other: Mark): boolean => Math.abs(other.part - mark.part) >= APART
    if (mark.isYear ? kept.every((k) => !k.isYear || free(k)) : kept.every(free) && years.every(free))
      kept.push(mark)
  }
  return kept
}
