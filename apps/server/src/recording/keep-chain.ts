import { createHash } from 'node:crypto'
import type { Actor } from '@liuhen/domain/event'
import { canDescribeRecording } from '@liuhen/domain/recording/can'
import * as decide from '@liuhen/domain/recording/commands'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import { openBlob, putBlob } from '../blobs/put-blob.ts'
import type { Job } from '../event-store/store.ts'
import type { BytesResponse } from '../http/binding.ts'
import { withAgency } from '../postgres/transaction.ts'
import { actOnRecording } from './act-on-recording.ts'
import { openRecordingIn } from './get-recording.ts'
import type { RecordingCommand, RecordingDeps, RecordingDone } from './recording-deps.ts'

export const CHECK_CHAIN = 'check-chain'
const MIME = 'text/plain; charset=utf-8'

export const chainJob = (recordingId: string, agencyId: string): Job => ({
  name: CHECK_CHAIN,
  payload: { recordingId, agencyId },
  key: `${CHECK_CHAIN}:${recordingId}`,
})

/** The bytes first, then the event that names them; sent again, both are there already. */
export const keepChain = async (
  deps: RecordingDeps,
  c: RecordingCommand,
  text: string,
): Promise<RecordingDone | Refusal> => {
  const { agencyId } = c.actor
  const known = await withAgency(deps.store, agencyId, (tx) => openRecordingIn(tx, c.actor, c.recordingId))
  if (isRefusal(known)) return known
  const bytes = Buffer.from(text, 'utf8')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const may = canDescribeRecording(known.state, c.actor, known.handles)
  // What is refused leaves no bytes behind.
  if (may === true && known.state.chain === undefined) await putBlob(deps.blobs, bytes, MIME)
  return actOnRecording(
    deps,
    c,
    (s, ctx) => decide.keepChain(s, { sha256, sizeBytes: bytes.length }, ctx),
    undefined,
    [chainJob(c.recordingId, agencyId)],
  )
}

/** As the device wrote it, for whoever may see the recording: it holds digests and times, no picture. */
export const openChain = async (
  deps: RecordingDeps,
  actor: Actor,
  recordingId: string,
): Promise<BytesResponse | Refusal> => {
  const opened = await withAgency(deps.store, actor.agencyId, (tx) => openRecordingIn(tx, actor, recordingId))
  if (isRefusal(opened)) return opened
  const { chain } = opened.state
  const found = chain && (await openBlob(deps.blobs, chain.sha256))
  if (found === undefined)
    return refuse('not-found', '这段音像没有切片链。', '不签名的设备只有入库摘要，请核对原件的摘要。')
  return { bytes: found.stream, sizeBytes: found.blob.sizeBytes, fileName: `${recordingId}.chain.txt` }
}
