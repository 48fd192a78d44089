import type { Role } from '@liuhen/domain/event'
import type { Tx } from '../postgres/transaction.ts'

export type NewAccount = Readonly<{
  userId: string
  personId: string
  agencyId: string
  login: string
  name: string
  roles: readonly Role[]
  passwordHash: string
  /** Whoever was given a password by somebody else chooses their own at first. */
  mustChange: boolean
}>

/** Login names are unique in the installation, whatever the case of their letters; the lock makes the answer hold until commit. */
export const isLoginTaken = async (tx: Tx, login: string): Promise<boolean> => {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('login ' || lower($1), 0))`, [login])
  const { rows } = await tx.query<{ yes: boolean }>(
    'SELECT EXISTS (SELECT FROM app.find_account($1)) AS yes',
    [login],
  )
  return rows[0]?.yes === true
}

/** In the transaction of the person's event. */
export const giveAccount = async (tx: Tx, a: NewAccount): Promise<void> => {
  await tx.query(
    `INSERT INTO app.account (user_id, agency_id, person_id, login, name, password_hash, roles, must_change)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [a.userId, a.agencyId, a.personId, a.login, a.name, a.passwordHash, a.roles, a.mustChange],
  )
}
