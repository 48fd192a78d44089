import type { Reason } from '@liuhen/law/evaluation'
import type { Actor } from '../event.ts'

export type Verdict = true | readonly Reason[]

/** People and certificates are the system administrator's to keep, within the own agency. */
export const canKeepPeople = (actor: Actor, agencyId: string): Verdict =>
  (actor.roles.includes('system-admin') && actor.agencyId === agencyId) || [
    {
      code: 'not-permitted',
      effect: 'refuse',
      message: '只有本机关的系统管理员可以登记人员、维护账号、更新执法证。',
      todo: '请联系本机关的系统管理员办理。',
      citations: [],
    },
  ]

const no = (message: string, todo: string): Verdict => [
  { code: 'wrong-state', effect: 'refuse', message, todo, citations: [] },
]

export type KeptPerson = Readonly<{
  personId: string
  agencyId: string
  active: boolean
  login?: string | undefined
}>
export type PersonChange = 'changeRoles' | 'deactivate' | 'reactivate' | 'openAccount' | 'resetPassword'

/**
 * What may be changed about a person now. Nobody changes their own posts or account: an administrator who is the only
 * one cannot lock the agency out, and what is given to an administrator is seen by another.
 */
export const personCan = (actor: Actor, p: KeptPerson): Readonly<Record<PersonChange, Verdict>> => {
  const keeps = canKeepPeople(actor, p.agencyId)
  const own: Verdict =
    actor.personId === p.personId
      ? no(
          '不能变更自己的岗位和账号。',
          '请由本机关的另一名系统管理员办理；改自己的口令，用账号菜单里的“修改口令”。',
        )
      : true
  const off = no('此人已经停用。', '请先恢复，再办理这一项。')
  const first = (...verdicts: readonly Verdict[]): Verdict => verdicts.find((v) => v !== true) ?? true
  return {
    changeRoles: first(keeps, own, p.active || off),
    deactivate: first(keeps, own, p.active || no('此人已经停用。', '不需要再次停用。')),
    reactivate: first(keeps, own, !p.active || no('此人没有停用。', '不需要恢复。')),
    openAccount: first(
      keeps,
      p.active || off,
      p.login === undefined || no('此人已经有账号。', '忘记口令的，请重置口令。'),
    ),
    resetPassword: first(
      keeps,
      own,
      p.active || off,
      p.login !== undefined || no('此人还没有账号。', '请先开通账号。'),
    ),
  }
}
