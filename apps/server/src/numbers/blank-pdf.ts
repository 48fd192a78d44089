import { canKeepBooklet } from '@liuhen/domain/booklet/booklet'
import type { Actor } from '@liuhen/domain/event'
import { deny, refuse, type Refusal } from '@liuhen/domain/refusal'
import { present } from '@liuhen/domain/present'
import { getAgency } from '../case-stream/agency.ts'
import type { Renderer } from '../pdf/render.ts'
import { withAgency } from '../postgres/transaction.ts'
import type { NumberDeps } from './change-booklet.ts'

type Row = { type: string; number: string; state: string; holder_id: string }

/** The paper empty, with its number: to be printed and filled in by hand. Nothing is recorded; the number was drawn before. */
export const blankPdf = async (
  deps: NumberDeps & Readonly<{ renderer: Pick<Renderer, 'render'> }>,
  actor: Actor,
  at: Readonly<{ id: string; seq: number }>,
): Promise<Uint8Array | Refusal> => {
  const found = await withAgency(deps.store, actor.agencyId, async (tx) => {
    const { rows } = await tx.query<Row>(
      `SELECT k.type, b.number, b.state, k.holder_id FROM app.blank b JOIN app.booklet k USING (booklet_id)
        WHERE b.booklet_id = $1 AND b.seq = $2`,
      [at.id, at.seq],
    )
    return { row: rows[0], agency: await getAgency(tx, actor.agencyId) }
  })
  const { row, agency } = found
  const definition = deps.library.law.documents.find((d) => d.id === row?.type)
  if (row === undefined || definition === undefined)
    return refuse('not-found', '没有这个号码的空白文书。', '请在文号登记簿中重新选择。')
  const can = canKeepBooklet(actor, row.holder_id)
  if (can !== true) return deny(can)
  if (row.state !== 'open')
    return refuse(
      'wrong-state',
      '这个号码已经使用、作废或者交回，不能再打印空白。',
      '请选择还没有使用的号码。',
    )
  const { name, shortName, address, phone, reconsiderationBody, court, paymentBank, paymentAccount } = agency
  const known = present({
    name,
    shortName,
    address,
    phone,
    reconsiderationBody,
    court,
    paymentBank,
    paymentAccount,
  })
  const { bytes } = await deps.renderer.render({
    definition,
    data: present({ reconsiderationBody, court }),
    context: { agency: known, case: { title: '' } },
    number: row.number,
    blank: true,
    approvals: [],
    signatures: [],
    clock: deps.store.clock.kind,
  })
  return bytes
}
