import type { Actor } from '@liuhen/domain/event'
import { captionedOf, hasCaptions, subRip, webVtt } from '@liuhen/domain/recording/captions'
import { RecordingEvent, type TranscriptLine } from '@liuhen/domain/recording/events'
import { isKept } from '@liuhen/domain/recording/state'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import { readStreamIn } from '../event-store/read-stream.ts'
import type { BytesResponse } from '../http/binding.ts'
import { withAgency } from '../postgres/transaction.ts'
import { openRecordingIn } from './get-recording.ts'
import { logOpening, mayOpen, type MediaAsked } from './open-media.ts'
import type { RecordingDeps } from './recording-deps.ts'

type Asked = Omit<MediaAsked, 'range'> & Readonly<{ as: 'vtt' | 'srt' }>

const none = () => refuse('not-found', '这段音像没有文字记录。', '请先在播放器下面整理文字记录，再使用字幕。')

/** The film's name with another ending: players outside a browser find captions by it. */
const nameOf = (fileName: string, ending: string): string => `${fileName.replace(/\.[^.]*$/, '')}.${ending}`

/**
 * Made from the record each time. Whoever may see the recording reads along; a file of what is said in it leaves as a
 * copy of the film does: by the custodian, with a reason, and the opening is recorded before the first byte.
 */
export const openCaptions = (
  deps: Pick<RecordingDeps, 'store'>,
  actor: Actor,
  { as, ...asked }: Asked,
): Promise<BytesResponse | Refusal> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const opened = await openRecordingIn(tx, actor, asked.recordingId)
    if (isRefusal(opened)) return opened
    const no = mayOpen(actor, asked)
    if (no) return no
    if (!isKept(opened.state)) return none()
    const film = captionedOf(opened.state)
    if (!hasCaptions(film)) return none()
    const bytes = Buffer.from(as === 'vtt' ? webVtt(film) : subRip(film), 'utf8')
    if (!asked.copy) return { bytes, sizeBytes: bytes.length }
    const reason = `字幕文件：${asked.reason?.trim()}`
    await logOpening(tx, actor, { ...asked, reason }, { start: 0, end: bytes.length - 1 })
    return { bytes, sizeBytes: bytes.length, fileName: nameOf(opened.state.manifest.fileName, as) }
  })

/** What an earlier version said: nothing that was written down goes away. */
export const getTranscript = (
  deps: Pick<RecordingDeps, 'store'>,
  actor: Actor,
  recordingId: string,
  version: number,
): Promise<{ lines: TranscriptLine[] } | Refusal> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const opened = await openRecordingIn(tx, actor, recordingId)
    if (isRefusal(opened)) return opened
    for (const recorded of await readStreamIn(tx, recordingId)) {
      const event = RecordingEvent.parse(recorded)
      if (event.type === 'RecordingTranscribed' && event.data.internal.version === version)
        return { lines: event.data.personal?.lines ?? [] }
    }
    return refuse('not-found', '没有这一版文字记录。', '请从版本列表中选择。')
  })
