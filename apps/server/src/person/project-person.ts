import type { RecordedEvent } from '@liuhen/domain/event'
import type { PersonEvent } from '@liuhen/domain/person/events'
import type { Projection } from '../event-store/store.ts'
import type { Tx } from '../postgres/transaction.ts'

const isPersonEvent = (e: RecordedEvent): e is RecordedEvent & PersonEvent => e.streamType === 'person'

const insert = async (tx: Tx, e: RecordedEvent & Extract<PersonEvent, { type: 'PersonRegistered' }>) => {
  const { name, unit, position, certificate, legalQualified, login } = e.data.internal
  await tx.query(
    `INSERT INTO app.person
       (person_id, agency_id, name, unit, position, cert_no, cert_valid_to, legal_qualified, roles, login)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      e.streamId,
      e.agencyId,
      name,
      unit ?? null,
      position ?? null,
      certificate?.certNo ?? null,
      certificate?.certValidTo ?? null,
      legalQualified,
      e.data.public.roles,
      login ?? null,
    ],
  )
}

const nameStandIn = async (tx: Tx, e: RecordedEvent & Extract<PersonEvent, { type: 'StandInNamed' }>) => {
  const { delegationId, from, to, ranks } = e.data.public
  const { delegateId, reason } = e.data.internal
  await tx.query(
    `INSERT INTO app.stand_in
       (delegation_id, agency_id, person_id, delegate_id, ranks, from_day, to_day, reason, named_by, named_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [delegationId, e.agencyId, e.streamId, delegateId, ranks, from, to, reason, e.actor.name, e.occurredAt],
  )
}

/** app.person from person streams: who acts, with which roles and which certificate. */
export const personProjection: Projection = {
  name: 'person',
  tables: ['app.stand_in', 'app.person'],
  apply: async (tx, event) => {
    if (!isPersonEvent(event)) return
    switch (event.type) {
      case 'PersonRegistered':
        return insert(tx, event)
      case 'CertificateRenewed': {
        const { certNo, certValidTo } = event.data.internal
        await tx.query('UPDATE app.person SET cert_no = $2, cert_valid_to = $3 WHERE person_id = $1', [
          event.streamId,
          certNo,
          certValidTo,
        ])
        return
      }
      case 'RolesChanged': {
        const { unit, position } = event.data.internal
        await tx.query('UPDATE app.person SET roles = $2, unit = $3, position = $4 WHERE person_id = $1', [
          event.streamId,
          event.data.public.roles,
          unit ?? null,
          position ?? null,
        ])
        return
      }
      case 'PersonDeactivated':
        await tx.query(
          `UPDATE app.person SET left_on = ($2::timestamptz AT TIME ZONE 'Asia/Shanghai')::date WHERE person_id = $1`,
          [event.streamId, event.occurredAt],
        )
        return
      case 'PersonReactivated':
        await tx.query('UPDATE app.person SET left_on = NULL WHERE person_id = $1', [event.streamId])
        return
      case 'AccountOpened':
        await tx.query('UPDATE app.person SET login = $2 WHERE person_id = $1', [
          event.streamId,
          event.data.internal.login,
        ])
        return
      case 'StandInNamed':
        return nameStandIn(tx, event)
      case 'StandInEnded':
        await tx.query(
          'UPDATE app.stand_in SET ended_at = $2, ended_by = $3, end_reason = $4 WHERE delegation_id = $1',
          [event.data.public.delegationId, event.occurredAt, event.actor.name, event.data.internal.reason],
        )
        return
      case 'PasswordReset':
    }
  },
}
