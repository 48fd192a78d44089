import { refuse, type Refusal, titled } from '@liuhen/domain/refusal'
import type { Store } from '../event-store/store.ts'
import { withAgency } from '../postgres/transaction.ts'
import { hashPassword, isPassword, passwordFault } from './password.ts'
import { closeAllSessions, openSession, type Session } from './session.ts'
import { countFailure, isThrottled } from './throttle.ts'

type Deps = Readonly<{ pool: Store['pool'] }>
type Change = Readonly<{ current: string; next: string; address: string }>

const readAccount = (deps: Deps, session: Session) =>
  withAgency(deps, session.actor.agencyId, async (tx) => {
    const { rows } = await tx.query<{ login: string; password_hash: string }>(
      'SELECT login, password_hash FROM app.account WHERE user_id = $1',
      [session.actor.userId],
    )
    const account = rows[0]
    if (account === undefined) throw new Error('a session has an account')
    return account
  })

const unchanged = (message: string, todo: string): Refusal =>
  titled('口令没有修改', refuse('not-permitted', message, todo))

/** Ends every session of the account, the present one too, and gives the token of a new one. */
export const changePassword = async (
  deps: Deps,
  session: Session,
  c: Change,
): Promise<Readonly<{ token: string }> | Refusal> => {
  const account = await readAccount(deps, session)
  if (await isThrottled(deps.pool, account.login, c.address)) {
    return unchanged('原口令错误次数过多。', '请 15 分钟后再试。')
  }
  if (!(await isPassword(account.password_hash, c.current))) {
    await countFailure(deps.pool, account.login, c.address)
    return unchanged('原口令不对。', '请重新输入原口令。')
  }
  const fault = c.next === c.current ? '新口令不能与原口令相同。' : passwordFault(c.next, account.login)
  if (fault !== undefined) return unchanged(fault, '请另选一个口令。')
  const passwordHash = await hashPassword(c.next)
  const { userId, agencyId } = session.actor
  return withAgency(deps, agencyId, async (tx) => {
    // Only over the password that was proved: a reset or a closing in the meantime stands.
    const { rowCount } = await tx.query(
      `UPDATE app.account SET password_hash = $2, must_change = false, changed_at = clock_timestamp()
       WHERE user_id = $1 AND password_hash = $3 AND status = 'active'`,
      [userId, passwordHash, account.password_hash],
    )
    if (rowCount === 0)
      return unchanged('口令刚被重置，或者账号已经停用。', '请重新登录；登录不了的，请找系统管理员。')
    await closeAllSessions(tx, userId)
    return { token: await openSession(tx, { userId, agencyId, address: c.address }) }
  })
}
