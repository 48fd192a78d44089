import { createHash } from 'node:crypto'
import type { Tx } from '../postgres/transaction.ts'

const MINUTES = 15
const PER_LOGIN = 5
const PER_ADDRESS = 50

/** Counted for every login name, whether an account has it or not; the name itself is not kept. */
const subjectsOf = (login: string, address: string): readonly [string, string] => [
  `login:${createHash('sha256').update(login.trim().toLowerCase()).digest('base64url')}`,
  `address:${address}`,
]

/** Whether too many attempts failed lately, by the database's real clock. */
export const isThrottled = async (tx: Tx, login: string, address: string): Promise<boolean> => {
  const [byLogin, byAddress] = subjectsOf(login, address)
  const { rows } = await tx.query<{ login: number; address: number }>(
    `SELECT count(*) FILTER (WHERE subject = $1) AS login, count(*) FILTER (WHERE subject = $2) AS address
     FROM app.sign_in_failure
     WHERE subject IN ($1, $2) AND at > clock_timestamp() - make_interval(mins => $3)`,
    [byLogin, byAddress, MINUTES],
  )
  return (rows[0]?.login ?? 0) >= PER_LOGIN || (rows[0]?.address ?? 0) >= PER_ADDRESS
}

export const countFailure = async (tx: Tx, login: string, address: string): Promise<void> => {
  await tx.query('INSERT INTO app.sign_in_failure (subject) SELECT unnest($1::text[])', [
    subjectsOf(login, address),
  ])
}

/** After a success the account starts anew; the address does not. Old rows are swept in passing. */
export const forgetFailures = async (tx: Tx, login: string): Promise<void> => {
  const [byLogin] = subjectsOf(login, '')
  await tx.query(
    `DELETE FROM app.sign_in_failure WHERE subject = $1 OR at < clock_timestamp() - interval '1 day'`,
    [byLogin],
  )
}
