import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { Role, type Actor } from '@liuhen/domain/event'
import { withAgency, type Tx } from '../postgres/transaction.ts'
import type { Store } from '../event-store/store.ts'

/** Limits by the server's real clock, never by a demonstration's. */
const IDLE = '30 minutes'
const ABSOLUTE = '12 hours'

export type Session = Readonly<{ token: string; actor: Actor; mustChange: boolean }>
type Deps = Readonly<{ pool: Store['pool'] }>

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

type Row = {
  user_id: string
  agency_id: string
  person_id: string | null
  name: string
  roles: string[]
  must_change: boolean
  cert_no: string | null
  cert_valid_to: string | null
  legal_qualified: boolean
}

const actorOf = (row: Row): Actor => ({
  userId: row.user_id,
  ...(row.person_id === null ? {} : { personId: row.person_id }),
  name: row.name,
  ...(row.cert_no === null ? {} : { certNo: row.cert_no }),
  ...(row.cert_valid_to === null ? {} : { certValidTo: row.cert_valid_to }),
  legalQualified: row.legal_qualified,
  roles: z.array(Role).parse(row.roles),
  agencyId: row.agency_id,
})

/** The session behind a token, with who its account is now: roles and certificate are read anew each time. */
export const findSession = async (deps: Deps, token: string): Promise<Session | undefined> => {
  const { rows } = await deps.pool.query<Row>({
    name: 'session',
    text: 'SELECT * FROM app.open_session($1, $2, $3)',
    values: [hashOf(token), IDLE, ABSOLUTE],
  })
  const row = rows[0]
  return row === undefined ? undefined : { token, actor: actorOf(row), mustChange: row.must_change }
}

/** A new session with a token that was never used before: signing in again gives another one. */
export const openSession = async (
  tx: Tx,
  account: Readonly<{ userId: string; agencyId: string; address: string }>,
): Promise<string> => {
  const token = randomBytes(32).toString('base64url')
  await tx.query(
    'INSERT INTO app.session (token_hash, agency_id, user_id, address) VALUES ($1, $2, $3, $4)',
    [hashOf(token), account.agencyId, account.userId, account.address],
  )
  return token
}

export const closeSession = async (deps: Deps, session: Session): Promise<void> => {
  await withAgency(deps, session.actor.agencyId, (tx) =>
    tx.query('DELETE FROM app.session WHERE token_hash = $1', [hashOf(session.token)]),
  )
}

/** Every session of an account: its password, roles or status changed. Inside a transaction of its agency. */
export const closeAllSessions = async (tx: Tx, userId: string): Promise<void> => {
  await tx.query('DELETE FROM app.session WHERE user_id = $1', [userId])
}
