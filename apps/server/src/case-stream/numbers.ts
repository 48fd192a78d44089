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
const print = (n: Numbering, seq: number): string =>
  `${n.shortName}${n.word}〔${n.date.slice(0, 4)}〕${seq}号`

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
