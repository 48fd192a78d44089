import { createHash } from 'node:crypto'
import { DockingEvent, type ListedFile } from '@liuhen/domain/docking/events'
import type { RecordedEvent } from '@liuhen/domain/event'
import type { Projection } from '../event-store/store.ts'
import type { Tx } from '../postgres/transaction.ts'

/** By which a card that comes back is known: every path with its size and time, in the order of paths. */
export const listDigest = (files: readonly ListedFile[]): string => {
  const lines = files.map((f) => `${f.path}\n${f.sizeBytes}\n${Date.parse(f.modifiedAt)}\n`)
  return createHash('sha256').update(lines.toSorted().join('')).digest('hex')
}

type Of<T extends DockingEvent['type']> = Extract<DockingEvent, { type: T }>

const begin = async (tx: Tx, recorded: RecordedEvent, e: Of<'DockingBegun'>): Promise<void> => {
  const { station, device, files, clock } = e.data.internal
  const { streamId, agencyId, actor } = recorded
  await tx.query(
    `INSERT INTO app.docking_row (docking_id, agency_id, version, status, station, device_id, list_digest,
       begun_by, begun_at, clock) VALUES ($1, $2, 1, 'open', $3, $4, $5, $6, $7, $8)`,
    [streamId, agencyId, station, device.id, listDigest(files), actor.userId, e.occurredAt, clock ?? null],
  )
  await tx.query(
    `INSERT INTO app.docked_file (docking_id, path, agency_id, size_bytes)
       SELECT $1, path, $2, size FROM unnest($3::text[], $4::bigint[]) AS f (path, size)`,
    [streamId, agencyId, files.map((f) => f.path), files.map((f) => f.sizeBytes)],
  )
}

const REGISTER = `UPDATE app.docked_file d SET sha256 = f.sha256, recording_id = f.id
  FROM unnest($2::text[], $3::text[], $4::text[]) AS f (path, sha256, id)
 WHERE d.docking_id = $1 AND d.path = f.path`
const SET_ASIDE = `UPDATE app.docked_file d SET sha256 = f.sha256, aside = f.reason, kept = d.size_bytes = 0
  FROM unnest($2::text[], $3::text[], $4::text[]) AS f (path, sha256, reason)
 WHERE d.docking_id = $1 AND d.path = f.path`

type Files<T> = readonly Readonly<{ path: string; sha256: string } & T>[]
const columns = <T>(files: Files<T>, last: (file: T) => string): readonly (readonly string[])[] => [
  files.map((f) => f.path),
  files.map((f) => f.sha256),
  files.map((f) => last(f)),
]

/** Each event changes the rows that it speaks of and nothing else. */
const applyTo = async (tx: Tx, id: string, e: Exclude<DockingEvent, { type: 'DockingBegun' }>) => {
  switch (e.type) {
    case 'DeviceClockRead':
      return tx.query('UPDATE app.docking_row SET clock = $2 WHERE docking_id = $1', [
        id,
        e.data.internal.clock,
      ])
    case 'DockedFilesRegistered':
      return tx.query(REGISTER, [id, ...columns(e.data.internal.files, (f) => f.recordingId)])
    case 'DockedFilesSetAside':
      return tx.query(SET_ASIDE, [id, ...columns(e.data.internal.files, (f) => f.reason)])
    case 'AsideBytesKept':
      return tx.query('UPDATE app.docked_file SET kept = true WHERE docking_id = $1 AND path = $2', [
        id,
        e.data.internal.path,
      ])
    case 'AsideBytesRejected':
      return undefined
    case 'AsideResolved': {
      const { internal } = e.data
      return tx.query(
        'UPDATE app.docked_file SET resolved = true, recording_id = $3 WHERE docking_id = $1 AND path = $2',
        [id, internal.path, 'recordingId' in internal ? internal.recordingId : null],
      )
    }
    case 'DockingCompleted':
      return tx.query(
        `UPDATE app.docking_row SET status = 'completed', completed_at = $2 WHERE docking_id = $1`,
        [id, e.occurredAt],
      )
    case 'DeviceCleared':
      return tx.query(
        `UPDATE app.docking_row SET status = 'cleared', cleared_at = $2 WHERE docking_id = $1`,
        [id, e.occurredAt],
      )
  }
}

export const dockingProjection: Projection = {
  name: 'docking',
  tables: ['app.docking_row', 'app.docked_file'],
  apply: async (tx, recorded) => {
    if (recorded.streamType !== 'docking') return
    const event = DockingEvent.parse(recorded)
    if (event.type === 'DockingBegun') return begin(tx, recorded, event)
    await applyTo(tx, recorded.streamId, event)
    await tx.query('UPDATE app.docking_row SET version = $2 WHERE docking_id = $1', [
      recorded.streamId,
      recorded.version,
    ])
  },
}
