import type { KeptRegister } from '@liuhen/api/routes/registers'
import { canKeepRegisters } from '@liuhen/domain/case/can'
import { chinaDate } from '@liuhen/domain/document/china-time'
import type { Actor } from '@liuhen/domain/event'
import { deny, type Refusal } from '@liuhen/domain/refusal'
import { registersKeptBy } from '@liuhen/law/choice'
import { getAgency } from '../case-stream/agency.ts'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { withAgency } from '../postgres/transaction.ts'

type Row = KeptRegister['opened'][number] & { procedure: string }

const OPENED = `
  SELECT c.case_id AS id, c.procedure, c.lead_no AS "registerNo", c.title, c.updated_at AS "updatedAt",
         (SELECT count(*)::integer FROM record.event e
          WHERE e.stream_id = c.case_id AND e.type = 'FactNoted') AS entries,
         count(d.duty_id)::integer AS overdue
  FROM app.case_row c
  LEFT JOIN app.duty_row d ON d.case_id = c.case_id AND d.owed AND d.due < $2
  WHERE c.register AND c.agency_id = $1
  GROUP BY c.case_id ORDER BY c.title, c.case_id`

/** The registers that the agency's texts want, each with those that are kept. One that was begun under an earlier text stays. */
export const listRegisters = async (
  { store, library }: CaseDeps,
  actor: Actor,
): Promise<{ items: KeptRegister[] } | Refusal> => {
  const can = canKeepRegisters(actor)
  if (can !== true) return deny(can)
  const now = await store.clock.now()
  const { agency, rows } = await withAgency(store, actor.agencyId, async (tx) => ({
    agency: await getAgency(tx, actor.agencyId),
    rows: (await tx.query<Row>(OPENED, [actor.agencyId, now])).rows,
  }))
  const date = chinaDate(now)
  const kept = registersKeptBy(library.law, agency, date)
  const earlier = library.law.procedures.filter(
    (p) => rows.some((r) => r.procedure === p.id) && !kept.some((k) => k.id === p.id),
  )
  return {
    items: [...kept, ...earlier].map(({ id, name, act, purpose }) => ({
      procedure: id,
      name,
      act,
      ...(purpose === undefined ? {} : { purpose }),
      opened: rows.filter((r) => r.procedure === id),
    })),
  }
}
