import { randomUUID } from 'node:crypto'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal, type Refusal } from '@liuhen/domain/refusal'
import { insertReceiving } from '../blobs/blob-rows.ts'
import { withAgency, type Tx } from '../postgres/transaction.ts'
import type { UploadDeps } from './upload-deps.ts'
import { createUploadFile, newFileName } from './upload-file.ts'
import { problem, refused, type Problem } from './upload-problem.ts'
import { lockOpenParts } from './part-rows.ts'
import { insertUpload, type NewUpload } from './upload-rows.ts'

const DAY_MS = 86_400_000

export type Asked = Readonly<{
  metadata: ReadonlyMap<string, string>
  metadataHeader: string
  lengthBytes: number
}>
export type Created = Readonly<{ id: string; expiresAt: Date }>

/** What every new upload of this sender says of itself. */
export const newUpload = (deps: UploadDeps, actor: Actor, asked: Asked) => ({
  id: randomUUID(),
  file: newFileName(),
  agencyId: actor.agencyId,
  userId: actor.userId,
  metadata: asked.metadataHeader,
  lengthBytes: asked.lengthBytes,
  expiresAt: new Date(deps.now().getTime() + deps.keepDays * DAY_MS),
})

export const insertWithBlob = async (tx: Tx, upload: NewUpload, mime: string): Promise<void> => {
  await insertReceiving(tx, upload.id, mime, 'upload')
  await insertUpload(tx, upload)
}

/** Row first, then the file: a file without a row never exists. */
export const createUpload = async (
  deps: UploadDeps,
  actor: Actor,
  asked: Asked,
): Promise<Created | Refusal> => {
  const admission = await deps.target.admit(actor, asked)
  if (isRefusal(admission)) return admission
  const upload: NewUpload & Created = {
    ...newUpload(deps, actor, asked),
    kind: 'whole',
    targetId: admission.targetId,
    declaredSha256: admission.declaredSha256 ?? null,
  }
  await withAgency(deps, actor.agencyId, (tx) => insertWithBlob(tx, upload, admission.mime))
  await createUploadFile(deps.root, upload)
  return upload
}

/**
 * A part is for nothing until it is joined, so nothing but its sender and its size can be weighed: what one sender may
 * leave lying about is at most one file of the greatest size.
 */
export const createPart = async (
  deps: UploadDeps,
  actor: Actor,
  asked: Asked,
): Promise<Created | Problem> => {
  const may = deps.target.admitPart(actor)
  if (may !== true) return refused(may)
  const upload: NewUpload & Created = {
    ...newUpload(deps, actor, asked),
    kind: 'partial',
    targetId: null,
    declaredSha256: null,
  }
  const fits = await withAgency(deps, actor.agencyId, async (tx) => {
    if ((await lockOpenParts(tx, actor.userId)) + asked.lengthBytes > deps.maxBytes) return false
    await insertWithBlob(tx, upload, 'application/octet-stream')
    return true
  })
  if (!fits) return problem('parts-too-large')
  await createUploadFile(deps.root, upload)
  return upload
}
