import type { Pool } from 'pg'

export type Decision = Readonly<{
  id: string
  decisionNo: string
  agency: string
  party: string
  violation: string
  penalty: string
  basis: string
  decidedOn: string
  publishedAt: string
}>

const COLUMNS = `disclosure_id AS id, decision_no AS "decisionNo", agency, party, violation, penalty, basis,
  to_char(decided_on, 'YYYY-MM-DD') AS "decidedOn",
  to_char(published_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') AS "publishedAt"`

/** What the reader typed is text to look for, not a pattern. */
const pattern = (q: string): string => `%${q.replaceAll(/[\\%_]/g, '\\$&')}%`

export const PAGE_SIZE = 20

export type DecisionPage = Readonly<{
  items: readonly Decision[]
  total: number
  page: number
  pages: number
}>

/** Newest first. An empty search finds all; a page beyond the last is the last. */
export const listDecisions = async (pool: Pool, q: string, page: number): Promise<DecisionPage> => {
  const where = `WHERE $1 = '' OR decision_no ILIKE $2 OR party ILIKE $2 OR violation ILIKE $2 OR agency ILIKE $2`
  const values = [q, pattern(q)]
  const counted = await pool.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM published.decision ${where}`,
    values,
  )
  const total = counted.rows[0]?.n ?? 0
  const pages = Math.max(1, Math.ceil(total / PAGE_SIZE))
  const at = Math.min(Math.max(1, page), pages)
  const { rows } = await pool.query<Decision>(
    `SELECT ${COLUMNS} FROM published.decision ${where}
      ORDER BY published_at DESC, disclosure_id DESC LIMIT ${PAGE_SIZE} OFFSET $3`,
    [...values, (at - 1) * PAGE_SIZE],
  )
  return { items: rows, total, page: at, pages }
}

export const findDecision = async (pool: Pool, id: string): Promise<Decision | undefined> =>
  (await pool.query<Decision>(`SELECT ${COLUMNS} FROM published.decision WHERE disclosure_id = $1`, [id]))
    .rows[0]

export type Withdrawal = Readonly<{
  decisionNo: string
  agency: string
  publishedAt: string
  withdrawnAt: string
  reason: string
}>

/** What was published under this id and taken back since; of its content nothing is left here. */
export const findWithdrawal = async (pool: Pool, id: string): Promise<Withdrawal | undefined> =>
  (
    await pool.query<Withdrawal>(
      `SELECT decision_no AS "decisionNo", agency, reason,
         to_char(published_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS "publishedAt",
         to_char(withdrawn_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS "withdrawnAt"
       FROM published.withdrawal WHERE disclosure_id = $1`,
      [id],
    )
  ).rows[0]

/** Leaf, salt and public compartment, as the record has them. `index` is absent until the log has taken the event in. */
export type DecisionRecord = Readonly<{ entry: Buffer; salt: Buffer; payload: Buffer; index?: number }>

export const findDecisionRecord = async (pool: Pool, id: string): Promise<DecisionRecord | undefined> => {
  const { rows } = await pool.query<{
    entry: Buffer
    salt: Buffer
    payload: Buffer
    leaf_index: string | null
  }>('SELECT entry, salt, payload, leaf_index FROM published.decision_proof WHERE disclosure_id = $1', [id])
  const row = rows[0]
  if (row === undefined) return undefined
  const { entry, salt, payload } = row
  return { entry, salt, payload, ...(row.leaf_index === null ? {} : { index: Number(row.leaf_index) }) }
}

export type Agency = Readonly<{ name: string; phone: string | null; address: string | null }>

/** Public particulars of the agencies of this installation; none before the first set-up. */
export const listAgencies = async (pool: Pool): Promise<readonly Agency[]> =>
  (await pool.query<Agency>('SELECT name, phone, address FROM published.agency ORDER BY name')).rows

export type Installation = Readonly<{ kind: 'real' | 'demonstration'; simulatedAt: string | null }>

/** Without a row nothing has been set up yet; that reads as real, a demonstration says so itself. */
export const findInstallation = async (pool: Pool): Promise<Installation> =>
  (
    await pool.query<Installation>(
      `SELECT kind, to_char(simulated_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') AS "simulatedAt"
         FROM published.installation`,
    )
  ).rows[0] ?? { kind: 'real', simulatedAt: null }
