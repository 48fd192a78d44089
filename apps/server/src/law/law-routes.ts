import * as routes from '@liuhen/api/routes/law'
import { getAgency } from '../case-stream/agency.ts'
import type { Store } from '../event-store/store.ts'
import { bind, type Binding } from '../http/binding.ts'
import { listClauses, listDocumentDefinitions, listPacks, listProcedures } from './law-reads.ts'
import { withAgency } from '../postgres/transaction.ts'
import type { LawLibrary } from './library.ts'

/** The law is public: whoever is signed in may read all of it. */
export const lawBindings = ({
  library: { law },
  store,
}: Readonly<{ library: LawLibrary; store: Store }>): readonly Binding[] => [
  bind(routes.listPacks, () => listPacks(law)),
  bind(routes.listClauses, (_, { params }) => listClauses(law, params.pack)),
  bind(routes.listProcedures, async ({ actor, now }, { query }) => {
    const { agencyId } = actor
    const agency = await withAgency(store, agencyId, (tx) => getAgency(tx, agencyId))
    return listProcedures(law, agency, query, now)
  }),
  bind(routes.listDocumentDefinitions, ({ now }) => listDocumentDefinitions(law, now)),
]
