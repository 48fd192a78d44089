import type { Actor } from '@liuhen/domain/event'
import type { Tx } from '../postgres/transaction.ts'

/** True when the actor is a handler of the case, as the list of cases has it. A register has no handlers: who keeps it does not see its films for that. */
export const handlesCase = async (tx: Tx, actor: Actor, caseId: string | undefined): Promise<boolean> => {
  if (caseId === undefined) return false
  const { rowCount } = await tx.query(
    'SELECT FROM app.case_row WHERE case_id = $1 AND $2 = ANY (handler_ids)',
    [caseId, actor.personId ?? ''],
  )
  return rowCount === 1
}

/** True when the case that a recording is said to belong to takes nothing any more, as the list of cases has it. */
export const isArchived = async (tx: Tx, caseId: string | undefined): Promise<boolean> => {
  if (caseId === undefined) return false
  const { rowCount } = await tx.query("SELECT FROM app.case_row WHERE case_id = $1 AND status = 'archived'", [
    caseId,
  ])
  return rowCount === 1
}
