import { canDescribeRecording, canRegisterRecording, canViewRecording } from '@liuhen/domain/recording/can'
import { rejectTransfer, storeRecording } from '@liuhen/domain/recording/commands'
import type { RecordingEvent, Stored } from '@liuhen/domain/recording/events'
import { initialRecording, isKept, type RecordingState } from '@liuhen/domain/recording/state'
import { deny, isRefusal, refuse, type Decision } from '@liuhen/domain/refusal'
import { CHUNK_BYTES } from '../blobs/chunk-size.ts'
import type { FileDigest } from '../blobs/digest-file.ts'
import { execute } from '../event-store/execute.ts'
import type { Job, Store } from '../event-store/store.ts'
import { systemActor } from '../jobs/job-command.ts'
import { withAgency } from '../postgres/transaction.ts'
import type { AlsoInTransaction, UploadTarget } from '../uploads/upload-deps.ts'
import type { TargetedUpload } from '../uploads/upload-rows.ts'
import { handlesCase } from './handles-case.ts'
import { chainJob } from './keep-chain.ts'
import { evolveRecorded, loadRecording } from './load-recording.ts'

export const CHECK_RECORDING = 'check-recording'

const admit =
  (store: Store): UploadTarget['admit'] =>
  async (actor, { metadata, lengthBytes }) => {
    const id = metadata.get('recordingId') ?? ''
    const [state, handles] = await withAgency(store, actor.agencyId, async (tx) => {
      const { state: r } = await loadRecording(tx, id)
      const caseId = r.status === 'none' ? undefined : (r.link ?? r.manifest.suggestion)?.caseId
      return [r, await handlesCase(tx, actor, caseId)] as const
    })
    if (state.status === 'none' || canViewRecording(state, actor, handles) !== true)
      return refuse('not-found', '没有登记过这段音像。', '请先登记（摘要、大小、时间、设备），再上传。')
    const can = canDescribeRecording(state, actor, handles)
    if (can !== true) return deny(can)
    if (isKept(state)) return refuse('duplicate', '这段音像已经入库。', '不需要再次上传。')
    const { sizeBytes, mime, sha256 } = state.manifest
    if (lengthBytes !== sizeBytes)
      return refuse(
        'bad-evidence',
        `文件大小与登记的 ${sizeBytes} 字节不一致。`,
        '请核对是否选错了文件；文件被改动过的，请从原设备重新登记。',
      )
    return { targetId: id, mime, declaredSha256: sha256 }
  }

const storedData = (upload: TargetedUpload, state: RecordingState, d: FileDigest): Stored => ({
  blob: {
    sha256: d.sha256,
    sizeBytes: d.sizeBytes,
    mime: state.status === 'none' ? 'application/octet-stream' : state.manifest.mime,
    ...(d.sm3 && { sm3: d.sm3 }),
  },
  chunkRoot: d.chunkRoot,
  chunkSizeBytes: CHUNK_BYTES,
  checksum: upload.everyChunkChecked ? 'per-chunk' : 're-read',
})

type Write = Readonly<{
  upload: TargetedUpload
  also: AlsoInTransaction
  jobs: readonly Job[]
  decide: (state: RecordingState, now: string) => Decision<RecordingEvent>
}>

/** The upload's id is the command's: one upload has one effect on the record, however often it is finished. */
const write = async (store: Store, w: Write): Promise<void> => {
  const { upload } = w
  const done = await execute<RecordingState, RecordingEvent>(store, {
    commandId: upload.id,
    agencyId: upload.agencyId,
    actor: systemActor(upload.agencyId),
    streamType: 'recording',
    streamId: upload.targetId,
    initial: initialRecording,
    evolve: evolveRecorded,
    decide: async (state, { now, tx }) => {
      await w.also(tx)
      return w.decide(state, now)
    },
    jobs: () => w.jobs,
    what: 'uploadRecording',
  })
  if (isRefusal(done)) throw new Error(`recording ${upload.targetId}: ${done.code}`)
}

/** Two uploads of one recording may end at the same time: the second changes nothing. */
const unlessKept = (state: RecordingState, decide: () => Decision<RecordingEvent>) =>
  isKept(state) ? [] : decide()

export const recordingUploads = (store: Store): UploadTarget => ({
  admit: admit(store),
  admitPart: (actor) => {
    const can = canRegisterRecording(actor, actor.personId ?? '')
    return can === true ? true : deny(can)
  },
  stored: (upload, digest, also) =>
    write(store, {
      upload,
      also,
      jobs: [
        {
          name: CHECK_RECORDING,
          payload: { recordingId: upload.targetId, agencyId: upload.agencyId },
          key: `${CHECK_RECORDING}:${upload.targetId}`,
        },
        chainJob(upload.targetId, upload.agencyId),
      ],
      decide: (state, now) =>
        unlessKept(state, () =>
          storeRecording(state, { stored: storedData(upload, state, digest), uploadId: upload.id }, now),
        ),
    }),
  rejected: (upload, digest, also) =>
    write(store, {
      upload,
      also,
      jobs: [],
      decide: (state, now) => rejectTransfer(state, { uploadId: upload.id, received: digest.sha256 }, now),
    }),
})
