import type { Reason } from '@liuhen/law/evaluation'
import type { Actor } from '../event.ts'

/** Further agencies are registered by a system administrator of the installation. */
export const canRegisterAgency = (actor: Actor): true | readonly Reason[] =>
  actor.roles.includes('system-admin') || [
    {
      code: 'not-permitted',
      effect: 'refuse',
      message: '只有系统管理员可以登记机关。',
      todo: '请联系系统管理员办理。',
      citations: [],
    },
  ]
