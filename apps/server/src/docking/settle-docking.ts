import { randomUUID } from 'node:crypto'
import type { BodyOf } from '@liuhen/api/route'
import type { resolveAside as resolveRoute } from '@liuhen/api/routes/dockings'
import * as decide from '@liuhen/domain/docking/commands'
import type { DockedFile, KnownDocking } from '@liuhen/domain/docking/state'
import { present } from '@liuhen/domain/present'
import { mimeOf } from '@liuhen/domain/recording/formats'
import { registerRecording, storeRecording } from '@liuhen/domain/recording/commands'
import type { RecordingEvent, Stored } from '@liuhen/domain/recording/events'
import { foldRecording, initialRecording } from '@liuhen/domain/recording/state'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import { CHUNK_BYTES } from '../blobs/chunk-size.ts'
import { findOfficers } from '../case-stream/people.ts'
import { append } from '../event-store/append.ts'
import { recordAttempt } from '../event-store/record-attempt.ts'
import { withAgency, type Tx } from '../postgres/transaction.ts'
import { CHECK_RECORDING } from '../recording/upload-target.ts'
import { actOnDocking } from './act-on-docking.ts'
import { dockedManifest } from './docked-manifest.ts'
import type { DockingCommand, DockingDeps, DockingDone } from './docking-deps.ts'
import { loadDocking, noSuchDocking } from './load-docking.ts'
import { knownRecordings } from './sort-files.ts'

type Outcome = Promise<DockingDone | Refusal>

/** Those of these recordings whose bytes are in the store. */
export const keptRecordings = async (tx: Tx, d: KnownDocking): Promise<ReadonlySet<string>> => {
  const ids = d.files.flatMap((f) => (f.as === 'recording' ? [f.recordingId] : []))
  const { rows } = await tx.query<{ id: string }>(
    `SELECT recording_id AS id FROM app.recording_row WHERE recording_id = ANY ($1) AND status <> 'registered'`,
    [ids],
  )
  return new Set(rows.map((r) => r.id))
}

export const completeDocking = (deps: DockingDeps, c: DockingCommand): Outcome =>
  actOnDocking(deps, c, async (s, { now, tx }) => {
    const kept = s.status === 'none' ? new Set<string>() : await keptRecordings(tx, s)
    return decide.completeDocking(s, kept, { now, actor: c.actor })
  })

export const clearDevice = async (deps: DockingDeps, c: DockingCommand): Outcome => {
  const stores = await deps.countStores()
  return actOnDocking(deps, c, async (s, { now, tx }) => {
    const digests = s.status === 'none' ? [] : s.files.flatMap((f) => (f.as === 'listed' ? [] : [f.sha256]))
    const copies = await deps.copiesOf(tx, digests)
    return decide.clearDevice(s, { copies, stores }, { now, actor: c.actor })
  })
}

type Resolution = BodyOf<typeof resolveRoute>
type As = Extract<Resolution['as'], { officerId: string }>
type AsideFile = Extract<DockedFile, { as: 'aside' }>

const storedOf = async (tx: Tx, f: AsideFile, mime: string): Promise<Stored> => {
  const { rows } = await tx.query<{ chunk_root: string }>(
    `SELECT chunk_root FROM app.blob WHERE sha256 = $1 AND state = 'verified'`,
    [f.sha256],
  )
  const [blob] = rows
  if (blob === undefined) throw new Error(`no verified bytes of ${f.sha256}`)
  return {
    blob: { sha256: f.sha256, sizeBytes: f.sizeBytes, mime },
    chunkRoot: blob.chunk_root,
    chunkSizeBytes: CHUNK_BYTES,
    checksum: 're-read',
  }
}

/** Registered and stored at once: its bytes are here already. */
const recordingFrom = async (
  tx: Tx,
  c: DockingCommand,
  given: Readonly<{ docking: KnownDocking; file: AsideFile; as: As; now: string }>,
): Promise<readonly RecordingEvent[] | Refusal> => {
  const { docking, file, as, now } = given
  const mime = mimeOf(file.path, as.medium)
  if (mime === undefined)
    return refuse('bad-evidence', '所选种类与文件名的扩展名不符。', '请核对这是录像、录音还是照片。')
  const officers = await findOfficers(tx, [as.officerId])
  if (isRefusal(officers)) return officers
  const [who] = officers
  if (who === undefined) throw new Error('an officer was asked for')
  const officer = present({ personId: who.personId, name: who.name ?? '', certNo: who.certNo })
  const { medium, madeFrom, madeTo } = as
  const said = { sha256: file.sha256, mime, medium, madeFrom, madeTo, officer }
  const manifest = dockedManifest({ id: c.dockingId, state: docking }, file, said)
  const registered = registerRecording(initialRecording, manifest, {
    now,
    actor: c.actor,
    handlesCase: false,
  })
  if (isRefusal(registered)) return registered
  const stored = await storedOf(tx, file, manifest.mime)
  const kept = storeRecording(foldRecording(registered), { stored, uploadId: file.uploadId ?? '' }, now)
  return isRefusal(kept) ? kept : [...registered, ...kept]
}

const noSuchFile = () => refuse('not-found', '没有这个待认领的文件。', '请刷新列表。')

const prepare = async (deps: DockingDeps, tx: Tx, c: DockingCommand, r: Resolution) => {
  const { state: docking, version } = await loadDocking(tx, c.dockingId)
  if (docking.status === 'none') return noSuchDocking()
  const file = docking.files.find((f) => f.path === r.path)
  if (file?.as !== 'aside') return noSuchFile()
  const now = await deps.store.clock.now()
  // The same bytes, claimed in another docking or registered by somebody else, are one recording.
  const known = (await knownRecordings(tx, c.actor.agencyId, [file.sha256])).get(file.sha256)?.id
  const recordingId = known ?? randomUUID()
  const what = 'stays' in r.as ? { stays: r.as.stays } : { recordingId }
  const ruled = decide.resolveAside(docking, { path: r.path, ...what }, { now, actor: c.actor })
  if (isRefusal(ruled)) return ruled
  const own = {
    streamType: 'docking' as const,
    streamId: c.dockingId,
    expectedVersion: version,
    events: ruled,
  }
  const done: DockingDone = { version: version + ruled.length, id: c.dockingId }
  if ('stays' in r.as || known !== undefined) return { done, appends: [own], jobs: [] }
  const events = await recordingFrom(tx, c, { docking, file, as: r.as, now })
  if (isRefusal(events)) return events
  const payload = { recordingId, agencyId: c.actor.agencyId }
  return {
    done,
    appends: [own, { streamType: 'recording' as const, streamId: recordingId, expectedVersion: 0, events }],
    jobs: [{ name: CHECK_RECORDING, payload, key: `${CHECK_RECORDING}:${recordingId}` }],
  }
}

/** A file that was set aside becomes a recording, or stays what it is. */
export const resolveAside = async (deps: DockingDeps, c: DockingCommand, r: Resolution): Outcome => {
  const { commandId, actor, dockingId, what } = c
  const { agencyId } = actor
  const prepared = await withAgency(deps.store, agencyId, (tx) => prepare(deps, tx, c, r))
  const done = isRefusal(prepared)
    ? prepared
    : await append(deps.store, {
        commandId,
        agencyId,
        actor,
        appends: prepared.appends,
        jobs: prepared.jobs,
        result: prepared.done,
      })
  if (!isRefusal(done)) return done.result as DockingDone
  await recordAttempt(deps.store, { agencyId, actor, what, streamId: dockingId, refusal: done })
  return done
}
