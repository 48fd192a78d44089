import { randomUUID } from 'node:crypto'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal, type Refusal } from '@liuhen/domain/refusal'
import { receivingPath } from '../blobs/blob-places.ts'
import { insertReceiving } from '../blobs/blob-rows.ts'
import { createDurably } from '../blobs/durable.ts'
import { withAgency } from '../postgres/transaction.ts'
import type { UploadDeps } from './upload-deps.ts'
import { insertUpload } from './upload-rows.ts'

const DAY_MS = 86_400_000

export type Asked = Readonly<{
  metadata: ReadonlyMap<string, string>
  metadataHeader: string
  lengthBytes: number
}>

/** Row first, then the file: a file without a row never exists. */
export const createUpload = async (
  deps: UploadDeps,
  actor: Actor,
  asked: Asked,
): Promise<Readonly<{ id: string; expiresAt: Date }> | Refusal> => {
  const admission = await deps.target.admit(actor, asked)
  if (isRefusal(admission)) return admission
  const id = randomUUID()
  const expiresAt = new Date(deps.now().getTime() + deps.keepDays * DAY_MS)
  await withAgency(deps, actor.agencyId, async (tx) => {
    await insertReceiving(tx, id, admission.mime, 'upload')
    await insertUpload(tx, {
      id,
      agencyId: actor.agencyId,
      userId: actor.userId,
      targetId: admission.targetId,
      metadata: asked.metadataHeader,
      lengthBytes: asked.lengthBytes,
      declaredSha256: admission.declaredSha256 ?? null,
      expiresAt,
    })
  })
  await createDurably(receivingPath(deps.root, id))
  return { id, expiresAt }
}
