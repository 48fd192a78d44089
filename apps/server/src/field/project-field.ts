import { DeviceKeyEvent } from '@liuhen/domain/device-key/device-key'
import type { RecordedEvent } from '@liuhen/domain/event'
import { FieldSessionEvent } from '@liuhen/domain/field-session/field-session'
import type { Projection } from '../event-store/store.ts'
import type { Tx } from '../postgres/transaction.ts'

const applyKey = async (tx: Tx, recorded: RecordedEvent): Promise<void> => {
  const e = DeviceKeyEvent.parse(recorded)
  const { streamId, agencyId, version, actor } = recorded
  if (e.type === 'DeviceKeyRequested') {
    const { fingerprint, label, officer } = e.data.internal
    await tx.query(
      `INSERT INTO app.device_key (key_id, agency_id, version, status, fingerprint, label, officer_id, officer_name,
         requested_at) VALUES ($1, $2, $3, 'requested', $4, $5, $6, $7, $8)`,
      [streamId, agencyId, version, fingerprint, label, officer.personId, officer.name, e.occurredAt],
    )
    return
  }
  const [status, reason] =
    e.type === 'DeviceKeyApproved' ? ['approved', null] : ['revoked', e.data.internal.reason]
  await tx.query(
    `UPDATE app.device_key SET version = $2, status = $3, settled_at = $4, settled_by = $5, reason = $6
      WHERE key_id = $1`,
    [streamId, version, status, e.occurredAt, actor.name, reason],
  )
}

const begin = (
  tx: Tx,
  { streamId, agencyId, version }: RecordedEvent,
  e: Extract<FieldSessionEvent, { type: 'FieldSessionAnnounced' }>,
) => {
  const { session, officer, medium, key, about, begunAt } = e.data.internal
  return tx.query(
    `INSERT INTO app.field_session (stream_id, agency_id, version, session_id, officer_id, officer_name, medium, key,
       case_id, step, begun_at, announced_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      streamId,
      agencyId,
      version,
      session,
      officer.personId,
      officer.name,
      medium,
      key,
      about?.caseId ?? null,
      about?.step ?? null,
      begunAt,
      e.occurredAt,
    ],
  )
}

/** Each event changes what it speaks of and nothing else. */
const applySession = async (tx: Tx, recorded: RecordedEvent): Promise<void> => {
  const e = FieldSessionEvent.parse(recorded)
  const set = (columns: string, ...values: readonly unknown[]) =>
    tx.query(`UPDATE app.field_session SET version = $2, ${columns} WHERE stream_id = $1`, [
      recorded.streamId,
      recorded.version,
      ...values,
    ])
  switch (e.type) {
    case 'FieldSessionAnnounced':
      await begin(tx, recorded, e)
      return
    case 'FieldSessionEnded':
      await set('takes = $3, ended_at = $4', e.data.internal.takes, e.data.internal.endedAt)
      return
    case 'FieldSessionReminded':
      await set('reminded = $3', e.data.internal.day)
      return
    case 'FieldSessionGivenUp':
      await set('given_up = $3', e.data.internal.reason)
  }
}

export const fieldProjection: Projection = {
  name: 'field',
  tables: ['app.device_key', 'app.field_session'],
  apply: async (tx, recorded) => {
    if (recorded.streamType === 'device-key') await applyKey(tx, recorded)
    if (recorded.streamType === 'field-session') await applySession(tx, recorded)
  },
}
