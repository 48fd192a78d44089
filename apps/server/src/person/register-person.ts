import type { Actor } from '@liuhen/domain/event'
import {
  type PersonContext,
  registerPerson as decideRegister,
  type RegisterPerson,
  renewCertificate as decideRenewal,
  type RenewCertificate,
} from '@liuhen/domain/person/commands'
import type { PersonEvent } from '@liuhen/domain/person/events'
import { evolvePerson, initialPerson, type PersonState } from '@liuhen/domain/person/state'
import { isRefusal, type Refusal } from '@liuhen/domain/refusal'
import { giveAccount, isLoginTaken } from '../accounts/give-account.ts'
import { refuseCredentials } from '../accounts/refuse-credentials.ts'
import { hashPassword } from '../auth/password.ts'
import { execute } from '../event-store/execute.ts'
import type { Store } from '../event-store/store.ts'
import { uuidv7 } from '../event-store/uuidv7.ts'
import type { Tx } from '../postgres/transaction.ts'

type Command = Readonly<{ commandId: string; actor: Actor }>
export type PersonDone = Readonly<{ version: number; id: string }>

const base = (c: Command, personId: string, what: string) => ({
  commandId: c.commandId,
  agencyId: c.actor.agencyId,
  actor: c.actor,
  streamType: 'person' as const,
  streamId: personId,
  what,
  initial: initialPerson,
  evolve: (s: PersonState, e: PersonEvent) => evolvePerson(s, e),
})

type Account = Readonly<{ login: string; passwordHash: string; mustChange: boolean }>

const openAccount = (tx: Tx, c: Command, personId: string, p: RegisterPerson, account: Account) =>
  giveAccount(tx, {
    userId: personId,
    personId,
    agencyId: c.actor.agencyId,
    name: p.name,
    roles: p.roles,
    ...account,
  })

/** Passwords of a demonstration are printed for whoever tries it, and stay. */
const mustChange = (store: Store): boolean => store.clock.kind === 'real'

/** Registers a person of the actor's agency; with login and password also the account, in the same transaction. */
export const registerPerson = async (
  store: Store,
  c: Command,
  input: RegisterPerson & Readonly<{ password?: string | undefined }>,
): Promise<PersonDone | Refusal> => {
  const { password, ...p } = input
  const weak = refuseCredentials(p.login, password)
  if (weak) return weak
  const personId = uuidv7(Date.now())
  const account: Account | undefined =
    p.login === undefined || password === undefined
      ? undefined
      : { login: p.login, passwordHash: await hashPassword(password), mustChange: mustChange(store) }
  const outcome = await execute<PersonState, PersonEvent>(store, {
    ...base(c, personId, 'registerPerson'),
    decide: async (state, { now, tx }) => {
      const loginTaken = p.login !== undefined && (await isLoginTaken(tx, p.login))
      const ctx: PersonContext = { now, actor: c.actor, agencyId: c.actor.agencyId, loginTaken }
      const decided = decideRegister(state, p, ctx)
      if (!isRefusal(decided) && account !== undefined) await openAccount(tx, c, personId, p, account)
      return decided
    },
    result: () => ({ version: 1, id: personId }),
  })
  return isRefusal(outcome) ? outcome : (outcome.result as PersonDone)
}

export const renewCertificate = async (
  store: Store,
  c: Command,
  personId: string,
  renewal: RenewCertificate,
): Promise<PersonDone | Refusal> => {
  let version = 0
  const outcome = await execute<PersonState, PersonEvent>(store, {
    ...base(c, personId, 'renewCertificate'),
    decide: (state, at) => {
      version = at.version + 1
      return decideRenewal(state, renewal, { now: at.now, actor: c.actor, agencyId: c.actor.agencyId })
    },
    result: () => ({ version, id: personId }),
  })
  return isRefusal(outcome) ? outcome : (outcome.result as PersonDone)
}
