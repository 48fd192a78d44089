import { randomUUID } from 'node:crypto'
import type { FoundFile } from '@liuhen/api/routes/dockings'
import * as decide from '@liuhen/domain/docking/commands'
import type { Aside } from '@liuhen/domain/docking/events'
import type { KnownDocking } from '@liuhen/domain/docking/state'
import { registerRecording } from '@liuhen/domain/recording/commands'
import type { RecordingEvent } from '@liuhen/domain/recording/events'
import { initialRecording } from '@liuhen/domain/recording/state'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import { append, type StreamAppend } from '../event-store/append.ts'
import { recordAttempt } from '../event-store/record-attempt.ts'
import { withAgency, type Tx } from '../postgres/transaction.ts'
import { dockedManifest } from './docked-manifest.ts'
import type { DockingCommand, DockingDeps, DockingDone } from './docking-deps.ts'
import { type DeviceBook, loadDeviceBook, loadOfficers, type Maker, type Officers } from './find-maker.ts'
import { loadDocking, noSuchDocking } from './load-docking.ts'

type FoundRecording = Extract<FoundFile['found'], { medium: unknown }>
type Context = Readonly<{
  command: DockingCommand
  docking: KnownDocking
  officers: Officers
  book: DeviceBook
  now: string
}>

const aside = (f: FoundFile, reason: Aside['reason'], note: string): decide.Sorted => ({
  path: f.path,
  sha256: f.sha256,
  reason,
  note,
})

const makerOf = (x: Context, r: FoundRecording): Maker | string => {
  if (r.officerNo !== undefined)
    return x.officers.withNumber(r.officerNo) ?? `文件名中的编号 ${r.officerNo} 不是本机关执法人员的证件号`
  const name = x.book.takenAt(r.madeFrom)
  if (name === undefined) return '文件名没有人员编号，设备台账中也没有当时的领用登记'
  return x.officers.named(name) ?? `领用人“${name}”不是本机关唯一的执法人员姓名`
}

type Made = Readonly<{ sorted: decide.Sorted; stream?: StreamAppend }>

/** A refusal of the record's own rules is no reason to lose a file: it is set aside and says why. */
const sortOne = (x: Context, f: FoundFile): Made => {
  if ('aside' in f.found) return { sorted: aside(f, f.found.aside, f.found.note) }
  const maker = makerOf(x, f.found)
  if (typeof maker === 'string') return { sorted: aside(f, 'no-officer', maker) }
  const { officerNo: _no, ...found } = f.found
  const card = { id: x.command.dockingId, state: x.docking }
  const file = { path: f.path, sizeBytes: listedSize(x.docking, f.path) }
  const manifest = dockedManifest(card, file, { ...found, sha256: f.sha256, officer: maker })
  const context = { now: x.now, actor: x.command.actor, handlesCase: false }
  const ruled = registerRecording(initialRecording, manifest, context)
  if (isRefusal(ruled)) {
    const reason = ruled.code === 'not-permitted' ? 'not-permitted' : 'bad-time'
    return { sorted: aside(f, reason, (ruled.reasons[0]?.message ?? '').replace(/。$/, '')) }
  }
  const recordingId = randomUUID()
  return { sorted: { path: f.path, sha256: f.sha256, recordingId }, stream: streamOf(recordingId, ruled) }
}

const streamOf = (streamId: string, events: readonly RecordingEvent[]): StreamAppend => ({
  streamType: 'recording',
  streamId,
  expectedVersion: 0,
  events,
})

export type Known = Readonly<{ id: string; sizeBytes: number }>

/** The same bytes are the same recording, also when they come a second time. */
export const knownRecordings = async (
  tx: Tx,
  agencyId: string,
  sha256s: readonly string[],
): Promise<Map<string, Known>> => {
  const { rows } = await tx.query<Known & { sha256: string }>(
    `SELECT DISTINCT ON (sha256) sha256, recording_id AS id, size_bytes::float8 AS "sizeBytes"
       FROM app.recording_row WHERE agency_id = $1 AND sha256 = ANY ($2) ORDER BY sha256, registered_at`,
    [agencyId, sha256s],
  )
  return new Map(rows.map((r) => [r.sha256, r]))
}

