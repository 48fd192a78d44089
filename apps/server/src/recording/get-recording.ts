import { RecordingView } from '@liuhen/api/routes/recordings'
import type { Actor } from '@liuhen/domain/event'
import type { ChainCheck } from '@liuhen/domain/recording/events'
import {
  canConfirmLegibility,
  canConfirmPlayback,
  canCopyRecording,
  canDescribeRecording,
  canViewRecording,
} from '@liuhen/domain/recording/can'
import { captionedOf, hasCaptions } from '@liuhen/domain/recording/captions'
import { standingLooks } from '@liuhen/domain/recording/playback'
import { isKept, type KeptRecording, type KnownRecording } from '@liuhen/domain/recording/state'
import { sequenceOf } from '@liuhen/domain/recording/sequence'
import type { Refusal } from '@liuhen/domain/refusal'
import { withAgency, type Tx } from '../postgres/transaction.ts'
import { caseOf } from './act-on-recording.ts'
import { handlesCase } from './handles-case.ts'
import { seesAll, VISIBLE } from './list-recordings.ts'
import { loadRecording, noSuchRecording } from './load-recording.ts'
import type { RecordingDeps } from './recording-deps.ts'

export type Opened = Readonly<{ state: KnownRecording; version: number; handles: boolean }>

/** The recording as one who may view it sees it. To anybody else of the agency, and to others, it does not exist. */
export const openRecordingIn = async (tx: Tx, actor: Actor, id: string): Promise<Opened | Refusal> => {
  const { state, version } = await loadRecording(tx, id)
  if (state.status === 'none') return noSuchRecording()
  const handles = await handlesCase(tx, actor, caseOf(state))
  return canViewRecording(state, actor, handles) === true ? { state, version, handles } : noSuchRecording()
}

/** The same device and beginning with other bytes: both are kept, and people look. */
const conflictsOf = async (tx: Tx, id: string, r: KnownRecording): Promise<string[]> => {
  const { device, madeFrom, sha256 } = r.manifest
  const { rows } = await tx.query<{ recording_id: string }>(
    `SELECT recording_id FROM app.recording_row
      WHERE device_id = $1 AND made_from = $2 AND sha256 <> $3 AND recording_id <> $4 ORDER BY recording_id`,
    [device.id, madeFrom, sha256, id],
  )
  return rows.map((row) => row.recording_id)
}

type Neighbour = {
  recording_id: string
  file_name: string
  made_from: string
  made_to: string
  session: KnownRecording['manifest']['session'] | null
  visible: boolean
}

/**
 * Files of the same device within a day: what a recorder numbers, and when it says that it ran. Officers share devices:
 * that something is amiss is told, but not beside which film where the actor may not view it.
 */
const sequenceIn = async (
  tx: Tx,
  actor: Actor,
  id: string,
  r: KnownRecording,
): Promise<RecordingView['sequence']> => {
  if (r.manifest.medium === 'photo') return []
  const { rows } = await tx.query<Neighbour>(
    `SELECT r.recording_id, r.file_name, r.made_from, r.made_to, r.state #> '{manifest,session}' AS session,
            ${VISIBLE} AS visible
       FROM app.recording_row r
      WHERE r.device_id = $3 AND r.medium <> 'photo'
        AND r.made_from BETWEEN $4::timestamptz - interval '1 day' AND $4::timestamptz + interval '1 day'
      ORDER BY r.made_from LIMIT 500`,
    [actor.personId ?? '', seesAll(actor), r.manifest.device.id, r.manifest.madeFrom],
  )
  const names = new Map(rows.filter((row) => row.visible).map((row) => [row.recording_id, row.file_name]))
  const files = rows.map((row) => ({
    id: row.recording_id,
    fileName: row.file_name,
    fromMs: Date.parse(row.made_from),
    toMs: Date.parse(row.made_to),
    session: row.session ?? undefined,
  }))
  return sequenceOf(id, files).map(({ otherId, ...found }) => {
    const otherName = names.get(otherId)
    return otherName === undefined ? found : { ...found, otherId, otherName }
  })
}

/** A run of a camera is one film: where two recordings were signed as the same one, both say so. */
const sameRunIn = async (tx: Tx, actor: Actor, id: string, check: ChainCheck | undefined) => {
  if (check?.run === undefined || check.key === undefined) return []
  const { chain, session, take } = check.run
  const { rows } = await tx.query<{ recording_id: string; file_name: string; visible: boolean }>(
    `SELECT r.recording_id, r.file_name, ${VISIBLE} AS visible FROM app.recording_row r
      WHERE r.state #>> '{chainCheck,key}' = $3 AND r.recording_id <> $4
        AND (r.state #>> '{chainCheck,run,chain}' = $5
          OR r.state #>> '{chainCheck,run,session}' = $6 AND r.state #>> '{chainCheck,run,take}' = $7)
      ORDER BY r.registered_at, r.recording_id LIMIT 20`,
    [actor.personId ?? '', seesAll(actor), check.key, id, chain, session, String(take)],
  )
  return rows.map((r) => (r.visible ? { id: r.recording_id, fileName: r.file_name } : {}))
}

const chainView = async (tx: Tx, actor: Actor, id: string, r: KnownRecording) =>
  r.chain && {
    ...r.chain,
    ...(r.chainCheck && { check: r.chainCheck }),
    alsoUnder: await sameRunIn(tx, actor, id, r.chainCheck),
  }

const hasPoster = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.query('SELECT FROM app.recording_poster WHERE recording_id = $1', [id])).rowCount === 1

const storedView = (r: KeptRecording) => {
  const { blob, chunkRoot, checksum } = r.stored
  return { ...blob, at: r.storedAt, chunkRoot, checksum }
}

const keptView = (r: KnownRecording) =>
  isKept(r)
    ? {
        stored: storedView(r),
        points: r.points,
        pins: r.pins ?? [],
        captions: hasCaptions(captionedOf(r)),
        ...(r.transcript && { transcript: r.transcript }),
        looks: standingLooks(r),
        ...(r.playbackEntry && { playbackEntry: r.playbackEntry }),
        ...(r.legibility && { legibility: r.legibility }),
        ...(r.evidence && { evidence: r.evidence }),
        ...(r.destroyed && { destroyed: r.destroyed }),
        ...(r.status === 'checked' && { check: r.check }),
      }
    : { points: [], pins: [], captions: false, looks: [] }

export const getRecording = (
  deps: Pick<RecordingDeps, 'store'>,
  actor: Actor,
  id: string,
): Promise<RecordingView | Refusal> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const opened = await openRecordingIn(tx, actor, id)
    if ('refused' in opened) return opened
    const { state, version, handles } = opened
    return RecordingView.parse({
      id,
      version,
      status: state.status,
      manifest: state.manifest,
      registeredAt: state.registeredAt,
      ...keptView(state),
      ...(state.labels && { labels: state.labels }),
      ...(state.link && { link: state.link }),
      interruptions: state.interruptions,
      rejectedTransfers: state.rejected.length,
      conflicts: await conflictsOf(tx, id, state),
      sequence: await sequenceIn(tx, actor, id, state),
      ...(state.chain && { chain: await chainView(tx, actor, id, state) }),
      hasPoster: await hasPoster(tx, id),
      can: {
        describe: canDescribeRecording(state, actor, handles),
        copy: canCopyRecording(actor),
        confirmPlayback: canConfirmPlayback(state, actor, handles),
        confirmLegibility: canConfirmLegibility(state, actor, handles),
      },
    })
  })
