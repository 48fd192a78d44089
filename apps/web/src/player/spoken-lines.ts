/** A line of a written record, and when in the film it was spoken, as far as that can be told. */
export type SpokenLine = Said & Readonly<{ n: number; at: number; pin?: Pin | Typed }>
/** Where somebody heard a line. */
export type Pin = Readonly<{ line: number; atSeconds: number; by: string; at: string }>
/** Where the film stood when somebody began to type the line. */
export type Typed = Readonly<{ line: number; atSeconds: number; at: string }>
export type Said = Readonly<{
  q: string
  a: string
  /** When the typing of each began, where the record was typed while the film was made. */
  askedAt?: string
  answeredAt?: string
}>
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

const tenth = (seconds: number): number => Math.round(seconds * 10) / 10

/** Lines that were typed while this film was made, at the second in which each was begun; `beganMs` is its beginning in true time. */
export const typedIn = (
  lines: readonly SpokenLine[],
  { beganMs, seconds }: Readonly<{ beganMs: number; seconds: number }>,
): Typed[] =>
  lines.flatMap(({ n, askedAt }) => {
    if (askedAt === undefined) return []
    const atSeconds = tenth((Date.parse(askedAt) - beganMs) / 1000)
    return atSeconds < 0 || atSeconds > seconds ? [] : [{ line: n, atSeconds, at: askedAt }]
  })

/** A pinned line stands where it was heard, or else where it was typed; those between two of them keep their share of the time between. */
export const withPins = (
  lines: readonly SpokenLine[],
  pins: readonly Pin[],
  typed: readonly Typed[] = [],
): SpokenLine[] => {
  const byLine = new Map<number, Pin | Typed>([...typed, ...pins].map((p) => [p.line, p]))
  const anchors = lines.flatMap((l) => {
    const pin = byLine.get(l.n)
    return pin === undefined ? [] : [{ n: l.n, guess: l.at, at: pin.atSeconds }]
  })
  return lines.map((line) => {
    const pin = byLine.get(line.n)
    if (pin !== undefined) return { ...line, at: pin.atSeconds, pin }
    const before = anchors.findLast((a) => a.n < line.n)
    const behind = anchors.find((a) => a.n > line.n)
    if (before && behind) {
      const share = (line.at - before.guess) / Math.max(0.1, behind.guess - before.guess)
      return { ...line, at: tenth(before.at + share * (behind.at - before.at)) }
    }
    const near = before ?? behind
    return near === undefined ? line : { ...line, at: tenth(line.at + near.at - near.guess) }
  })
}

/** The line that is being spoken. */
export const lineAt = (lines: readonly SpokenLine[], now: number): SpokenLine | undefined =>
  lines.findLast((line) => line.at <= now)
