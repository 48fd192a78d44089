import { randomUUID } from 'node:crypto'
import type { MoveChecked } from '@liuhen/domain/stores/events'
import { BlobMismatchError, StoreUnreachableError } from '../blobs/blob-store.ts'
import { listAgencies } from './affected.ts'
import type { BlobSize } from './copy-rows.ts'
import type { MendDeps } from './mend-copy.ts'
import {
  forgetMoved,
  listUnmoved,
  moveStanding,
  noteChecked,
  noteMoved,
  openMove,
  type OpenMove,
} from './move-rows.ts'
import { inOnePass, isNoRoom, mustStillBeHere, reachStore, StoreAwayError } from './reach-store.ts'
import { reachNext } from './reach-next.ts'
import { bytesOf, readCopy } from './read-copy.ts'
import { type KeptStore, RETIRED } from './store-place.ts'
import { tellAgency } from './tell.ts'

export type MoveDeps = MendDeps & Readonly<{ next?: KeptStore }>
export type MoveOptions = Readonly<{
  until?: () => boolean
  /** Else the whole is compared when something new was copied, and daily. */
  compareNow?: boolean
  onFile?: (done: number, total: number) => void
}>
export type MoveRun = Readonly<{
  copied: number
  faults: number
  /** Told when everything was copied, read back and compared. */
  checked?: MoveChecked
  stopped?: 'no-move' | 'no-next-store' | 'away' | 'another-pass' | 'no-room' | 'time'
  why?: string
}>

/** The store that is let go has the file, or the first one has; what neither gives out whole stays uncopied. */
const takeFrom = async (sources: readonly KeptStore[], next: KeptStore, sha256: string): Promise<boolean> => {
  for (const source of sources) {
    const { verdict } = await readCopy(source.bytes, sha256)
    await mustStillBeHere(source)
    if (verdict !== 'intact') continue
    try {
      await next.bytes.take(sha256, bytesOf(source.bytes, sha256))
      return true
    } catch (e) {
      // It changed since it was read a moment ago: the scrub deals with it.
      if (!(e instanceof BlobMismatchError)) throw e
    }
  }
  return false
}

/** Read back in the new store before its row is written; what lies there already is read and not sent again. */
const moveOne = async (
  deps: MoveDeps,
  move: OpenMove,
  next: KeptStore,
  { sha256 }: BlobSize,
): Promise<boolean> => {
  const sources = [...(deps.second === undefined ? [] : [deps.second]), deps.first]
  if ((await next.bytes.sizeOf(sha256)) === undefined && !(await takeFrom(sources, next, sha256)))
    return false
  await next.bytes.tidy(sha256)
  const { verdict } = await readCopy(next.bytes, sha256)
  await mustStillBeHere(next)
  if (verdict === 'intact') {
    await noteMoved(deps.pool, move.id, sha256, await deps.now())
    return true
  }
  // The next pass takes it anew.
  if (verdict === 'altered') await next.bytes.setAside(sha256, randomUUID())
  return false
}

type Done = { copied: number; faults: number }

const moveAll = async (
  deps: MoveDeps,
  move: OpenMove,
  next: KeptStore,
  done: Done,
  o: MoveOptions,
): Promise<'all' | 'time'> => {
  const tried: string[] = []
  const { files, ofFiles } = await moveStanding(deps.pool, move.id)
  for (;;) {
    const batch = await listUnmoved(deps.pool, move.id, { limit: 64, except: tried })
    if (batch.length === 0) return 'all'
    for (const blob of batch) {
      if (o.until?.() === true) return 'time'
      const ok = await moveOne(deps, move, next, blob)
      done.copied += ok ? 1 : 0
      done.faults += ok ? 0 : 1
      if (!ok) tried.push(blob.sha256)
      o.onFile?.(files + done.copied, ofFiles)
    }
  }
}

/** What the new store lists against what the record says, after each file was read back in it. */
const compare = async (
  deps: MoveDeps,
  move: OpenMove,
  next: KeptStore,
  faults: number,
): Promise<MoveChecked> => {
  const sizes = new Map<string, number>()
  for await (const { sha256, sizeBytes } of next.bytes.list()) sizes.set(sha256, sizeBytes)
  await mustStillBeHere(next)
  const { files, bytes, ofFiles, moved } = await moveStanding(deps.pool, move.id)
  const gone = moved.filter((m) => sizes.get(m.sha256) !== m.sizeBytes).map((m) => m.sha256)
  const wrong = gone.length
  await forgetMoved(deps.pool, move.id, gone)
  const why = [
    ...(ofFiles === 0 ? ['还没有文件可以迁移。'] : []),
    ...(files < ofFiles
      ? [`有 ${ofFiles - files} 个文件没有一份完好的可供复制，请先运行 liuhen scrub 修复。`]
      : []),
    ...(wrong > 0 ? [`新存储里有 ${wrong} 个文件不见了或者大小不对。`] : []),
  ]
  const verdict = wrong > 0 || files < ofFiles ? 'fail' : ofFiles === 0 ? 'not-checked' : 'pass'
  return { moveId: move.id, verdict, why, files, bytes, ofFiles, faults: faults + wrong }
}

