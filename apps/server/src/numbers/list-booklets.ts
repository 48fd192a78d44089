import type { BookletView } from '@liuhen/api/routes/numbers'
import { told } from '@liuhen/api/schema/evaluation'
import { canKeepBooklet, numberIn } from '@liuhen/domain/booklet/booklet'
import type { Actor } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import type { Instant } from '@liuhen/law/fact'
import { withAgency } from '../postgres/transaction.ts'
import { type NumberDeps, preNumberedForms } from './change-booklet.ts'

type Row = {
  booklet_id: string
  type: string
  year: number
  prefix: string
  from_seq: number
  to_seq: number
  holder_id: string
  holder_name: string
  drawn_by: string
  drawn_at: Instant
  returned_at: Instant | null
  returned_by: string | null
  return_reason: string | null
}
type BlankRow = {
  booklet_id: string
  seq: number
  number: string
  state: BookletView['blanks'][number]['state']
  why: string | null
  note: string | null
}

const blankView = (b: BlankRow): BookletView['blanks'][number] => ({
  seq: b.seq,
  number: b.number,
  state: b.state,
  ...present({ why: b.why ?? undefined, note: b.note ?? undefined }),
})

const view = (r: Row, blanks: readonly BlankRow[], name: string, actor: Actor): BookletView => {
  const count = (state: BlankRow['state']): number => blanks.filter((b) => b.state === state).length
  return {
    id: r.booklet_id,
    type: r.type,
    name,
    year: r.year,
    first: numberIn(r.prefix, r.from_seq),
    last: numberIn(r.prefix, r.to_seq),
    holderId: r.holder_id,
    holder: r.holder_name,
    drawnBy: r.drawn_by,
    drawnAt: r.drawn_at,
    ...present({
      returned:
        r.returned_at === null
          ? undefined
          : { at: r.returned_at, by: r.returned_by ?? '', reason: r.return_reason ?? '' },
    }),
    counts: {
      open: count('open'),
      used: count('used'),
      voided: count('voided'),
      returned: count('returned'),
    },
    blanks: blanks.map(blankView),
    can: told(canKeepBooklet(actor, r.holder_id)),
  }
}

/** Booklets of the agency, the newest first, each with what became of its numbers. */
export const listBooklets = (deps: NumberDeps, actor: Actor) =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const forms = preNumberedForms(deps)
    const booklets = await tx.query<Row>(
      'SELECT * FROM app.booklet ORDER BY drawn_at DESC, booklet_id LIMIT 200',
    )
    const blanks = await tx.query<BlankRow>(
      'SELECT booklet_id, seq, number, state, why, note FROM app.blank WHERE booklet_id = ANY ($1) ORDER BY seq',
      [booklets.rows.map((r) => r.booklet_id)],
    )
    const items = booklets.rows.map((r) =>
      view(
        r,
        blanks.rows.filter((b) => b.booklet_id === r.booklet_id),
        forms.find((f) => f.type === r.type)?.name ?? r.type,
        actor,
      ),
    )
    return { items, forms }
  })
