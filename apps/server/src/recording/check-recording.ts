import { isKept } from '@liuhen/domain/recording/state'
import { isRefusal } from '@liuhen/domain/refusal'
import { putBlob } from '../blobs/put-blob.ts'
import { derivedId, systemActor } from '../jobs/job-command.ts'
import { checkMedia } from '../media/check-media.ts'
import { makePoster } from '../media/make-poster.ts'
import { withAgency } from '../postgres/transaction.ts'
import { recordCheck } from './change-recording.ts'
import { loadRecording } from './load-recording.ts'
import type { RecordingDeps } from './recording-deps.ts'

export type CheckJob = Readonly<{ recordingId: string; agencyId: string }>

const keepPoster = async (deps: RecordingDeps, job: CheckJob, path: string): Promise<void> => {
  const bytes = deps.tools && (await makePoster(deps.tools, path))
  if (bytes === undefined) return
  const poster = await putBlob(deps.blobs, bytes, 'image/jpeg')
  await withAgency(deps.store, job.agencyId, (tx) =>
    tx.query(
      `INSERT INTO app.recording_poster (recording_id, agency_id, sha256) VALUES ($1, $2, $3)
       ON CONFLICT (recording_id) DO UPDATE SET sha256 = $3, made_at = clock_timestamp()`,
      [job.recordingId, job.agencyId, poster.sha256],
    ),
  )
}

const ATTEMPTS = 6

/** Its officer may link or label the recording in the same moment; then the latest state is read again. */
const settled = async <T extends object>(attempt: () => Promise<T>): Promise<T> => {
  for (let n = 1; ; n += 1) {
    const outcome = await attempt()
    const isStale = isRefusal(outcome) && outcome.code === 'stale-version'
    if (!isStale || n === ATTEMPTS) return outcome
  }
}

/**
 * The job that follows every stored recording: can it be played, its SM3 digest, a poster. A file that the tools
 * cannot read ends as a verdict; only an outage makes the job fail and run again.
 */
export const checkRecording = async (deps: RecordingDeps, job: CheckJob): Promise<void> => {
  const { state } = await withAgency(deps.store, job.agencyId, (tx) => loadRecording(tx, job.recordingId))
  if (!isKept(state)) return
  const { sha256 } = state.stored.blob
  await deps.blobs.store.withFile(sha256, async (path) => {
    const [check, digest] = await Promise.all([
      checkMedia(deps.tools, path),
      deps.digester.digest(path, { sm3: true }),
    ])
    if (digest.sha256 !== sha256) throw new Error(`blob ${sha256} was altered on the disk`)
    const done = await settled(() =>
      recordCheck(
        deps,
        {
          // The id follows from what was checked and with what.
          commandId: derivedId('check-recording', job.recordingId, sha256, check.verdict, check.tool ?? ''),
          actor: systemActor(job.agencyId),
          recordingId: job.recordingId,
          what: 'checkRecording',
        },
        { ...check, ...(digest.sm3 && { sm3: digest.sm3 }) },
      ),
    )
    if (isRefusal(done)) throw new Error(`recording ${job.recordingId}: ${done.code}`)
    if (check.verdict === 'playable') await keepPoster(deps, job, path)
  })
}
