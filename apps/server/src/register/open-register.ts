import { openRegister as decideRegister } from '@liuhen/domain/case/open-register'
import type { Actor } from '@liuhen/domain/event'
import { refuse, type Refusal } from '@liuhen/domain/refusal'
import { registersKeptBy } from '@liuhen/law/choice'
import type { CaseDone } from '../case-stream/act-on-case.ts'
import { beginStream } from '../case-stream/begin-stream.ts'
import type { CaseDeps } from '../case-stream/open-case.ts'
import type { Tx } from '../postgres/transaction.ts'

type NewRegister = Readonly<{ procedure: string; title: string }>

/** Two that are opened at once under one title: the second waits for the first, and then sees it. */
const alreadyKept = async (tx: Tx, agencyId: string, r: NewRegister): Promise<Refusal | undefined> => {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
    JSON.stringify(['register', agencyId, r.procedure, r.title]),
  ])
  const { rowCount } = await tx.query(
    'SELECT FROM app.case_row WHERE register AND agency_id = $1 AND procedure = $2 AND title = $3',
    [agencyId, r.procedure, r.title],
  )
  return rowCount === 0
    ? undefined
    : refuse('duplicate', `已有名为“${r.title}”的台账`, '请打开它登记；另立一本的，请换一个名称')
}

/** A register of the agency begins. Its number stands in a series of its own. */
export const openRegister = async (
  deps: CaseDeps,
  c: Readonly<{ commandId: string; actor: Actor }>,
  register: NewRegister,
): Promise<CaseDone | Refusal> => {
  const openedAt = await deps.store.clock.now()
  return beginStream(deps, c, {
    what: 'openRegister',
    procedure: register.procedure,
    startedAt: openedAt,
    word: '台账',
    offered: registersKeptBy,
    notOffered: refuse('wrong-state', '本机关的制度没有规定这种台账', '请从本机关的台账中选择'),
    unless: (tx) => alreadyKept(tx, c.actor.agencyId, register),
    decide: ({ number, law }, ctx) =>
      decideRegister({ kind: 'none' }, { ...register, law, openedAt, registerNo: number }, ctx),
  })
}
