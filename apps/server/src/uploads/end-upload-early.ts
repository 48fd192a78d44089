import { receivingPath } from '../blobs/blob-places.ts'
import { settle } from '../blobs/blob-rows.ts'
import { removeIfThere } from '../blobs/durable.ts'
import { withAgency } from '../postgres/transaction.ts'
import type { UploadKey } from './finish-upload.ts'
import type { UploadDeps } from './upload-deps.ts'
import { endUpload, lockUpload } from './upload-rows.ts'

/** Given up by its sender, or by time. What has arrived whole is never given up: it is finished instead. */
const endEarly = async (
  deps: UploadDeps,
  key: UploadKey,
  state: 'terminated' | 'expired',
): Promise<boolean> => {
  const ended = await withAgency(deps, key.agencyId, async (tx) => {
    const upload = await lockUpload(tx, key.id)
    if (upload?.state !== 'receiving') return false
    if (state === 'expired' && new Date(upload.expiresAt) > deps.now()) return false
    await endUpload(tx, key.id, state)
    await settle(tx, key.id, 'discarded', state)
    return true
  })
  if (ended) await removeIfThere(receivingPath(deps.root, key.id))
  return ended
}

/** False when there is nothing to terminate: it is not there, or its bytes are all here. */
export const terminateUpload = (deps: UploadDeps, key: UploadKey): Promise<boolean> =>
  endEarly(deps, key, 'terminated')

/** How many were given up. Run by a job, an agency at a time. */
export const expireUploads = async (deps: UploadDeps, agencyId: string): Promise<number> => {
  const { rows } = await withAgency(deps, agencyId, (tx) =>
    tx.query<{ id: string }>(`SELECT id FROM app.upload WHERE state = 'receiving' AND expires_at <= $1`, [
      deps.now(),
    ]),
  )
  let ended = 0
  for (const { id } of rows) if (await endEarly(deps, { id, agencyId }, 'expired')) ended += 1
  return ended
}

/** Uploads that were whole when the process ended. Run at start and by a job. */
export const listReceived = async (deps: UploadDeps, agencyId: string): Promise<readonly UploadKey[]> => {
  const { rows } = await withAgency(deps, agencyId, (tx) =>
    tx.query<{ id: string }>(`SELECT id FROM app.upload WHERE state = 'received'`),
  )
  return rows.map(({ id }) => ({ id, agencyId }))
}
