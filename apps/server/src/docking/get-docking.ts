import type { DockedFileView, DockingView } from '@liuhen/api/routes/dockings'
import { told } from '@liuhen/api/schema/evaluation'
import { canSeeDocking, canSettleDocking } from '@liuhen/domain/docking/can'
import { isAtRest, type DockedFile, type KnownDocking } from '@liuhen/domain/docking/state'
import type { Actor } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import type { Refusal } from '@liuhen/domain/refusal'
import { withAgency, type Tx } from '../postgres/transaction.ts'
import { asideTarget } from './aside-uploads.ts'
import type { DockingDeps } from './docking-deps.ts'
import { loadDeviceBook } from './find-maker.ts'
import { loadDocking, noSuchDocking } from './load-docking.ts'
import { keptRecordings } from './settle-docking.ts'

/** What an upload of this file is for; undefined while nobody has read it. */
export const uploadTargetOf = (dockingId: string, f: DockedFile): string | undefined => {
  if (f.as === 'recording') return f.recordingId
  return f.as === 'aside' ? asideTarget(dockingId, f.path) : undefined
}

/** The caller's own uploads that can go on, by what they are for. */
const unfinished = async (tx: Tx, actor: Actor, targets: readonly string[]): Promise<Map<string, string>> => {
  const { rows } = await tx.query<{ target: string; id: string }>(
    `SELECT DISTINCT ON (target_id) target_id AS target, id FROM app.upload
      WHERE target_id = ANY ($1) AND user_id = $2 AND state IN ('receiving', 'received') AND expires_at > now()
      ORDER BY target_id, received_bytes DESC`,
    [targets, actor.userId],
  )
  return new Map(rows.map((r) => [r.target, r.id]))
}

type Known = Readonly<{ dockingId: string; kept: ReadonlySet<string>; uploads: ReadonlyMap<string, string> }>

const fileView = (f: DockedFile, k: Known): DockedFileView => {
  const { path, sizeBytes, modifiedAt, as } = f
  const base = { path, sizeBytes, modifiedAt, as }
  if (f.as === 'listed') return { ...base, kept: false }
  const kept = isAtRest(f, k.kept)
  const uploadId = k.uploads.get(uploadTargetOf(k.dockingId, f) ?? '')
  if (f.as === 'recording')
    return present({
      ...base,
      sha256: f.sha256,
      recordingId: f.recordingId,
      kept,
      uploadId,
    })
  const { sha256, reason, note, resolved } = f
  return present({ ...base, sha256, reason, note, kept, uploadId, ...resolved })
}

const summaryOf = (d: KnownDocking) => {
  const { status, station, deviceId, clock, begunAt, completedAt, clearedAt } = d
  return present({ status, station, deviceId, clock, begunAt, completedAt, clearedAt })
}

export const getDocking = (deps: DockingDeps, actor: Actor, id: string): Promise<DockingView | Refusal> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const { state, version } = await loadDocking(tx, id)
    if (state.status === 'none' || canSeeDocking(state.begunBy, actor) !== true) return noSuchDocking()
    const targets = state.files.flatMap((f) => uploadTargetOf(id, f) ?? [])
    const known = {
      dockingId: id,
      kept: await keptRecordings(tx, state),
      uploads: await unfinished(tx, actor, targets),
    }
    const book = await loadDeviceBook(deps, tx, state.deviceId)
    const takenBy = book.takenAt(state.begunAt)
    const settle = told(canSettleDocking(actor))
    return {
      id,
      version,
      ...summaryOf(state),
      profile: state.profile,
      device: { known: book.known, ...(takenBy !== undefined && { takenBy }) },
      files: state.files.map((f) => fileView(f, known)),
      ...(state.receipt && { receipt: [...state.receipt] }),
      can: { clear: settle, settle },
    }
  })
