import type { RecordedEvent } from '@liuhen/domain/event'
import { placeOf } from '@liuhen/domain/recording/place-of'
import { standingLooks } from '@liuhen/domain/recording/playback'
import {
  initialRecording,
  isKept,
  type KnownRecording,
  type RecordingState,
} from '@liuhen/domain/recording/state'
import { SHRED_EVENT } from '@liuhen/ledger/shredding'
import { readStreamIn } from '../event-store/read-stream.ts'
import type { Projection } from '../event-store/store.ts'
import type { Tx } from '../postgres/transaction.ts'
import { evolveRecorded } from './load-recording.ts'

const UPSERT = `INSERT INTO app.recording_row (recording_id, agency_id, version, status, file_name, medium, mime,
    device_id, officer_id, officer_name, made_from, made_to, sha256, size_bytes, case_id, step, scene, labelled,
    evidence, verdict, registered_at, stored_at, state, looks, entered_at, for_case_id, party, destroyed,
    latitude, longitude, place_source, place_metres)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25,
    $26, $27, $28, $29, $30, $31, $32)
  ON CONFLICT (recording_id) DO UPDATE SET version = $3, status = $4, case_id = $15, step = $16, scene = $17,
    labelled = $18, evidence = $19, verdict = $20, stored_at = $22, state = $23,
    looks = $24, entered_at = $25, for_case_id = $26, party = $27, destroyed = $28, latitude = $29, longitude = $30,
    place_source = $31, place_metres = $32`

const rowOf = (event: RecordedEvent, r: KnownRecording): unknown[] => {
  const m = r.manifest
  const filed = r.link ?? m.suggestion
  const place = placeOf(r)
  return [
    event.streamId,
    event.agencyId,
    event.version,
    r.status,
    m.fileName,
    m.medium,
    m.mime,
    m.device.id,
    m.officer.personId,
    m.officer.name,
    m.madeFrom,
    m.madeTo,
    m.sha256,
    m.sizeBytes,
    r.link?.caseId ?? null,
    filed?.step ?? null,
    filed?.scene ?? null,
    r.labels !== undefined,
    isKept(r) && r.evidence !== undefined,
    r.status === 'checked' ? r.check.verdict : null,
    r.registeredAt,
    isKept(r) ? r.storedAt : null,
    JSON.stringify(r),
    JSON.stringify(isKept(r) ? standingLooks(r) : []),
    (isKept(r) ? r.playbackEntry?.at : undefined) ?? null,
    r.link?.caseId ?? m.suggestion?.caseId ?? null,
    r.labels?.party ?? null,
    isKept(r) && r.destroyed !== undefined,
    place?.latitude ?? null,
    place?.longitude ?? null,
    place?.source ?? null,
    place?.accuracyMetres ?? null,
  ]
}

const stateBefore = async (tx: Tx, recordingId: string): Promise<RecordingState> => {
  const { rows } = await tx.query<{ state: RecordingState }>(
    'SELECT state FROM app.recording_row WHERE recording_id = $1',
    [recordingId],
  )
  return rows[0]?.state ?? initialRecording
}

/** After a shredding everything is folded anew: what was let go of is in the row no more. */
const stateAfter = async (tx: Tx, event: RecordedEvent): Promise<RecordingState> => {
  if (event.type === SHRED_EVENT)
    return (await readStreamIn(tx, event.streamId))
      .filter((e) => e.version <= event.version)
      .reduce(evolveRecorded, initialRecording)
  const before = event.version === 1 ? initialRecording : await stateBefore(tx, event.streamId)
  return evolveRecorded(before, event)
}

export const recordingProjection: Projection = {
  name: 'recording',
  tables: ['app.recording_row'],
  apply: async (tx, event) => {
    if (event.streamType !== 'recording') return
    const after = await stateAfter(tx, event)
    if (after.status !== 'none') await tx.query(UPSERT, rowOf(event, after))
  },
}
