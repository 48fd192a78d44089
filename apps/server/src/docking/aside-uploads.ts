import { canDock } from '@liuhen/domain/docking/can'
import * as decide from '@liuhen/domain/docking/commands'
import type { DockingEvent } from '@liuhen/domain/docking/events'
import { initialDocking, type DockingState } from '@liuhen/domain/docking/state'
import { deny, isRefusal, refuse, type Decision } from '@liuhen/domain/refusal'
import { execute } from '../event-store/execute.ts'
import type { Store } from '../event-store/store.ts'
import { systemActor } from '../jobs/job-command.ts'
import { withAgency } from '../postgres/transaction.ts'
import type { AlsoInTransaction, UploadTarget } from '../uploads/upload-deps.ts'
import type { TargetedUpload } from '../uploads/upload-rows.ts'
import { evolveDocked, loadDocking, noSuchDocking } from './load-docking.ts'

const MIME = 'application/octet-stream'

/** An upload of a file that was set aside: its docking, and its path on the card. */
export const asideTarget = (dockingId: string, path: string): string => `docking:${dockingId}:${path}`
const placeOf = (targetId: string) => {
  const [, dockingId = '', ...path] = targetId.split(':')
  return { dockingId, path: path.join(':') }
}
const isAside = (upload: TargetedUpload): boolean => upload.targetId.startsWith('docking:')

const admit =
  (store: Store): UploadTarget['admit'] =>
  async (actor, { metadata, lengthBytes }) => {
    const can = canDock(actor)
    if (can !== true) return deny(can)
    const [dockingId = '', path = ''] = [metadata.get('dockingId'), metadata.get('path')]
    const { state } = await withAgency(store, actor.agencyId, (tx) => loadDocking(tx, dockingId))
    if (state.status === 'none') return noSuchDocking()
    const file = state.files.find((f) => f.path === path)
    if (file?.as !== 'aside')
      return refuse('not-found', '本次采集没有把这个文件列为待认领。', '请先登记文件的摘要。')
    if (file.kept) return refuse('duplicate', '这个文件已经入库。', '不需要再次上传。')
    if (lengthBytes !== file.sizeBytes)
      return refuse(
        'bad-evidence',
        `文件大小与清单中的 ${file.sizeBytes} 字节不一致。`,
        '请停用这张存储卡，另行采集并报告设备故障。',
      )
    return { targetId: asideTarget(dockingId, path), mime: MIME, declaredSha256: file.sha256 }
  }

type Write = Readonly<{
  upload: TargetedUpload
  also: AlsoInTransaction
  decide: (state: DockingState, path: string, now: string) => Decision<DockingEvent>
}>

/** The upload's id is the command's: one upload has one effect on the record, however often it is finished. */
const write = async (store: Store, { upload, also, decide: rule }: Write): Promise<void> => {
  const { dockingId, path } = placeOf(upload.targetId)
  const done = await execute<DockingState, DockingEvent>(store, {
    commandId: upload.id,
    agencyId: upload.agencyId,
    actor: systemActor(upload.agencyId),
    streamType: 'docking',
    streamId: dockingId,
    initial: initialDocking,
    evolve: evolveDocked,
    decide: async (state, { now, tx }) => {
      await also(tx)
      return rule(state, path, now)
    },
    what: 'uploadAside',
  })
  if (isRefusal(done)) throw new Error(`docking ${dockingId}: ${done.code}`)
}

const asideUploads = (store: Store): Omit<UploadTarget, 'admitPart'> => ({
  admit: admit(store),
  stored: (upload, { sha256, sizeBytes, sm3 }, also) =>
    write(store, {
      upload,
      also,
      decide: (state, path, now) => {
        const blob = { sha256, sizeBytes, mime: MIME, ...(sm3 && { sm3 }) }
        return decide.keepAside(state, { path, blob, uploadId: upload.id }, now)
      },
    }),
  rejected: (upload, { sha256 }, also) =>
    write(store, {
      upload,
      also,
      decide: (state, path, now) =>
        decide.rejectAside(state, { path, uploadId: upload.id, received: sha256 }, now),
    }),
})

/** Uploads that name a docking are files that were set aside; all others are `recordings`. */
export const withAsideUploads = (store: Store, recordings: UploadTarget): UploadTarget => {
  const aside = asideUploads(store)
  const of = (upload: TargetedUpload) => (isAside(upload) ? aside : recordings)
  return {
    admit: (actor, asked) => (asked.metadata.has('dockingId') ? aside : recordings).admit(actor, asked),
    // Whoever may bring recordings may dock; what a part is for is said when it is joined.
    admitPart: recordings.admitPart,
    stored: (upload, digest, also) => of(upload).stored(upload, digest, also),
    rejected: (upload, digest, also) => of(upload).rejected(upload, digest, also),
  }
}
