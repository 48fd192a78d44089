import { z } from 'zod'
import { PublishedSummary } from '@liuhen/domain/disclosure/events'
import type { RecordedEvent } from '@liuhen/domain/event'
import type { Projection } from '../event-store/store.ts'
import type { Tx } from '../postgres/transaction.ts'

/** The public site of this installation; what another body publishes does not stand there. */
export const PORTAL = 'portal'

const Published = z.object({ disclosureId: z.uuid(), summary: PublishedSummary, channel: z.string() })
const Withdrawn = z.object({ disclosureId: z.uuid(), reason: z.string() })

const publish = async (tx: Tx, event: RecordedEvent): Promise<void> => {
  const { disclosureId, summary: s, channel } = Published.parse(event.data.public)
  if (channel !== PORTAL) return
  await tx.query(
    `INSERT INTO published.decision (disclosure_id, agency_id, event_id, decision_no, agency, party, party_kind,
       violation, penalty, basis, decided_on, published_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      disclosureId,
      event.agencyId,
      event.id,
      s.decisionNo,
      s.agency,
      s.party,
      s.partyKind,
      s.violation,
      s.penalty,
      s.basis,
      s.decidedOn,
      event.recordedAt,
    ],
  )
}

/** What was published goes; that it was, when it was taken back and why stays to be read at its address. */
const withdraw = async (tx: Tx, event: RecordedEvent): Promise<void> => {
  const { disclosureId, reason } = Withdrawn.parse(event.data.public)
  await tx.query(
    `WITH gone AS (DELETE FROM published.decision WHERE disclosure_id = $1
                   RETURNING disclosure_id, agency_id, decision_no, agency, published_at)
     INSERT INTO published.withdrawal
       (disclosure_id, agency_id, decision_no, agency, published_at, withdrawn_at, reason)
     SELECT disclosure_id, agency_id, decision_no, agency, published_at, $2, $3 FROM gone`,
    [disclosureId, event.recordedAt, reason],
  )
}

/** The public table of the portal. Its schema is strict: an event that says more than may be published does not get in. */
export const disclosureProjection: Projection = {
  name: 'disclosure',
  tables: ['published.withdrawal', 'published.decision'],
  apply: async (tx, event) => {
    if (event.type === 'DisclosurePublished') await publish(tx, event)
    if (event.type === 'DisclosureWithdrawn') await withdraw(tx, event)
  },
}
