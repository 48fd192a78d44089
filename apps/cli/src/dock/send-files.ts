import { join } from 'node:path'
import type { DockedFileView, DockingView } from '@liuhen/api/routes/dockings'
import type { Session } from '../api-session.ts'
import { UploadError, uploadFile, type UploadOptions } from '../upload-client.ts'
import type { Limit } from './limit.ts'

export type Sending = Readonly<{
  session: Session
  root: string
  limit: Limit
  /** How many files at once, over all cards of this station. */
  lane: <T>(work: () => Promise<T>) => Promise<T>
  onSent: (path: string, bytes: number) => void
}>

const forWhat = (docking: DockingView, f: DockedFileView): Pick<UploadOptions, 'recordingId' | 'aside'> =>
  f.recordingId === undefined
    ? { aside: { dockingId: docking.id, path: f.path } }
    : { recordingId: f.recordingId }

/** Goes on with the upload that the server knows; when that one is gone, begins a new one. */
const sendOne = async (x: Sending, docking: DockingView, f: DockedFileView): Promise<void> => {
  const { session, root, limit } = x
  const options: UploadOptions = {
    baseUrl: session.baseUrl,
    headers: { cookie: session.cookie(), origin: session.baseUrl },
    ...forWhat(docking, f),
    path: join(root, f.path),
    before: limit,
    onProgress: (sent) => x.onSent(f.path, sent),
  }
  try {
    const { uploadId } = f
    const uploadUrl = uploadId && new URL(`/api/uploads/${uploadId}`, session.baseUrl).href
    await uploadFile({ ...options, ...(uploadUrl && { uploadUrl }) })
  } catch (e) {
    // Somebody else brought the same bytes in the meantime.
    if (e instanceof UploadError && e.code === 'duplicate') return
    if (f.uploadId !== undefined && e instanceof UploadError && e.status === 404)
      return sendOne(x, docking, { ...f, uploadId: undefined })
    throw e
  }
}

export const unsent = (docking: DockingView): readonly DockedFileView[] =>
  docking.files.filter((f) => f.as !== 'listed' && !f.kept && f.sizeBytes > 0)

/** One file that cannot be sent does not hold up the others; all are told at the end. */
export const sendFiles = async (x: Sending, docking: DockingView): Promise<readonly string[]> => {
  const results = await Promise.allSettled(
    unsent(docking).map((f) =>
      x
        .lane(() => sendOne(x, docking, f))
        .catch((e: unknown) => Promise.reject(new Error(`${f.path}：${String(e)}`))),
    ),
  )
  return results.flatMap((r) => (r.status === 'rejected' ? [String(r.reason)] : []))
}
