import { refuse, type Refusal, titled } from '@liuhen/domain/refusal'
import type { Store } from '../event-store/store.ts'
import { withAgency } from '../postgres/transaction.ts'
import { isPassword } from './password.ts'
import { openSession } from './session.ts'
import { countFailure, forgetFailures, isThrottled } from './throttle.ts'

type Deps = Readonly<{ pool: Store['pool'] }>
export type Credentials = Readonly<{ login: string; password: string; address: string }>

type Account = { user_id: string; agency_id: string; password_hash: string; status: string }

const NO_SIGN_IN = '没有登录成功'

/** One answer to every failure, after the same work: it tells nobody whether the account exists. */
const failed = (): Refusal =>
  titled(
    NO_SIGN_IN,
    refuse('not-permitted', '登录名或口令不对。', '请检查后重新输入；忘记口令请找系统管理员重置。'),
  )

const throttled = (): Refusal =>
  titled(
    NO_SIGN_IN,
    refuse('not-permitted', '登录失败次数过多，已暂停登录。', '请 15 分钟后再试，或者找系统管理员。'),
  )

/** Gives the token of a new session. */
export const signIn = async (deps: Deps, c: Credentials): Promise<Readonly<{ token: string }> | Refusal> => {
  if (await isThrottled(deps.pool, c.login, c.address)) return throttled()
  const { rows } = await deps.pool.query<Account>('SELECT * FROM app.find_account($1)', [c.login.trim()])
  const account = rows[0]
  const matches = await isPassword(account?.password_hash, c.password)
  if (account === undefined || !matches || account.status !== 'active') {
    await countFailure(deps.pool, c.login, c.address)
    return failed()
  }
  await forgetFailures(deps.pool, c.login)
  const of = { userId: account.user_id, agencyId: account.agency_id, address: c.address }
  return { token: await withAgency(deps, account.agency_id, (tx) => openSession(tx, of)) }
}
