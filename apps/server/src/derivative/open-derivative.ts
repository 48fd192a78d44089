import { canCopyRecording } from '@liuhen/domain/recording/can'
import { noDerivative } from '@liuhen/domain/derivative/commands'
import { type Derivative, isMade, isReady } from '@liuhen/domain/derivative/state'
import type { Actor } from '@liuhen/domain/event'
import { deny, isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import { type BlobDeps, openBlob } from '../blobs/put-blob.ts'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { type Tx, withAgency } from '../postgres/transaction.ts'
import { parseByteRange } from '../recording/byte-range.ts'
import { openRecordingIn } from '../recording/get-recording.ts'
import { logOpening, type MediaAnswer, SAFE } from '../recording/open-media.ts'
import { loadDerivative, type LoadedDerivative } from './load-derivative.ts'

type Deps = Pick<CaseDeps, 'store'> & Readonly<{ blobs: BlobDeps }>
export type MadeDerivative = LoadedDerivative &
  Readonly<{ d: Derivative & { made: NonNullable<Derivative['made']> } }>

/** A copy whose bytes are here, for who may view its original. */
export const openMadeIn = async (tx: Tx, actor: Actor, id: string): Promise<MadeDerivative | Refusal> => {
  const loaded = await loadDerivative(tx, id)
  const { state } = loaded
  if (state.status === 'none') return noDerivative()
  if (isRefusal(await openRecordingIn(tx, actor, state.source.recordingId))) return noDerivative()
  if (state.destroyed !== undefined)
    return refuse(
      'wrong-state',
      `这份副本已随原件依法销毁（销毁批次 ${state.destroyed.number}）。`,
      '登记和校验值仍然保存；销毁证明在销毁页面查看。',
    )
  return isMade(state)
    ? { ...loaded, d: state }
    : refuse('wrong-state', '这份副本还没有制作完成。', '请等待制作完成，或者查看没有成功的原因。')
}

/** Nothing leaves before it was released by the custodian, to somebody and with a reason. */
export const mayTake = (actor: Actor, d: Derivative): Refusal | undefined => {
  const can = canCopyRecording(actor)
  if (can !== true) return deny(can)
  return isReady(d) && d.releases.length > 0
    ? undefined
    : refuse('wrong-state', '这份副本还没有登记交付，不能下载。', '请先点“交付”，写明给谁和事由，再下载。')
}

type Asked = Readonly<{ id: string; range?: string | undefined; copy: boolean; address: string }>

const allow = (deps: Deps, actor: Actor, asked: Asked) =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const opened = await openMadeIn(tx, actor, asked.id)
    if (isRefusal(opened)) return opened
    const { d } = opened
    const no = asked.copy ? mayTake(actor, d) : undefined
    if (no) return no
    const size = d.made.blob.sizeBytes
    const range = parseByteRange(asked.range, size)
    const bytes = range === 'whole' || range === 'unsatisfiable' ? { start: 0, end: size - 1 } : range
    const last = d.releases.at(-1)
    const why = asked.copy && last ? `：交付${last.recipient}` : ''
    const opening = {
      recordingId: d.source.recordingId,
      copy: asked.copy,
      reason: `副本 ${d.number}${why}`,
      address: asked.address,
    }
    if (range !== 'unsatisfiable') await logOpening(tx, actor, opening, bytes)
    return { d, range, size }
  })

/** The bytes of a copy, whole or a range. The opening is recorded at its recording before the first byte leaves. */
export const openDerivative = async (
  deps: Deps,
  actor: Actor,
  asked: Asked,
): Promise<MediaAnswer | Refusal> => {
  const allowed = await allow(deps, actor, asked)
  if (isRefusal(allowed)) return allowed
  const { d, range, size } = allowed
  if (range === 'unsatisfiable')
    return { status: 416, headers: { ...SAFE, 'content-range': `bytes */${size}` } }
  const part = range === 'whole' ? undefined : range
  const { sha256, mime } = d.made.blob
  const opened = await openBlob(deps.blobs, sha256, part)
  if (opened === undefined) throw new Error(`no verified blob ${sha256}`)
  const name = encodeURIComponent(`${d.number}.${mime === 'audio/mp4' ? 'm4a' : 'mp4'}`)
  return {
    status: part ? 206 : 200,
    stream: opened.stream,
    headers: {
      ...SAFE,
      etag: `"${sha256}"`,
      'content-type': mime,
      'content-length': String(part ? part.end - part.start + 1 : size),
      'content-disposition': `${asked.copy ? 'attachment' : 'inline'}; filename="copy.mp4"; filename*=UTF-8''${name}`,
      ...(part && { 'content-range': `bytes ${part.start}-${part.end}/${size}` }),
    },
  }
}
