import { createReadStream } from 'node:fs'
import { PlaybackAids } from '@liuhen/api/routes/playback'
import type { Actor } from '@liuhen/domain/event'
import { isKept } from '@liuhen/domain/recording/state'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import { withAgency } from '../postgres/transaction.ts'
import { parseByteRange } from '../recording/byte-range.ts'
import { openRecordingIn } from '../recording/get-recording.ts'
import { logOpening, SAFE, type MediaAnswer, type MediaAsked } from '../recording/open-media.ts'
import { derivedPath, derivedSize, readDerived } from './derived-files.ts'
import { AIDS, MAKE_AIDS, NO_PROXY, PROXY, SPRITE, type AidsJob, type PlaybackDeps } from './make-aids.ts'

/** Whose bytes they are, for one who may view them. */
const digestFor = (deps: PlaybackDeps, actor: Actor, recordingId: string): Promise<string | Refusal> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const opened = await openRecordingIn(tx, actor, recordingId)
    if (isRefusal(opened)) return opened
    const destroyed = isKept(opened.state) ? opened.state.destroyed : undefined
    if (destroyed !== undefined)
      return refuse(
        'wrong-state',
        `这段音像已依法销毁（销毁批次 ${destroyed.number}）。`,
        '登记和校验值仍然保存；销毁证明在销毁页面查看。',
      )
    return isKept(opened.state)
      ? opened.state.stored.blob.sha256
      : refuse('wrong-state', '这段音像的文件还没有完整入库。', '请等待上传完成，或者从断点继续上传。')
  })

/** One at a time: whoever looks shall not take the machine from whoever uploads. A film of hours holds up films alone. */
const queue = (deps: PlaybackDeps, job: AidsJob) =>
  deps.store.pool.query('SELECT queue.add($1)', [
    JSON.stringify([
      {
        name: MAKE_AIDS,
        payload: job,
        key: `${MAKE_AIDS}:${job.what}:${job.recordingId}`,
        queue: `${MAKE_AIDS}:${job.what}`,
        maxAttempts: 3,
      },
    ]),
  ])

const proxyState = async (deps: PlaybackDeps, sha256: string): Promise<PlaybackAids['proxy']> => {
  if ((await derivedSize(deps.derived, sha256, PROXY)) !== undefined) return 'ready'
  const cannot = deps.tools === undefined || (await derivedSize(deps.derived, sha256, NO_PROXY)) !== undefined
  return cannot ? 'impossible' : 'none'
}

/** What there is; what there is not yet is asked for. */
export const getAids = async (
  deps: PlaybackDeps,
  actor: Actor,
  asked: Readonly<{ recordingId: string; wantsProxy: boolean }>,
): Promise<PlaybackAids | Refusal> => {
  const { recordingId, wantsProxy } = asked
  const sha256 = await digestFor(deps, actor, recordingId)
  if (isRefusal(sha256)) return sha256
  const job = { agencyId: actor.agencyId, recordingId }
  const bytes = await readDerived(deps.derived, sha256, AIDS)
  if (bytes === undefined && deps.tools) await queue(deps, { ...job, what: 'aids' })
  const found = await proxyState(deps, sha256)
  const starts = wantsProxy && found === 'none'
  if (starts) await queue(deps, { ...job, what: 'proxy' })
  const proxy = starts ? ('making' as const) : found
  if (bytes === undefined) return { state: deps.tools ? 'making' : 'none', frames: [], peaks: [], proxy }
  return PlaybackAids.parse({ ...JSON.parse(bytes.toString()), state: 'ready', proxy })
}

const notMade = (): Refusal => refuse('not-found', '还没有生成。', '请稍候再试。')

export const openSprite = async (
  deps: PlaybackDeps,
  actor: Actor,
  recordingId: string,
): Promise<Readonly<{ bytes: Buffer; headers: Readonly<Record<string, string>> }> | Refusal> => {
  const sha256 = await digestFor(deps, actor, recordingId)
  if (isRefusal(sha256)) return sha256
  const bytes = await readDerived(deps.derived, sha256, SPRITE)
  return bytes === undefined ? notMade() : { bytes, headers: { 'cache-control': 'private, max-age=3600' } }
}

export const openProxy = async (
  deps: PlaybackDeps,
  actor: Actor,
  asked: Pick<MediaAsked, 'recordingId' | 'range' | 'address'>,
): Promise<MediaAnswer | Refusal> => {
  const sha256 = await digestFor(deps, actor, asked.recordingId)
  if (isRefusal(sha256)) return sha256
  const size = await derivedSize(deps.derived, sha256, PROXY)
  if (size === undefined) return notMade()
  const range = parseByteRange(asked.range, size)
  if (range === 'unsatisfiable')
    return { status: 416, headers: { ...SAFE, 'content-range': `bytes */${size}` } }
  const { start, end } = range === 'whole' ? { start: 0, end: size - 1 } : range
  await withAgency(deps.store, actor.agencyId, (tx) =>
    logOpening(tx, actor, { ...asked, copy: false, reason: '播放代理' }, { start, end }),
  )
  return {
    status: range === 'whole' ? 200 : 206,
    stream: createReadStream(derivedPath(deps.derived, sha256, PROXY), { start, end }),
    headers: {
      ...SAFE,
      'content-type': 'video/mp4',
      'content-length': String(end - start + 1),
      ...(range !== 'whole' && { 'content-range': `bytes ${start}-${end}/${size}` }),
    },
  }
}
