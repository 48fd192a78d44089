import type { Fact } from '@liuhen/law/fact'
import { readStreamIn } from '../event-store/read-stream.ts'
import type { Tx } from '../postgres/transaction.ts'
import { foldCase } from './folded-case.ts'

export type ReadRegister = Readonly<{ id: string; procedure: string; title: string; facts: readonly Fact[] }>

/** The agency's registers (019) under these procedures, with all that they say. */
export const readRegisters = async (
  tx: Tx,
  procedures: readonly string[],
): Promise<readonly ReadRegister[]> => {
  if (procedures.length === 0) return []
  const { rows } = await tx.query<{ id: string; procedure: string; title: string }>(
    `SELECT case_id AS id, procedure, title FROM app.case_row WHERE register AND procedure = ANY($1)
      ORDER BY case_id`,
    [procedures],
  )
  const registers: ReadRegister[] = []
  for (const row of rows) {
    const { state } = foldCase(await readStreamIn(tx, row.id))
    if (state.kind === 'open') registers.push({ ...row, facts: state.facts })
  }
  return registers
}
