/** A question and its answer, and when the typing of each began. */
export type Turn = Readonly<{ q: string; a: string; at?: string; answeredAt?: string }>
export type Part = 'q' | 'a'
/** Where to type next; without a caret, at the end. */
export type Place = Readonly<{ i: number; part: Part; caret?: number }>
/** The record after a deed, and where to go on. */
export type Deed = Readonly<{ turns: readonly Turn[]; place: Place }>

const STAMP = { q: 'at', a: 'answeredAt' } as const
const empty: Turn = { q: '', a: '' }

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const stampOf = (key: 'at' | 'answeredAt', value: unknown) =>
  typeof value === 'string' && value !== '' ? { [key]: value } : {}

const turnOf = (row: unknown): Turn => {
  const { q, a, at, answeredAt }: Readonly<Record<string, unknown>> =
    typeof row === 'object' && row !== null ? { ...row } : {}
  return { q: textOf(q), a: textOf(a), ...stampOf('at', at), ...stampOf('answeredAt', answeredAt) }
}

const isTurn = (row: unknown): row is Turn =>
  typeof row === 'object' &&
  row !== null &&
  'q' in row &&
  typeof row.q === 'string' &&
  'a' in row &&
  typeof row.a === 'string' &&
  (!('at' in row) || (typeof row.at === 'string' && row.at !== '')) &&
  (!('answeredAt' in row) || (typeof row.answeredAt === 'string' && row.answeredAt !== ''))

/** What the draft holds, as lines. A line that is one already stays the same object: its row is not drawn again. */
export const turnsOf = (value: unknown): readonly Turn[] =>
  (Array.isArray(value) ? value : []).map((row: unknown) => (isTurn(row) ? row : turnOf(row)))

const placed = (turns: readonly Turn[], i: number, part: Part, caret?: number): Deed => ({
  turns,
  place: { i, part, ...(caret === undefined ? {} : { caret }) },
})

/** What was typed. A line that was empty gets the time at which it was begun; one that is emptied loses it. */
export const write = (turns: readonly Turn[], { i, part }: Place, text: string, now?: string): Turn[] =>
  turns.map((turn, n) => {
    if (n !== i) return turn
    const { [STAMP[part]]: before, ...rest } = turn
    const at = text === '' ? undefined : (before ?? (turn[part] === '' ? now : undefined))
    return { ...rest, [part]: text, ...stampOf(STAMP[part], at) }
  })

/** The time of a line is taken anew, or taken off. */
export const restamp = (turns: readonly Turn[], { i, part }: Place, now?: string): Turn[] =>
  turns.map((turn, n) => {
    if (n !== i) return turn
    const { [STAMP[part]]: _, ...rest } = turn
    return { ...rest, ...stampOf(STAMP[part], now) }
  })

/** An empty question at `i`; what stood there comes after it. */
export const insertAt = (turns: readonly Turn[], i: number): Deed =>
  placed(turns.toSpliced(i, 0, empty), i, 'q')

export const removeAt = (turns: readonly Turn[], i: number): Deed =>
  placed(turns.toSpliced(i, 1), Math.max(0, i - 1), i === 0 ? 'q' : 'a')

/** One place up or down; at the end of the record it stays. */
export const moveBy = (turns: readonly Turn[], { i, part }: Place, by: -1 | 1): Deed => {
  const to = i + by
  const turn = turns[i]
  if (turn === undefined || to < 0 || to >= turns.length) return placed(turns, i, part)
  return placed(turns.toSpliced(i, 1).toSpliced(to, 0, turn), to, part)
}

/** From the caret on it is the next question: of a question the rest and the answer, of an answer the rest as its answer. */
export const splitAt = (turns: readonly Turn[], { i, part, caret = 0 }: Place): Deed => {
  const turn = turns[i]
  if (turn === undefined) return placed(turns, i, part)
  const [head, tail] = [turn[part].slice(0, caret).trimEnd(), turn[part].slice(caret).trimStart()]
  const { answeredAt, ...question } = turn
  const parts: readonly [Turn, Turn] =
    part === 'q'
      ? [
          { ...question, q: head, a: '' },
          { q: tail, a: turn.a, ...stampOf('answeredAt', answeredAt) },
        ]
      : [
          { ...turn, a: head },
          { q: '', a: tail },
        ]
  return placed(turns.toSpliced(i, 1, ...parts), i + 1, 'q', 0)
}

/** Several lines at once, in the place of an empty one or behind it. */
export const insertMany = (turns: readonly Turn[], i: number, more: readonly Turn[]): Deed => {
  const here = turns[i]
  const isFree = here !== undefined && here.q === '' && here.a === ''
  const from = isFree ? i : i + 1
  return placed(turns.toSpliced(from, isFree ? 1 : 0, ...more), from + more.length - 1, 'a')
}
