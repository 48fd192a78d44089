import { settle } from '../blobs/blob-rows.ts'
import { withAgency } from '../postgres/transaction.ts'
import type { UploadKey } from './finish-upload.ts'
import type { UploadDeps } from './upload-deps.ts'
import { removeUploadFiles } from './upload-file.ts'
import { endUpload, lockUpload, type Upload } from './upload-rows.ts'

/** A file that has arrived whole is finished instead; so is one whose parts are being joined. */
const canEnd = (u: Upload): boolean =>
  u.kind === 'partial'
    ? u.partOf === null && (u.state === 'receiving' || u.state === 'held')
    : u.kind === 'whole' && u.state === 'receiving'

/** Given up by its sender, or by time. */
const endEarly = async (
  deps: UploadDeps,
  key: UploadKey,
  state: 'terminated' | 'expired',
): Promise<boolean> => {
  const ended = await withAgency(deps, key.agencyId, async (tx) => {
    const upload = await lockUpload(tx, key.id)
    if (upload === undefined || !canEnd(upload)) return false
    if (state === 'expired' && new Date(upload.expiresAt) > deps.now()) return false
    await endUpload(tx, key.id, state)
    await settle(tx, key.id, 'discarded', state)
    return true
  })
  if (ended) await removeUploadFiles(deps.root, key.id)
  return ended
}

/** False when there is nothing to terminate: it is not there, or its bytes are all here. */
export const terminateUpload = (deps: UploadDeps, key: UploadKey): Promise<boolean> =>
  endEarly(deps, key, 'terminated')

/** How many were given up. Run by a job, an agency at a time. */
export const expireUploads = async (deps: UploadDeps, agencyId: string): Promise<number> => {
  const { rows } = await withAgency(deps, agencyId, (tx) =>
    tx.query<{ id: string }>(
      `SELECT id FROM app.upload WHERE expires_at <= $1 AND part_of IS NULL
          AND (state = 'held' OR (state = 'receiving' AND kind <> 'final'))`,
      [deps.now()],
    ),
  )
  let ended = 0
  for (const { id } of rows) if (await endEarly(deps, { id, agencyId }, 'expired')) ended += 1
  return ended
}

/** Uploads that were whole, or being joined, when the process ended. Run at start and by a job. */
export const listReceived = async (deps: UploadDeps, agencyId: string): Promise<readonly UploadKey[]> => {
  const { rows } = await withAgency(deps, agencyId, (tx) =>
    tx.query<{ id: string }>(
      `SELECT id FROM app.upload WHERE state = 'received' OR (kind = 'final' AND state = 'receiving')`,
    ),
  )
  return rows.map(({ id }) => ({ id, agencyId }))
}
