import { setImmediate as breathe } from 'node:timers/promises'
import type { Settings } from '@liuhen/law/settable'
import { weighSettings, type Weighed } from '@liuhen/law/settings-impact'
import { type CaseDeps, loadCaseIn, type OpenedCase } from '../case-stream/open-case.ts'
import type { LawLibrary } from '../law/library.ts'
import { caseRecord } from '../law/case-law.ts'
import { withAgency } from '../postgres/transaction.ts'

export type ListedCase = Readonly<{ caseId: string; caseNo: string; status: string }>

const BATCH = 100

/** Every case of the agency by its id, in batches, so that no transaction is long. */
export async function* listAgencyCases(
  { store }: Pick<CaseDeps, 'store'>,
  agencyId: string,
): AsyncGenerator<ListedCase> {
  for (let after = ''; ; ) {
    const { rows } = await withAgency(store, agencyId, (tx) =>
      tx.query<ListedCase>(
        `SELECT case_id AS "caseId", coalesce(case_no, lead_no) AS "caseNo", status FROM app.case_row
         WHERE agency_id = $1 AND case_id > $2 ORDER BY case_id LIMIT $3`,
        [agencyId, after, BATCH],
      ),
    )
    yield* rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < BATCH) return
    after = last.caseId
  }
}

/** Reading and evaluating one case takes milliseconds; between two of them others get their turn. */
export const openForWeighing = async (
  deps: CaseDeps,
  agencyId: string,
  caseId: string,
): Promise<OpenedCase | undefined> => {
  await breathe()
  const now = await deps.store.clock.now()
  return withAgency(deps.store, agencyId, (tx) => loadCaseIn(deps, tx, caseId, now))
}

/** What a case makes of changed settings at a moment. */
export const weighCase = (
  { law }: LawLibrary,
  { state, now }: Pick<OpenedCase, 'state' | 'now'>,
  changes: Settings,
): Weighed => {
  const { law: selection, procedure, receivedAt: startedAt, facts, flags } = state
  const record = caseRecord({ selection, procedure }, { startedAt, facts, flags })
  return weighSettings(record, changes, { law, now })
}
