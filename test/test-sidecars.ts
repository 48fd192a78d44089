import { randomUUID } from 'node:crypto'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal } from '@liuhen/domain/refusal'
import { putBlob } from '../apps/server/src/blobs/put-blob.ts'
import { append } from '../apps/server/src/event-store/append.ts'
import type { Store } from '../apps/server/src/event-store/store.ts'
import type { ClosedCase } from './test-closed-case.ts'

/** The paper about the film: it states what a court wants stated. */
export const DESCRIPTION = {
  type: 'recording-description',
  step: 'inspection',
  ofFilm: true,
  data: { original: 'copy', copyReason: '设备须继续使用', method: '执法记录仪拍摄，原样导出' },
}
export const CHAIN = 'what a phone signed\n'

/** Somebody wrote down what is said in the film of the case, and a phone signed while it recorded. */
export const writeBesideFilm = async (store: Store, actor: Actor, closed: ClosedCase): Promise<void> => {
  const blobs = { pool: store.pool, store: closed.blobs, root: closed.blobRoot }
  const { sha256, sizeBytes } = await putBlob(blobs, Buffer.from(CHAIN), 'text/plain')
  const at = { schemaVersion: 1, occurredAt: '2026-04-20T10:00:00+08:00' }
  const events = [
    { ...at, type: 'RecordingChainKept', data: { internal: { chain: { sha256, sizeBytes } } } },
    {
      ...at,
      type: 'RecordingTranscribed',
      data: {
        internal: { version: 1, lines: 1, by: { name: actor.name } },
        personal: { lines: [{ from: 1, to: 2, speaker: '店主', text: '是我摆的。' }] },
      },
    },
  ]
  const appends = [
    { streamType: 'recording' as const, streamId: closed.recordingId, expectedVersion: 3, events },
  ]
  const { agencyId } = actor
  const told = { commandId: randomUUID(), agencyId, actor, appends, result: {} }
  const done = await append(store, told)
  if (isRefusal(done)) throw new Error(JSON.stringify(done.reasons))
}
