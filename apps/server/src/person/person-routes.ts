import * as routes from '@liuhen/api/routes/people'
import type { Store } from '../event-store/store.ts'
import { bind, type Binding } from '../http/binding.ts'
import { listPeople } from './list-people.ts'
import { registerPerson, renewCertificate } from './register-person.ts'

export const personBindings = ({ store }: Readonly<{ store: Store }>): readonly Binding[] => [
  bind(routes.listPeople, ({ actor, agencyId }, { query }) =>
    listPeople(store, agencyId, query, actor.roles.includes('system-admin')),
  ),
  bind(routes.registerPerson, ({ commandId, actor }, { body }) =>
    registerPerson(store, { commandId, actor }, body),
  ),
  bind(routes.renewCertificate, ({ commandId, actor }, { params, body }) =>
    renewCertificate(store, { commandId, actor }, params.id, body),
  ),
]
