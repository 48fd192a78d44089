import * as routes from '@liuhen/api/routes/law'
import { bind, type Binding } from '../http/binding.ts'
import { listClauses, listDocumentDefinitions, listPacks, listProcedures } from './law-reads.ts'
import type { LawLibrary } from './library.ts'

/** The law is public: whoever is signed in may read all of it. */
export const lawBindings = ({ library: { law } }: Readonly<{ library: LawLibrary }>): readonly Binding[] => [
  bind(routes.listPacks, () => listPacks(law)),
  bind(routes.listClauses, (_, { params }) => listClauses(law, params.pack)),
  bind(routes.listProcedures, ({ now }) => listProcedures(law, now)),
  bind(routes.listDocumentDefinitions, ({ now }) => listDocumentDefinitions(law, now)),
]
