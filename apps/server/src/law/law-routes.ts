import * as routes from '@liuhen/api/routes/law'
import { getAgency } from '../case-stream/agency.ts'
import type { Store } from '../event-store/store.ts'
import { bind, type Binding } from '../http/binding.ts'
import { listCitable, listClauses, listDocumentDefinitions, listPacks, listProcedures } from './law-reads.ts'
import { withAgency } from '../postgres/transaction.ts'
import { comparePacks } from './compare-packs.ts'
import { listConflicts } from './list-conflicts.ts'
import { readExamples } from './examples.ts'
import { civilDateOf } from '@liuhen/law/civil-date'
import type { LawLibrary } from './library.ts'

/** The law is public: whoever is signed in may read all of it. */
export const lawBindings = ({
  library: { law, dir },
  store,
}: Readonly<{ library: LawLibrary; store: Store }>): readonly Binding[] => {
  const agencyOf = (agencyId: string) => withAgency(store, agencyId, (tx) => getAgency(tx, agencyId))
  // Nobody waits for the examples at the start; the first who looks at a regulation has them read.
  let read: ReturnType<typeof readExamples> | undefined
  const examples = () => (read ??= readExamples(dir))
  return [
    bind(routes.listPacks, () => listPacks(law)),
    bind(routes.listClauses, async (_, { params }) => listClauses(law, params.pack, await examples())),
    bind(routes.listCitable, async ({ actor, now }) => listCitable(law, await agencyOf(actor.agencyId), now)),
    bind(routes.listProcedures, async ({ actor, now }, { query }) => {
      return listProcedures(law, await agencyOf(actor.agencyId), query, now)
    }),
    bind(routes.listDocumentDefinitions, ({ now }) => listDocumentDefinitions(law, now)),
    bind(routes.comparePacks, (_, { query }) => comparePacks(law, query)),
    bind(routes.listConflicts, async ({ actor, now }) =>
      listConflicts(law, await agencyOf(actor.agencyId), civilDateOf(now)),
    ),
  ]
}