const sortAll = (x: Context, files: readonly FoundFile[], known: Map<string, Known>): readonly Made[] =>
  files.map((f) => {
    const there = known.get(f.sha256)
    if (there !== undefined && !('aside' in f.found))
      return { sorted: { path: f.path, sha256: f.sha256, recordingId: there.id } }
    const made = sortOne(x, f)
    if ('recordingId' in made.sorted)
      known.set(f.sha256, { id: made.sorted.recordingId, sizeBytes: listedSize(x.docking, f.path) })
    return made
  })

const listedSize = (d: KnownDocking, path: string): number =>
  d.files.find((f) => f.path === path)?.sizeBytes ?? 0

/** A digest of bytes that are here, said of a file that is not as long: somebody states what is not so. */
const claimsOthers = (
  d: KnownDocking,
  files: readonly FoundFile[],
  known: ReadonlyMap<string, Known>,
): Refusal | undefined => {
  const wrong = files.find((f) => {
    const there = known.get(f.sha256)
    return there !== undefined && there.sizeBytes !== listedSize(d, f.path)
  })
  return wrong === undefined
    ? undefined
    : refuse(
        'bad-evidence',
        `${wrong.path} 的摘要是另一个文件的：大小不符。`,
        '请重新采集；仍然如此的，停用这个采集站并报告系统管理员。',
      )
}

type Prepared = Readonly<{ appends: readonly StreamAppend[]; version: number }>

const prepare = async (
  deps: DockingDeps,
  tx: Tx,
  command: DockingCommand,
  files: readonly FoundFile[],
): Promise<Prepared | Refusal> => {
  const { actor, dockingId } = command
  const { state: docking, version } = await loadDocking(tx, dockingId)
  if (docking.status === 'none') return noSuchDocking()
  const now = await deps.store.clock.now()
  const [officers, book] = [await loadOfficers(tx), await loadDeviceBook(deps, tx, docking.deviceId)]
  const fresh = new Set(docking.files.flatMap((f) => (f.as === 'listed' ? [f.path] : [])))
  const context = { command, docking, officers, book, now }
  const digests = files.map((f) => f.sha256)
  const known = await knownRecordings(tx, actor.agencyId, digests)
  const wrong = claimsOthers(docking, files, known)
  if (wrong !== undefined) return wrong
  const made = sortAll(
    context,
    files.filter((f) => fresh.has(f.path)),
    known,
  )
  // Those that came before are put to the docking as they are, so that other bytes than before are refused.
  const again = files
    .filter((f) => !fresh.has(f.path))
    .map((f): decide.Sorted => ({ path: f.path, sha256: f.sha256, recordingId: '' }))
  const ruled = decide.sortFiles(docking, [...made.map((m) => m.sorted), ...again], { now, actor })
  if (isRefusal(ruled)) return ruled
  const own: StreamAppend[] =
    ruled.length === 0
      ? []
      : [{ streamType: 'docking', streamId: dockingId, expectedVersion: version, events: ruled }]
  return {
    appends: [...own, ...made.flatMap((m) => (m.stream === undefined ? [] : [m.stream]))],
    version: version + ruled.length,
  }
}

const ATTEMPTS = 8

/** Docking and recordings in one transaction: a file is on the docking's list of recordings when there is one. */
export const sortDockedFiles = async (
  deps: DockingDeps,
  command: DockingCommand,
  files: readonly FoundFile[],
): Promise<DockingDone | Refusal> => {
  const { commandId, actor, dockingId, what } = command
  const { agencyId } = actor
  for (let attempt = 1; ; attempt += 1) {
    const prepared = await withAgency(deps.store, agencyId, (tx) => prepare(deps, tx, command, files))
    const result = isRefusal(prepared) ? undefined : { version: prepared.version, id: dockingId }
    if (!isRefusal(prepared) && prepared.appends.length === 0) return result as DockingDone
    const done = isRefusal(prepared)
      ? prepared
      : await append(deps.store, { commandId, agencyId, actor, appends: prepared.appends, result })
    if (!isRefusal(done)) return done.result as DockingDone
    if (done.code === 'stale-version' && attempt < ATTEMPTS) continue
    await recordAttempt(deps.store, { agencyId, actor, what, streamId: dockingId, refusal: done })
    return done
  }
}
