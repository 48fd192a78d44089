import { numberIn } from '@liuhen/domain/booklet/booklet'
import type { Tx } from '../postgres/transaction.ts'
import { takeNumber } from '../event-store/take-number.ts'

export type Numbering = Readonly<{
  agencyId: string
  /** 机关代字. */
  shortName: string
  /** The kind's word, e.g. 罚决. */
  word: string
  /** yyyy-MM-dd */
  date: string
}>
export type GivenNumber = Numbering & Readonly<{ seq: number; number: string }>

/** 走街罚决〔2026〕3号 (GB/T 9704: year in hexagonal brackets, no leading zeros). */
const print = (n: Numbering, seq: number): string => numberIn(seriesOf(n), seq)

/** What all numbers of a series begin with. */
export const seriesOf = (n: Pick<Numbering, 'shortName' | 'word' | 'date'>): string =>
  `${n.shortName}${n.word}〔${n.date.slice(0, 4)}〕`

/**
 * The next number of an agency, word and year. Its counter is locked until the transaction ends, and a transaction that
 * fails gives the number back, hence no gaps.
 */
export const giveNumber = async (tx: Tx, n: Numbering): Promise<GivenNumber> => {
  const year = Number(n.date.slice(0, 4))
  const seq = await takeNumber(tx, { agencyId: n.agencyId, word: n.word, year })
  return { ...n, seq, number: print(n, seq) }
}

export type NumberUse = Readonly<{ streamId: string; at: string }> &
  (Readonly<{ documentId?: string }> | Readonly<{ voidReason: string }>)

/** Writes down, for good, what a number was given to, or why it was given to nothing. */
export const registerNumber = async (tx: Tx, n: GivenNumber, use: NumberUse): Promise<void> => {
  await tx.query(
    `INSERT INTO record.document_number (agency_id, word, year, seq, number, stream_id, document_id, void_reason, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      n.agencyId,
      n.word,
      Number(n.date.slice(0, 4)),
      n.seq,
      n.number,
      use.streamId,
      'documentId' in use ? (use.documentId ?? null) : null,
      'voidReason' in use ? use.voidReason : null,
      use.at,
    ],
  )
}

type Blank = { seq: number; number: string }

/**
 * The next blank of an officer's booklets of a word and year. The booklets are locked until the transaction ends: two
 * papers never bear one number.
 */
export const takeBlank = async (
  tx: Tx,
  n: Numbering & Readonly<{ holderId: string }>,
): Promise<GivenNumber | undefined> => {
  const year = Number(n.date.slice(0, 4))
  await tx.query(
    'SELECT booklet_id FROM app.booklet WHERE holder_id = $1 AND word = $2 AND year = $3 ORDER BY booklet_id FOR UPDATE',
    [n.holderId, n.word, year],
  )
  const { rows } = await tx.query<Blank>(
    `SELECT b.seq, b.number FROM app.blank b JOIN app.booklet k USING (booklet_id)
      WHERE k.holder_id = $1 AND b.word = $2 AND b.year = $3 AND b.state = 'open' ORDER BY b.seq LIMIT 1`,
    [n.holderId, n.word, year],
  )
  const [blank] = rows
  return blank === undefined ? undefined : { ...n, ...blank }
}

/** The blank that somebody says was written on by hand: open, and in that officer's hands. */
export const claimBlank = async (
  tx: Tx,
  n: Readonly<{ agencyId: string; word: string; number: string; holderId: string }>,
): Promise<GivenNumber | undefined> => {
  const { rows } = await tx.query<Blank & { year: number }>(
    `SELECT b.seq, b.number, b.year FROM app.booklet k JOIN app.blank b USING (booklet_id)
      WHERE b.number = $1 AND b.word = $2 AND k.holder_id = $3 AND b.state = 'open' FOR UPDATE OF k, b`,
    [n.number, n.word, n.holderId],
  )
  const [blank] = rows
  if (blank === undefined) return undefined
  return { agencyId: n.agencyId, shortName: '', word: n.word, date: `${blank.year}-01-01`, ...blank }
}
