import type { Actor } from '@liuhen/domain/event'
import type { PersonEvent } from '@liuhen/domain/person/events'
import * as decide from '@liuhen/domain/person/keep-account'
import type { KeepContext } from '@liuhen/domain/person/keep-account'
import { evolvePerson, initialPerson, type PersonState } from '@liuhen/domain/person/state'
import { type Decision, isRefusal, type Refusal } from '@liuhen/domain/refusal'
import type { z } from 'zod'
import { giveAccount, isLoginTaken } from '../accounts/give-account.ts'
import { closeAccount, giveRoles, reopenAccount, replacePassword } from '../accounts/keep-account.ts'
import { refuseCredentials } from '../accounts/refuse-credentials.ts'
import { hashPassword } from '../auth/password.ts'
import { execute } from '../event-store/execute.ts'
import type { Store } from '../event-store/store.ts'
import type { Tx } from '../postgres/transaction.ts'
import type { PersonDone } from './register-person.ts'

type Command = Readonly<{ commandId: string; actor: Actor; personId: string }>
type Ruled = (
  state: PersonState,
  ctx: KeepContext,
  tx: Tx,
) => Decision<PersonEvent> | Promise<Decision<PersonEvent>>
/** What becomes of the account when the event is written. */
type Then = (tx: Tx, state: PersonState) => Promise<void>

const keep = async (
  store: Store,
  c: Command,
  what: string,
  rule: Ruled,
  then: Then,
): Promise<PersonDone | Refusal> => {
  const { commandId, actor, personId } = c
  let version = 0
  const outcome = await execute<PersonState, PersonEvent>(store, {
    commandId,
    agencyId: actor.agencyId,
    actor,
    streamType: 'person',
    streamId: personId,
    what,
    initial: initialPerson,
    evolve: (s, e) => evolvePerson(s, e),
    decide: async (state, at) => {
      version = at.version + 1
      const decided = await rule(state, { now: at.now, actor, agencyId: actor.agencyId, personId }, at.tx)
      if (!isRefusal(decided)) await then(at.tx, state)
      return decided
    },
    result: () => ({ version, id: personId }),
  })
  return isRefusal(outcome) ? outcome : (outcome.result as PersonDone)
}

type Body<T extends z.ZodType> = z.infer<T>

export const changeRoles = (store: Store, c: Command, body: Body<typeof decide.ChangeRoles>) =>
  keep(
    store,
    c,
    'changeRoles',
    (s, ctx) => decide.changeRoles(s, body, ctx),
    (tx) => giveRoles(tx, c.personId, body.roles),
  )

export const deactivatePerson = (store: Store, c: Command, body: Body<typeof decide.WithReason>) =>
  keep(
    store,
    c,
    'deactivatePerson',
    (s, ctx) => decide.deactivatePerson(s, body, ctx),
    (tx) => closeAccount(tx, c.personId),
  )

export const reactivatePerson = (store: Store, c: Command, body: Body<typeof decide.WithReason>) =>
  keep(
    store,
    c,
    'reactivatePerson',
    (s, ctx) => decide.reactivatePerson(s, body, ctx),
    (tx) => reopenAccount(tx, c.personId),
  )

export const openAccount = async (
  store: Store,
  c: Command,
  { login, password }: Readonly<{ login: string; password: string }>,
): Promise<PersonDone | Refusal> => {
  const weak = refuseCredentials(login, password)
  if (weak) return weak
  const passwordHash = await hashPassword(password)
  return keep(
    store,
    c,
    'openAccount',
    async (s, ctx, tx) =>
      decide.openAccount(s, { login }, { ...ctx, loginTaken: await isLoginTaken(tx, login) }),
    async (tx, s) => {
      if (s.status === 'none') return
      const { personId, actor } = c
      const { name, roles } = s
      const account = {
        userId: personId,
        personId,
        agencyId: actor.agencyId,
        login,
        name,
        roles,
        passwordHash,
      }
      await giveAccount(tx, { ...account, mustChange: true })
    },
  )
}

export const resetPassword = async (
  store: Store,
  c: Command,
  { password, reason }: Readonly<{ password: string; reason: string }>,
): Promise<PersonDone | Refusal> => {
  const passwordHash = await hashPassword(password)
  return keep(
    store,
    c,
    'resetPassword',
    (s, ctx) =>
      (s.status === 'none' || s.login === undefined ? undefined : refuseCredentials(s.login, password)) ??
      decide.resetPassword(s, { reason }, ctx),
    (tx) => replacePassword(tx, c.personId, passwordHash),
  )
}
