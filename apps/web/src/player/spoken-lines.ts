/** A line of a written record, and when in the film it was spoken, as far as that can be told. */
export type SpokenLine = Readonly<{ n: number; q: string; a: string; at: number }>
type Said = Readonly<{ q: string; a: string }>
type Spoken = Readonly<{ startAt: string; endAt: string; lines: readonly Said[] }>

/** Who asks and answers takes about as long as there is to say: the time of the record is shared out by length. */
export const spokenLines = ({ startAt, endAt, lines }: Spoken, filmFrom: string): SpokenLine[] => {
  const [start, end] = [Date.parse(startAt), Date.parse(endAt)]
  const weight = (line: Said): number => line.q.length + line.a.length + 8
  const whole = lines.reduce((sum, line) => sum + weight(line), 0)
  let before = 0
  return lines.map((line, i) => {
    const at = (start + ((end - start) * before) / Math.max(1, whole) - Date.parse(filmFrom)) / 1000
    before += weight(line)
    return { ...line, n: i + 1, at: Math.round(at * 10) / 10 }
  })
}

/** The line that is being spoken. */
export const lineAt = (lines: readonly SpokenLine[], now: number): SpokenLine | undefined =>
  lines.findLast((line) => line.at <= now)
