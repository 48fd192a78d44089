import * as routes from '@liuhen/api/routes/people'
import * as standInRoutes from '@liuhen/api/routes/stand-ins'
import type { Store } from '../event-store/store.ts'
import { bind, type Binding } from '../http/binding.ts'
import type { LawLibrary } from '../law/library.ts'
import * as keep from './keep-person.ts'
import { listPeople } from './list-people.ts'
import { registerPerson, renewCertificate } from './register-person.ts'
import * as standIns from './stand-ins.ts'

export const personBindings = ({
  store,
  library,
}: Readonly<{ store: Store; library: LawLibrary }>): readonly Binding[] => [
  bind(routes.listPeople, ({ actor, agencyId }, { query }) => listPeople(store, agencyId, query, actor)),
  bind(routes.registerPerson, ({ commandId, actor }, { body }) =>
    registerPerson(store, { commandId, actor }, body),
  ),
  bind(routes.renewCertificate, ({ commandId, actor }, { params, body }) =>
    renewCertificate(store, { commandId, actor }, params.id, body),
  ),
  bind(routes.changeRoles, ({ commandId, actor }, { params, body }) =>
    keep.changeRoles(store, { commandId, actor, personId: params.id }, body),
  ),
  bind(routes.deactivatePerson, ({ commandId, actor }, { params, body }) =>
    keep.deactivatePerson(store, { commandId, actor, personId: params.id }, body),
  ),
  bind(routes.reactivatePerson, ({ commandId, actor }, { params, body }) =>
    keep.reactivatePerson(store, { commandId, actor, personId: params.id }, body),
  ),
  bind(routes.openAccount, ({ commandId, actor }, { params, body }) =>
    keep.openAccount(store, { commandId, actor, personId: params.id }, body),
  ),
  bind(routes.resetPassword, ({ commandId, actor }, { params, body }) =>
    keep.resetPassword(store, { commandId, actor, personId: params.id }, body),
  ),
  bind(standInRoutes.listStandIns, ({ actor }) => standIns.listStandIns({ store, library }, actor)),
  bind(standInRoutes.nameStandIn, ({ commandId, actor }, { params, body }) =>
    standIns.nameStandIn({ store, library }, { commandId, actor, personId: params.id }, body),
  ),
  bind(standInRoutes.endStandIn, ({ commandId, actor }, { params, body }) =>
    standIns.endStandIn(
      { store, library },
      { commandId, actor, personId: params.id },
      { ...body, delegationId: params.delegationId },
    ),
  ),
]
