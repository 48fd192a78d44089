import type { Tx } from '../postgres/transaction.ts'

export type NumberSeries = Readonly<{ agencyId: string; word: string; year: number }>

/**
 * The next number of a series, without gaps: the row is locked until the transaction that carries the number ends, and
 * a transaction that fails gives it back.
 */
export const takeNumber = async (tx: Tx, series: NumberSeries): Promise<number> => {
  const { rows } = await tx.query<{ last: number }>(
    `INSERT INTO app.numbering (agency_id, word, year, last) VALUES ($1, $2, $3, 1)
     ON CONFLICT (agency_id, word, year) DO UPDATE SET last = app.numbering.last + 1 RETURNING last`,
    [series.agencyId, series.word, series.year],
  )
  const taken = rows[0]?.last
  if (taken === undefined) throw new Error('an upsert returns its row')
  return taken
}

/** So many numbers of a series at once, without gaps: the first of them. */
export const takeNumbers = async (tx: Tx, series: NumberSeries, count: number): Promise<number> => {
  const { rows } = await tx.query<{ last: number }>(
    `INSERT INTO app.numbering (agency_id, word, year, last) VALUES ($1, $2, $3, $4)
     ON CONFLICT (agency_id, word, year) DO UPDATE SET last = app.numbering.last + $4 RETURNING last`,
    [series.agencyId, series.word, series.year, count],
  )
  const taken = rows[0]?.last
  if (taken === undefined) throw new Error('an upsert returns its row')
  return taken - count + 1
}
