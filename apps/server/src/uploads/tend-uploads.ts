import { expireUploads, listReceived } from './end-upload-early.ts'
import { finishUpload } from './finish-upload.ts'
import type { UploadDeps } from './upload-deps.ts'

export type Tended = Readonly<{ finished: number; expired: number }>

/** At start and every hour, for each agency: finishes what was whole when a process ended, gives up what nobody sends. */
export const tendUploads = async (deps: UploadDeps, agencyId: string): Promise<Tended> => {
  const received = await listReceived(deps, agencyId)
  for (const key of received) await finishUpload(deps, key)
  return { finished: received.length, expired: await expireUploads(deps, agencyId) }
}
