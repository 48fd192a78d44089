import { BookletEvent, numberIn, VOID_WHY_NAMES } from '@liuhen/domain/booklet/booklet'
import { CaseEventData } from '@liuhen/domain/case/events'
import type { RecordedEvent } from '@liuhen/domain/event'
import type { Projection } from '../event-store/store.ts'
import type { Tx } from '../postgres/transaction.ts'

const draw = async (
  tx: Tx,
  e: RecordedEvent,
  data: Extract<BookletEvent, { type: 'BookletDrawn' }>['data'],
) => {
  const { type, word, year, prefix, from, to } = data.public
  const { holder } = data.internal
  await tx.query(
    `INSERT INTO app.booklet
       (booklet_id, agency_id, type, word, year, prefix, from_seq, to_seq, holder_id, holder_name, drawn_by, drawn_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      e.streamId,
      e.agencyId,
      type,
      word,
      year,
      prefix,
      from,
      to,
      holder.personId,
      holder.name,
      e.actor.name,
      e.occurredAt,
    ],
  )
  const seqs = Array.from({ length: to - from + 1 }, (_, i) => from + i)
  await tx.query(
    `INSERT INTO app.blank (agency_id, word, year, seq, booklet_id, number, state, at, by_name)
     SELECT $1, $2, $3, t.seq, $4, t.number, 'open', $5, $6 FROM unnest($7::integer[], $8::text[]) AS t(seq, number)`,
    [
      e.agencyId,
      word,
      year,
      e.streamId,
      e.occurredAt,
      e.actor.name,
      seqs,
      seqs.map((n) => numberIn(prefix, n)),
    ],
  )
}

const mark = (tx: Tx, e: RecordedEvent, seqs: readonly number[], state: string, why: string, note: string) =>
  tx.query(
    `UPDATE app.blank SET state = $3, why = $4, note = $5, at = $6, by_name = $7
      WHERE booklet_id = $1 AND seq = ANY ($2) AND state = 'open'`,
    [e.streamId, [...seqs], state, why, note, e.occurredAt, e.actor.name],
  )

const applyBooklet = async (tx: Tx, recorded: RecordedEvent): Promise<void> => {
  const e = BookletEvent.parse(recorded)
  switch (e.type) {
    case 'BookletDrawn':
      return draw(tx, recorded, e.data)
    case 'BlankVoided': {
      const { seq, why } = e.data.public
      await mark(tx, recorded, [seq], 'voided', VOID_WHY_NAMES[why], e.data.internal.note)
      return
    }
    case 'BookletReturned': {
      const { reason } = e.data.internal
      await mark(tx, recorded, e.data.public.seqs, 'returned', '交回', reason)
      await tx.query(
        'UPDATE app.booklet SET returned_at = $2, returned_by = $3, return_reason = $4 WHERE booklet_id = $1',
        [recorded.streamId, recorded.occurredAt, recorded.actor.name, reason],
      )
    }
  }
}

/** The number that an event of a case puts on a paper: given at issue, or said of what was written by hand. */
const numberOf = (e: RecordedEvent): string | undefined => {
  if (e.type === 'DocumentIssued') return CaseEventData.DocumentIssued.safeParse(e.data).data?.public.number
  if (e.type !== 'DocumentSubmitted') return undefined
  return CaseEventData.DocumentSubmitted.safeParse(e.data).data?.public.preNumber
}

/** Booklets from their own streams; a blank is used once a paper of a case bears its number. */
export const bookletProjection: Projection = {
  name: 'booklet',
  tables: ['app.blank', 'app.booklet'],
  apply: async (tx, event) => {
    if (event.streamType === 'booklet') return applyBooklet(tx, event)
    const number = event.streamType === 'case' ? numberOf(event) : undefined
    if (number === undefined) return
    await tx.query(
      `UPDATE app.blank SET state = 'used', at = $3, by_name = $4
        WHERE agency_id = $1 AND number = $2 AND state = 'open'`,
      [event.agencyId, number, event.occurredAt, event.actor.name],
    )
  },
}
