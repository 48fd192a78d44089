import * as routes from '@liuhen/api/routes/session'
import { isRefusal } from '@liuhen/domain/refusal'
import type { Store } from '../event-store/store.ts'
import { bind, bindPublic, type Binding } from '../http/binding.ts'
import { changePassword } from './change-password.ts'
import { closeSession, findSession, type Session } from './session.ts'
import { signIn } from './sign-in.ts'

export type SessionDeps = Readonly<{
  store: Store
  /** What the screens show of the agency of whoever is signed in. */
  describeAgency: (agencyId: string) => Promise<routes.Me['agency']>
}>

const me = async (deps: SessionDeps, session: Session): Promise<routes.Me> => {
  const { actor, mustChange } = session
  return {
    userId: actor.userId,
    ...(actor.personId === undefined ? {} : { personId: actor.personId }),
    name: actor.name,
    roles: actor.roles,
    agency: await deps.describeAgency(actor.agencyId),
    mustChangePassword: mustChange,
    clock: { kind: deps.store.clock.kind, now: await deps.store.clock.now() },
  }
}

export const sessionBindings = (deps: SessionDeps): readonly Binding[] => [
  bindPublic(routes.signIn, async (c, { body }) => {
    const done = await signIn(deps.store, { ...body, address: c.address })
    if (isRefusal(done)) return done
    const session = await findSession(deps.store, done.token)
    if (session === undefined) throw new Error('a session that was just opened is there')
    c.setSession(done.token)
    return me(deps, session)
  }),
  bind(routes.whoAmI, ({ session }) => me(deps, session)),
  bind(routes.signOut, async (c) => {
    await closeSession(deps.store, c.session)
    c.setSession(undefined)
    return {}
  }),
  bind(routes.changePassword, async (c, { body }) => {
    const done = await changePassword(deps.store, c.session, { ...body, address: c.address })
    if (isRefusal(done)) return done
    c.setSession(done.token)
    return {}
  }),
]
