import * as booklet from '@liuhen/domain/booklet/booklet'
import { chinaDate } from '@liuhen/domain/document/china-time'
import type { Actor, RecordedEvent } from '@liuhen/domain/event'
import { type Decision, isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import { getAgency } from '../case-stream/agency.ts'
import { findPerson, findRoles } from '../case-stream/people.ts'
import { seriesOf } from '../case-stream/numbers.ts'
import { execute } from '../event-store/execute.ts'
import type { Store } from '../event-store/store.ts'
import { takeNumbers } from '../event-store/take-number.ts'
import { uuidv7 } from '../event-store/uuidv7.ts'
import type { LawLibrary } from '../law/library.ts'
import type { Tx } from '../postgres/transaction.ts'

export type NumberDeps = Readonly<{ store: Store; library: LawLibrary }>
export type BookletCommand = Readonly<{ commandId: string; actor: Actor; what: string }>
export type BookletDone = Readonly<{ version: number; id: string }>

const evolve = (s: booklet.BookletState, e: RecordedEvent): booklet.BookletState =>
  e.streamType === 'booklet' ? booklet.evolveBooklet(s, booklet.BookletEvent.parse(e)) : s

type Rule = (
  s: booklet.BookletState,
  at: Readonly<{ now: string; tx: Tx }>,
) => Promise<Decision<booklet.BookletEvent>>

const onBooklet = async (
  { store }: NumberDeps,
  { commandId, actor, what }: BookletCommand,
  id: string,
  rule: Rule,
): Promise<BookletDone | Refusal> => {
  let version = 0
  const outcome = await execute<booklet.BookletState, booklet.BookletEvent>(store, {
    commandId,
    agencyId: actor.agencyId,
    actor,
    streamType: 'booklet',
    streamId: id,
    what,
    initial: booklet.initialBooklet,
    evolve,
    decide: (state, at) => {
      version = at.version + 1
      return rule(state, at)
    },
    result: () => ({ version, id }),
  })
  return isRefusal(outcome) ? outcome : (outcome.result as BookletDone)
}

/** Papers that are drawn as numbered blanks, by the law on this day. */
export const preNumberedForms = ({ library }: Pick<NumberDeps, 'library'>) =>
  library.law.documents.flatMap(({ id, name, numbering }) =>
    numbering?.preNumbered === true ? [{ type: id, name, word: numbering.word }] : [],
  )

const noForm = refuse('not-found', '这种文书没有预编号的格式。', '请从可以领用的文书中选择。')

export const drawBooklet = async (
  deps: NumberDeps,
  c: BookletCommand,
  body: booklet.DrawBooklet,
): Promise<BookletDone | Refusal> => {
  const form = preNumberedForms(deps).find((f) => f.type === body.type)
  if (form === undefined) return noForm
  return onBooklet(deps, c, uuidv7(Date.now()), async (state, { now, tx }) => {
    const { agencyId } = c.actor
    const { shortName } = await getAgency(tx, agencyId)
    const { word, type } = form
    const date = chinaDate(now)
    const person = await findPerson(tx, body.holderId)
    const roles = await findRoles(tx, body.holderId)
    const holder = person && { personId: person.personId, name: person.name ?? '', roles }
    const year = Number(date.slice(0, 4))
    const take = () => takeNumbers(tx, { agencyId, word, year }, body.count)
    const drawing = { type, word, year, prefix: seriesOf({ shortName, word, date }), take, holder }
    return booklet.drawBooklet(state, body, drawing, { now, actor: c.actor })
  })
}

/** Locked, so that no paper takes the blank while it is being voided or given back. */
const blanksOf = async (tx: Tx, id: string) => {
  await tx.query('SELECT booklet_id FROM app.booklet WHERE booklet_id = $1 FOR UPDATE', [id])
  const { rows } = await tx.query<{ seq: number; state: booklet.BlankState }>(
    'SELECT seq, state FROM app.blank WHERE booklet_id = $1 ORDER BY seq',
    [id],
  )
  return rows
}

export const voidBlank = (
  deps: NumberDeps,
  c: BookletCommand,
  at: Readonly<{ id: string; seq: number }>,
  body: booklet.VoidBlank,
): Promise<BookletDone | Refusal> =>
  onBooklet(deps, c, at.id, async (state, { now, tx }) => {
    const blank = (await blanksOf(tx, at.id)).find((b) => b.seq === at.seq)
    return booklet.voidBlank(state, { ...body, seq: at.seq }, blank?.state, { now, actor: c.actor })
  })

export const returnBooklet = (
  deps: NumberDeps,
  c: BookletCommand,
  id: string,
  body: Readonly<{ reason: string }>,
): Promise<BookletDone | Refusal> =>
  onBooklet(deps, c, id, async (state, { now, tx }) => {
    const open = (await blanksOf(tx, id)).filter((b) => b.state === 'open').map((b) => b.seq)
    return booklet.returnBooklet(state, body, open, { now, actor: c.actor })
  })
