import type { Readable } from 'node:stream'
import type { Actor } from '@liuhen/domain/event'
import { canCopyRecording } from '@liuhen/domain/recording/can'
import { isKept, type KeptRecording } from '@liuhen/domain/recording/state'
import { deny, isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import { openBlob } from '../blobs/put-blob.ts'
import { withAgency, type Tx } from '../postgres/transaction.ts'
import { parseByteRange } from './byte-range.ts'
import { openRecordingIn } from './get-recording.ts'
import type { RecordingDeps } from './recording-deps.ts'

export type MediaAnswer = Readonly<{
  status: 200 | 206 | 416
  headers: Readonly<Record<string, string>>
  stream?: Readable
}>
export type MediaAsked = Readonly<{
  recordingId: string
  range?: string | undefined
  copy: boolean
  reason?: string | undefined
  address: string
}>

/** Media come from strangers: the browser must not guess what they are, nor run what is in them. */
export const SAFE = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; sandbox",
  'cache-control': 'private, max-age=3600',
  'accept-ranges': 'bytes',
}
const PLAYABLE = /^(?:video|audio)\/[a-z0-9.+-]+$|^image\/(?:jpeg|png|webp)$/

/** What a browser may show in place; anything else is only ever saved. */
const typeOf = (mime: string) => (PLAYABLE.test(mime) ? mime : 'application/octet-stream')

/** RFC 6266; the name comes from a device or a person. */
const disposition = (kind: 'inline' | 'attachment', name: string) => {
  const safe = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)
  return `${kind}; filename="recording"; filename*=UTF-8''${safe}`
}

export const logOpening = (
  tx: Tx,
  actor: Actor,
  asked: MediaAsked,
  range: Readonly<{ start: number; end: number }>,
) =>
  tx.query(
    `INSERT INTO app.recording_opening
       (agency_id, recording_id, user_id, user_name, purpose, reason, first_byte, last_byte, address)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      actor.agencyId,
      asked.recordingId,
      actor.userId,
      actor.name,
      asked.copy ? 'copy' : 'view',
      asked.reason ?? null,
      range.start,
      range.end,
      asked.address,
    ],
  )

/** To copy is the custodian's, with a reason. */
export const mayOpen = (actor: Actor, asked: Pick<MediaAsked, 'copy' | 'reason'>): Refusal | undefined => {
  if (!asked.copy) return undefined
  const can = canCopyRecording(actor)
  if (can !== true) return deny(can)
  return asked.reason === undefined || asked.reason.trim() === ''
    ? refuse('incomplete', '复制音像须写明事由。', '请填写复制事由和审批情况。')
    : undefined
}

type Allowed = Readonly<{ recording: KeptRecording; range: ReturnType<typeof parseByteRange>; size: number }>

const allow = (deps: RecordingDeps, actor: Actor, asked: MediaAsked): Promise<Allowed | Refusal> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const opened = await openRecordingIn(tx, actor, asked.recordingId)
    if (isRefusal(opened)) return opened
    const no = mayOpen(actor, asked)
    if (no) return no
    if (!isKept(opened.state))
      return refuse('wrong-state', '这段音像的文件还没有完整入库。', '请等待上传完成，或者从断点继续上传。')
    const { destroyed } = opened.state
    if (destroyed !== undefined)
      return refuse(
        'wrong-state',
        `这段音像已依法销毁（销毁批次 ${destroyed.number}）。`,
        '登记和校验值仍然保存；销毁证明在销毁页面查看。',
      )
    const size = opened.state.stored.blob.sizeBytes
    const range = parseByteRange(asked.range, size)
    if (range !== 'unsatisfiable')
      await logOpening(tx, actor, asked, range === 'whole' ? { start: 0, end: size - 1 } : range)
    return { recording: opened.state, range, size }
  })

/** The bytes of a recording, whole or a range. The opening is recorded before the first byte leaves. */
export const openMedia = async (
  deps: RecordingDeps,
  actor: Actor,
  asked: MediaAsked,
): Promise<MediaAnswer | Refusal> => {
  const allowed = await allow(deps, actor, asked)
  if (isRefusal(allowed)) return allowed
  const { recording, range, size } = allowed
  if (range === 'unsatisfiable')
    return { status: 416, headers: { ...SAFE, 'content-range': `bytes */${size}` } }
  const part = range === 'whole' ? undefined : range
  const { sha256, mime } = recording.stored.blob
  const opened = await openBlob(deps.blobs, sha256, part)
  if (opened === undefined) throw new Error(`no verified blob ${sha256}`)
  return {
    status: part ? 206 : 200,
    stream: opened.stream,
    headers: {
      ...SAFE,
      etag: `"${sha256}"`,
      'content-type': typeOf(mime),
      'content-length': String(part ? part.end - part.start + 1 : size),
      'content-disposition': disposition(asked.copy ? 'attachment' : 'inline', recording.manifest.fileName),
      ...(part && { 'content-range': `bytes ${part.start}-${part.end}/${size}` }),
    },
  }
}

/** A key frame of the recording; seeing it needs the same right as viewing. */
export const openPoster = async (
  deps: RecordingDeps,
  actor: Actor,
  recordingId: string,
): Promise<Readonly<{ stream: Readable; sizeBytes: number }> | Refusal> => {
  const found = await withAgency(deps.store, actor.agencyId, async (tx) => {
    const opened = await openRecordingIn(tx, actor, recordingId)
    if (isRefusal(opened)) return opened
    const { rows } = await tx.query<{ sha256: string }>(
      'SELECT sha256 FROM app.recording_poster WHERE recording_id = $1',
      [recordingId],
    )
    return rows[0]?.sha256 ?? refuse('not-found', '这段音像没有封面。', '可以直接播放。')
  })
  if (isRefusal(found)) return found
  const opened = await openBlob(deps.blobs, found)
  if (opened === undefined) throw new Error(`no verified blob ${found}`)
  return { stream: opened.stream, sizeBytes: opened.blob.sizeBytes }
}