const DAY_MS = 23 * 3_600_000

/** Listing a large store each minute would be all that it does. */
const isCompareDue = async (deps: MoveDeps, move: OpenMove, done: Done): Promise<boolean> => {
  if (move.checkedAt === null) return true
  const ageMs = Date.parse(await deps.now()) - Date.parse(move.checkedAt)
  return ageMs >= DAY_MS || (move.state === 'copying' && done.copied > 0)
}

const tellChecked = async (deps: MoveDeps, move: OpenMove, checked: MoveChecked): Promise<void> => {
  await tellAgency(deps.store, move.agencyId, { type: 'StoreMoveChecked', data: { internal: checked } })
  await noteChecked(deps.pool, move.id, checked.verdict === 'pass', await deps.now())
}

const pass = async (deps: MoveDeps, move: OpenMove, next: KeptStore, o: MoveOptions): Promise<MoveRun> => {
  const done: Done = { copied: 0, faults: 0 }
  try {
    if ((await moveAll(deps, move, next, done, o)) === 'time') return { ...done, stopped: 'time' }
    if (o.compareNow !== true && !(await isCompareDue(deps, move, done))) return done
    const checked = await compare(deps, move, next, done.faults)
    await tellChecked(deps, move, checked)
    return { ...done, checked }
  } catch (e) {
    if (e instanceof StoreAwayError || e instanceof StoreUnreachableError)
      return { ...done, stopped: 'away', why: e.message }
    if (isNoRoom(e)) return { ...done, stopped: 'no-room', why: '新存储的空间用完了，请扩容。' }
    throw e
  }
}

/**
 * Copies what the new store does not have, reads it back there, and compares the whole with the record. Goes on where it
 * was; deletes nothing anywhere; while it goes on the old second store is in use as before.
 */
export const moveStore = async (deps: MoveDeps, o: MoveOptions = {}): Promise<MoveRun> => {
  const nothing = { copied: 0, faults: 0 }
  const move = await openMove(deps.pool)
  if (move === undefined) return { ...nothing, stopped: 'no-move' }
  const { next } = deps
  if (next === undefined || next.place.where !== move.toPlace)
    return { ...nothing, stopped: 'no-next-store', why: `请把 LIUHEN_NEXT_STORE 设为 ${move.toPlace}。` }
  for (const kept of [deps.first, ...(deps.second === undefined ? [] : [deps.second])]) {
    const reached = await reachStore(deps.pool, kept)
    if (!reached.here) return { ...nothing, stopped: 'away', why: reached.why }
  }
  const reached = await reachNext(deps.pool, next, move)
  if (!reached.here) return { ...nothing, stopped: 'away', why: reached.why }
  const run = await inOnePass(deps.pool, 'move', () => pass(deps, move, next, o))
  return run ?? { ...nothing, stopped: 'another-pass' }
}

/** After the new store came into use: the old one gets its mark, if it can be reached, and everybody is told. */
export const tellMoved = async (deps: MendDeps, placeAt: (place: string) => KeptStore): Promise<void> => {
  const { rows } = await deps.pool.query<{
    id: string
    agency_id: string
    from_place: string
    to_place: string
  }>(`SELECT id, agency_id, from_place, to_place FROM app.store_move WHERE state = 'done'`)
  for (const { id: moveId, from_place: from, to_place: to } of rows) {
    const note = `${JSON.stringify({ moveId, retiredAt: await deps.now(), movedTo: to })}\n`
    const marked = await placeAt(from)
      .place.writeNote(RETIRED, note)
      .then(
        () => true,
        () => false,
      )
    const internal = { moveId, from, to, marked }
    for (const agencyId of await listAgencies(deps.pool))
      await tellAgency(deps.store, agencyId, { type: 'StoreMoved', data: { internal } }, moveId)
    await deps.pool.query(`UPDATE app.store_move SET state = 'told' WHERE id = $1`, [moveId])
  }
}
