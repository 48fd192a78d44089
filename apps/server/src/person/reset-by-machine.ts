import { randomUUID } from 'node:crypto'
import type { Actor } from '@liuhen/domain/event'
import { refuse, type Refusal } from '@liuhen/domain/refusal'
import type { Store } from '../event-store/store.ts'
import { resetPassword } from './keep-person.ts'
import type { PersonDone } from './register-person.ts'

type Reset = Readonly<{ login: string; password: string; reason: string }>
type Account = { person_id: string | null; agency_id: string; roles: string[] }

/**
 * For an administrator who is the only one and forgot the password: whoever holds the machine gives a new one. It stands
 * in the person's record as such. Everybody else's is for an administrator to reset.
 */
export const resetByMachine = async (store: Store, r: Reset): Promise<PersonDone | Refusal> => {
  const { rows } = await store.pool.query<Account>(
    'SELECT person_id, agency_id, roles FROM app.find_account($1)',
    [r.login],
  )
  const [account] = rows
  if (account === undefined || account.person_id === null)
    return refuse('not-found', '没有这个登录名。', '请核对登录名；它在人员页的姓名下面。')
  if (!account.roles.includes('system-admin'))
    return refuse(
      'not-permitted',
      '本机命令只用于系统管理员的口令。',
      '其他人员的口令由本机关的系统管理员在人员页重置。',
    )
  const actor: Actor = {
    userId: 'machine',
    name: '本机维护',
    roles: ['system-admin'],
    agencyId: account.agency_id,
  }
  const command = { commandId: randomUUID(), actor, personId: account.person_id }
  return resetPassword(store, command, { password: r.password, reason: r.reason })
}
