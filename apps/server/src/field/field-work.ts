import type { FieldCase } from '@liuhen/api/routes/field'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import type { Actor } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import { type CaseDeps, loadCaseIn, type OpenedCase } from '../case-stream/open-case.ts'
import { withAgency } from '../postgres/transaction.ts'

/** An officer has a dozen cases under way; a phone keeps so many for the time without a network. */
const MAX_CASES = 40

type Step = CaseWorkspace['evaluation']['steps'][number]

const fieldCase = (c: OpenedCase): FieldCase => {
  const { receivedAt: startedAt, facts, flags, ...s } = c.state
  const { steps } = c.law.evaluate({ startedAt, facts, flags, now: c.now })
  const { sceneName, labelFields, filming } = c.terms
  // Views of the law are readonly; the schema of the answer is not. JSON knows no difference.
  const under = steps.filter((x) => x.status === 'begun' || x.status === 'possible') as unknown as Step[]
  return present({
    id: c.caseId,
    title: s.title,
    leadNo: s.leadNo,
    caseNo: s.caseNo,
    party: s.party && { name: s.party.name },
    handlers: [...s.handlers],
    place: s.place,
    labelFields: [...labelFields],
    steps: under.map(({ id, name, status, recordings }) => ({
      id,
      name,
      status,
      scenes: recordings.map((r) => ({ ...r, name: sceneName(r.scene) })),
    })),
    wants: filming,
  })
}

const MINE = `SELECT c.case_id AS id FROM app.case_row c JOIN app.case_handler h USING (case_id)
  WHERE c.agency_id = $1 AND h.person_id = $2 AND c.status = 'open' AND NOT c.register
  ORDER BY c.updated_at DESC LIMIT $3`

/** The officer's own open cases, each with the steps that may be under way and what the law wants of a film. */
export const listFieldWork = (deps: CaseDeps, actor: Actor): Promise<{ items: FieldCase[]; at: string }> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const at = await deps.store.clock.now()
    const { rows } = await tx.query<{ id: string }>(MINE, [actor.agencyId, actor.personId ?? '', MAX_CASES])
    const items: FieldCase[] = []
    for (const { id } of rows) {
      const opened = await loadCaseIn(deps, tx, id, at)
      if (opened !== undefined) items.push(fieldCase(opened))
    }
    return { items, at }
  })
