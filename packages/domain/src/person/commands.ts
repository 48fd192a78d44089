import type { Instant } from '@liuhen/law/fact'
import type { Actor, Role } from '../event.ts'
import { present } from '../present.ts'
import { deny, type Decision, refuse, type Refusal } from '../refusal.ts'
import { canKeepPeople, type Verdict } from './can.ts'
import type { PersonEvent } from './events.ts'
import type { PersonState } from './state.ts'

export type RegisterPerson = Readonly<{
  name: string
  unit?: string | undefined
  position?: string | undefined
  certNo?: string | undefined
  certValidTo?: string | undefined
  legalQualified: boolean
  roles: readonly Role[]
  login?: string | undefined
}>
export type RenewCertificate = Readonly<{ certNo: string; certValidTo: string }>

export type PersonContext = Readonly<{
  now: Instant
  actor: Actor
  agencyId: string
  /** True when somebody else in the installation has this login name. */
  loginTaken: boolean
}>

const ADMINISTRATORS: readonly Role[] = ['system-admin', 'security-admin', 'audit-admin']

const denied = (v: Verdict): Refusal | undefined => (v === true ? undefined : deny(v))

/** The three administrators watch each other: nobody is two of them, and none of them handles cases. */
const mixesAdministration = (roles: readonly Role[]): boolean =>
  roles.some((r) => ADMINISTRATORS.includes(r)) && new Set(roles).size > 1

export const refuseMixedRoles = (roles: readonly Role[]): Refusal | undefined =>
  mixesAdministration(roles)
    ? refuse(
        'not-permitted',
        '系统管理员、安全管理员、审计员须由不同的人担任，也不兼任办案岗位。',
        '请分别登记，或者只保留一个管理岗位。',
      )
    : undefined

export const refuseTakenLogin = (login: string | undefined): Refusal =>
  refuse('duplicate', `登录名“${login ?? ''}”已被使用。`, '请换一个登录名。')

export const registerPerson = (
  state: PersonState,
  p: RegisterPerson,
  ctx: PersonContext,
): Decision<PersonEvent> => {
  const no = denied(canKeepPeople(ctx.actor, ctx.agencyId))
  if (no) return no
  if (state.status !== 'none') return refuse('duplicate', '此人已经登记。', '请在人员名单中查看。')
  if (ctx.loginTaken) return refuseTakenLogin(p.login)
  const mixed = refuseMixedRoles(p.roles)
  if (mixed) return mixed
  const { name, unit, position, legalQualified, login, certNo, certValidTo } = p
  const certificate = certNo === undefined ? {} : { certificate: present({ certNo, certValidTo }) }
  return [
    {
      type: 'PersonRegistered',
      schemaVersion: 1,
      occurredAt: ctx.now,
      data: {
        public: { roles: [...new Set(p.roles)] },
        internal: present({ name, unit, position, legalQualified, login, ...certificate }),
      },
    },
  ]
}

export const renewCertificate = (
  state: PersonState,
  c: RenewCertificate,
  ctx: Omit<PersonContext, 'loginTaken'>,
): Decision<PersonEvent> => {
  const no = denied(canKeepPeople(ctx.actor, ctx.agencyId))
  if (no) return no
  if (state.status === 'none') return refuse('not-found', '没有此人。', '请在人员名单中重新选择。')
  return [
    {
      type: 'CertificateRenewed',
      schemaVersion: 1,
      occurredAt: ctx.now,
      data: { internal: { certNo: c.certNo, certValidTo: c.certValidTo } },
    },
  ]
}
