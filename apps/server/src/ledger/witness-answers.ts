import type { Pool } from 'pg'
import type { Tx } from '../postgres/transaction.ts'

export type WitnessAnswer = Readonly<{
  /** Name of its key. */
  witness: string
  /** Of the checkpoint that it was asked about. */
  size: number
  /** 200 when it cosigned, otherwise its HTTP status. */
  status: number
  why: string
}>

/** The log does not hold what the witness signed before (C2SP tlog-witness). */
export const REWRITTEN = 422

/** Keeps an answer when it is another than the last one of this witness. */
export const keepAnswer = async (
  sequencer: Tx,
  { witness, size, status, why }: WitnessAnswer,
): Promise<void> => {
  await sequencer.query(
    `INSERT INTO log.witness_answer (witness, size, status, why) SELECT $1::text, $2::bigint, $3::int, $4::text
      WHERE (SELECT status FROM log.witness_answer WHERE witness = $1 ORDER BY answered_at DESC LIMIT 1)
            IS DISTINCT FROM $3`,
    [witness, size, status, why],
  )
}

/** Of these witnesses those whose last answer was no. */
export const openRefusals = async (
  pool: Pool,
  witnesses: readonly string[],
): Promise<readonly (WitnessAnswer & Readonly<{ at: string }>)[]> => {
  const { rows } = await pool.query<WitnessAnswer & { at: string }>(
    `SELECT * FROM (SELECT DISTINCT ON (witness) witness, size, status, why, answered_at AS at
                      FROM log.witness_answer WHERE witness = ANY ($1) ORDER BY witness, answered_at DESC) last
      WHERE status <> 200`,
    [witnesses],
  )
  return rows
}
