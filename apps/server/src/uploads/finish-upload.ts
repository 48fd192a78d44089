import { quarantinePath } from '../blobs/blob-places.ts'
import { sealBlob, settle, settleVerified } from '../blobs/blob-rows.ts'
import type { FileDigest } from '../blobs/digest-file.ts'
import { isMissing, linkDurably } from '../blobs/durable.ts'
import { withAgency, type Tx } from '../postgres/transaction.ts'
import type { UploadDeps } from './upload-deps.ts'
import { removeUploadFiles, restAgain, restingPath } from './upload-file.ts'
import { joinParts } from './join-parts.ts'
import { listPartsOf, releaseParts } from './part-rows.ts'
import {
  endUpload,
  findUpload,
  lockUpload,
  wholeChunks,
  type TargetedUpload,
  type Upload,
} from './upload-rows.ts'

export type UploadKey = Readonly<{ id: string; agencyId: string }>

const load = (deps: UploadDeps, key: UploadKey): Promise<Upload | undefined> =>
  withAgency(deps, key.agencyId, (tx) => findUpload(tx, key.id))

/** Two processes may finish one upload at once; the one that comes second finds it done and undoes its own transaction. */
class FinishedElsewhereError extends Error {}

const end = async (tx: Tx, id: string, state: 'finished' | 'rejected', note?: string): Promise<void> => {
  const current = await lockUpload(tx, id)
  if (current?.state !== 'received') throw new FinishedElsewhereError(id)
  await endUpload(tx, id, state, note)
  if (current.kind === 'final') await releaseParts(tx, id)
}

const keep = async (deps: UploadDeps, upload: TargetedUpload, digest: FileDigest): Promise<void> => {
  await deps.store.adopt(restingPath(deps.root, upload), digest.sha256)
  await deps.target.stored(upload, digest, async (tx) => {
    await end(tx, upload.id, 'finished')
    await settleVerified(tx, upload.id, digest.sha256)
  })
}

const quarantine = async (deps: UploadDeps, upload: TargetedUpload, digest: FileDigest): Promise<void> => {
  const note = `declared ${upload.declaredSha256}, received ${digest.sha256}`
  await linkDurably(restingPath(deps.root, upload), quarantinePath(deps.root, upload.id))
  await deps.target.rejected(upload, digest, async (tx) => {
    await end(tx, upload.id, 'rejected', note)
    await settle(tx, upload.id, 'quarantined', note)
  })
}

const removeParts = async (deps: UploadDeps, final: Upload): Promise<void> => {
  const parts = await withAgency(deps, final.agencyId, (tx) => listPartsOf(tx, final.id))
  for (const part of parts) await removeUploadFiles(deps.root, part.id)
}

const readBack = async (deps: UploadDeps, upload: Upload): Promise<FileDigest> => {
  const path = restingPath(deps.root, upload)
  const chunks = await withAgency(deps, upload.agencyId, (tx) => wholeChunks(tx, upload))
  if (chunks === undefined || upload.declaredSha256 === null) return deps.digester.digest(path)
  const digest = await deps.digester.digest(path, { chunks })
  // What was received was cut into these chunks. That the disk still holds it, only the whole digest says.
  return digest.sha256 === upload.declaredSha256 ? digest : deps.digester.digest(path)
}

const digestWhole = async (deps: UploadDeps, upload: Upload): Promise<FileDigest> => {
  try {
    return await readBack(deps, upload)
  } catch (e) {
    if (!isMissing(e)) throw e
  }
  await withAgency(deps, upload.agencyId, async (tx) => {
    const current = await lockUpload(tx, upload.id)
    if (current?.state !== 'received') throw new FinishedElsewhereError(upload.id)
    await restAgain(deps.root, current)
  })
  return readBack(deps, upload)
}

const finish = async (deps: UploadDeps, upload: TargetedUpload): Promise<Upload> => {
  // Nobody writes to an upload that is received: the whole file is read back without holding its lock.
  const digest = await digestWhole(deps, upload)
  await sealBlob(deps.pool, upload.id, digest)
  const asDeclared = upload.declaredSha256 === null || upload.declaredSha256 === digest.sha256
  const isGood = asDeclared && digest.sizeBytes === upload.lengthBytes
  await (isGood ? keep : quarantine)(deps, upload, digest)
  await removeUploadFiles(deps.root, upload.id)
  if (upload.kind === 'final') await removeParts(deps, upload)
  return { ...upload, state: isGood ? 'finished' : 'rejected' }
}

const isTargeted = (upload: Upload): upload is TargetedUpload => upload.targetId !== null

const loadWhole = async (deps: UploadDeps, key: UploadKey): Promise<Upload | undefined> => {
  const upload = await load(deps, key)
  if (upload?.kind !== 'final' || upload.state !== 'receiving') return upload
  await joinParts(deps, upload)
  return load(deps, key)
}

/**
 * Joins what came in parts, then reads the received file back, compares it with what was declared, gives it its name in the store and writes the
 * target's event. May be called any number of times, by any process: after a crash, the next call completes it.
 * Answers the upload as it then is; absent when there is none.
 */
export const finishUpload = async (deps: UploadDeps, key: UploadKey): Promise<Upload | undefined> => {
  try {
    const upload = await loadWhole(deps, key)
    if (upload?.state !== 'received' || !isTargeted(upload)) return upload
    return await finish(deps, upload)
  } catch (e) {
    const after = await load(deps, key)
    const doneElsewhere = e instanceof FinishedElsewhereError || isMissing(e)
    if (!doneElsewhere || after?.state === 'received' || after?.state === 'receiving') throw e
    return after
  }
}
