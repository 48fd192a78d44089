import { z } from 'zod'
import { Role } from '../event.ts'
import { present } from '../present.ts'
import { type Decision, deny, refuse } from '../refusal.ts'
import { personCan, type PersonChange } from './can.ts'
import { type PersonContext, refuseMixedRoles, refuseTakenLogin } from './commands.ts'
import type { PersonEvent } from './events.ts'
import type { KnownPerson, PersonState } from './state.ts'

const reason = z.string().min(2, '请写明理由').max(300)

export const ChangeRoles = z.object({
  roles: z.array(Role).min(1, '至少选一个岗位'),
  unit: z.string().max(60).optional(),
  position: z.string().max(60).optional(),
  reason,
})
export const WithReason = z.object({ reason })
export const OpenAccount = z.object({
  login: z.string().regex(/^[a-z][a-z0-9._-]{2,39}$/, '登录名为3至40位小写字母、数字'),
})

export type KeepContext = Omit<PersonContext, 'loginTaken'> & Readonly<{ personId: string }>
type Ruling = Decision<PersonEvent>

const mayChange = (
  state: PersonState,
  what: PersonChange,
  ctx: KeepContext,
  then: (p: KnownPerson) => Ruling,
): Ruling => {
  if (state.status === 'none') return refuse('not-found', '没有此人。', '请在人员名单中重新选择。')
  const { personId, agencyId } = ctx
  const can = personCan(ctx.actor, { personId, agencyId, active: state.active, login: state.login })[what]
  if (can === true) return then(state)
  const code = can[0]?.code === 'wrong-state' ? 'wrong-state' : 'not-permitted'
  return { ...deny(can), code }
}

const at = (ctx: KeepContext) => ({ schemaVersion: 1 as const, occurredAt: ctx.now })

/** What is not given stays as it is; what is given empty is taken away. */
const after = (given: string | undefined, present: string | undefined): string | undefined =>
  (given ?? present) || undefined

/** The event says what holds from here on, so unit and position that stay are said again. */
export const changeRoles = (s: PersonState, c: z.infer<typeof ChangeRoles>, ctx: KeepContext): Ruling =>
  mayChange(s, 'changeRoles', ctx, (p) => {
    const mixed = refuseMixedRoles(c.roles)
    if (mixed) return mixed
    const unit = after(c.unit, p.unit)
    const position = after(c.position, p.position)
    const internal = { ...present({ unit, position }), reason: c.reason }
    return [
      { ...at(ctx), type: 'RolesChanged', data: { public: { roles: [...new Set(c.roles)] }, internal } },
    ]
  })

export const deactivatePerson = (s: PersonState, c: z.infer<typeof WithReason>, ctx: KeepContext): Ruling =>
  mayChange(s, 'deactivate', ctx, () => [
    { ...at(ctx), type: 'PersonDeactivated', data: { internal: { reason: c.reason } } },
  ])

export const reactivatePerson = (s: PersonState, c: z.infer<typeof WithReason>, ctx: KeepContext): Ruling =>
  mayChange(s, 'reactivate', ctx, () => [
    { ...at(ctx), type: 'PersonReactivated', data: { internal: { reason: c.reason } } },
  ])

export const openAccount = (
  s: PersonState,
  c: z.infer<typeof OpenAccount>,
  ctx: KeepContext & Readonly<{ loginTaken: boolean }>,
): Ruling =>
  mayChange(s, 'openAccount', ctx, () =>
    ctx.loginTaken
      ? refuseTakenLogin(c.login)
      : [{ ...at(ctx), type: 'AccountOpened', data: { internal: { login: c.login } } }],
  )

export const resetPassword = (s: PersonState, c: z.infer<typeof WithReason>, ctx: KeepContext): Ruling =>
  mayChange(s, 'resetPassword', ctx, () => [
    { ...at(ctx), type: 'PasswordReset', data: { internal: { reason: c.reason } } },
  ])
