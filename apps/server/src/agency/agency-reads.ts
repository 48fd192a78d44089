import { getAgency } from '../case-stream/agency.ts'
import type { Store } from '../event-store/store.ts'
import { packChoices, type PackEntry, packTitle } from '../law/choices.ts'
import type { LawLibrary } from '../law/library.ts'
import { withAgency } from '../postgres/transaction.ts'

type Deps = Readonly<{ store: Store; library: LawLibrary }>

/** Whether the first-run page is to be shown, and what can be chosen on it. */
export const setupState = async (
  deps: Deps,
): Promise<{
  needed: boolean
  demonstration: boolean
  packs: PackEntry[]
}> => {
  const { rows } = await deps.store.pool.query<{ yes: boolean }>('SELECT app.is_set_up() AS yes')
  return {
    needed: rows[0]?.yes !== true,
    demonstration: deps.store.clock.kind === 'simulated',
    packs: [...packChoices(deps.library.law)],
  }
}

export const ownAgency = async (deps: Deps, agencyId: string) => {
  const { settings: _, ...agency } = await withAgency(deps.store, agencyId, (tx) => getAgency(tx, agencyId))
  const packs = [agency.base, ...agency.overlays]
  return { ...agency, packTitles: packs.map((id) => packTitle(deps.library.law, id)) }
}
