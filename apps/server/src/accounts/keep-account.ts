import type { Role } from '@liuhen/domain/event'
import { closeAllSessions } from '../auth/session.ts'
import type { Tx } from '../postgres/transaction.ts'

/** Each in the transaction of the person's event. Every session ends: who comes back signs in as they are now. */
const change = async (tx: Tx, personId: string, set: string, values: readonly unknown[]): Promise<void> => {
  const { rows } = await tx.query<{ user_id: string }>(
    `UPDATE app.account SET ${set} WHERE person_id = $1 RETURNING user_id`,
    [personId, ...values],
  )
  for (const { user_id } of rows) await closeAllSessions(tx, user_id)
}

export const giveRoles = (tx: Tx, personId: string, roles: readonly Role[]): Promise<void> =>
  change(tx, personId, 'roles = $2', [roles])

export const closeAccount = (tx: Tx, personId: string): Promise<void> =>
  change(tx, personId, `status = 'closed'`, [])

export const reopenAccount = (tx: Tx, personId: string): Promise<void> =>
  change(tx, personId, `status = 'active'`, [])

/** To be changed at the next sign-in, in a demonstration too: somebody else knows it. */
export const replacePassword = (tx: Tx, personId: string, passwordHash: string): Promise<void> =>
  change(tx, personId, 'password_hash = $2, must_change = true, changed_at = clock_timestamp()', [
    passwordHash,
  ])
