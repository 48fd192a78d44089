import type { Reason } from '@liuhen/law/evaluation'
import type { Actor } from '../event.ts'

export type Verdict = true | readonly Reason[]

/** People and certificates are the system administrator's to keep, within the own agency. */
export const canKeepPeople = (actor: Actor, agencyId: string): Verdict =>
  (actor.roles.includes('system-admin') && actor.agencyId === agencyId) || [
    {
      code: 'not-permitted',
      effect: 'refuse',
      message: '只有本机关的系统管理员可以登记人员、更新执法证。',
      todo: '请联系本机关的系统管理员办理。',
      citations: [],
    },
  ]
