import type { NotSealed } from '@liuhen/domain/case/events'
import type { DocumentState } from '@liuhen/domain/document/state'
import type { DocumentDefinition } from '@liuhen/law/document-definition'
import type { KnownAgency } from '../case-stream/agency.ts'
import type { SealProvider } from '../seal/seal-provider.ts'
import { findUsableKey, type UsableKey } from '../seal/usable-key.ts'

type Paper = Readonly<{ agency: KnownAgency; doc: DocumentState; definition: DocumentDefinition }>

export type SealingKeys = Readonly<{
  /** The agency's, or why there is none; undefined for a paper that bears no seal. */
  agencyKey: UsableKey | NotSealed | undefined
  officers: readonly UsableKey[]
}>

const officersOf = async (seals: SealProvider, { agency, doc }: Paper): Promise<readonly UsableKey[]> => {
  const keys = new Map<string, UsableKey>()
  for (const { personId, name, method } of doc.signatures) {
    // In whatever capacities somebody signed, it is one person's key over one paper.
    if (personId === undefined || method !== 'handwriting' || keys.has(personId)) continue
    const holder = { agencyId: agency.id, agencyName: agency.name, officer: { personId, name } }
    const key = await findUsableKey(seals, holder, doc.issuedAt ?? doc.submittedAt)
    // Whoever has no key has signed by hand, and that counts as before.
    if (typeof key === 'object') keys.set(personId, key)
  }
  return [...keys.values()]
}

/** With whose keys an issued paper is signed: its definition says whether it bears the seal. */
export const keysFor = async (seals: SealProvider, paper: Paper): Promise<SealingKeys> => {
  const { agency, doc, definition } = paper
  const holder = { agencyId: agency.id, agencyName: agency.name }
  return {
    agencyKey: definition.seal
      ? await findUsableKey(seals, holder, doc.issuedAt ?? doc.submittedAt)
      : undefined,
    officers: await officersOf(seals, paper),
  }
}
