import { useEffect, useRef } from 'react'
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { transcribeRecording } from '@liuhen/api/routes/recordings'
import type { RecordingView } from '@liuhen/api/routes/recordings'
import { useCommand } from '../api/use-command.ts'
import { copyKey, useLeftCopy } from '../form/local-copy.ts'
import type { Copy } from '../form/local-copy.ts'
import { useMe } from '../session/me.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { useKeys } from '../shell/use-keys.ts'
import { Waiting } from '../shell/Waiting.tsx'
import { changed, linesToSend, nextLine, stamped, withoutLine } from './lines.ts'
import type { EditLine } from './lines.ts'
import { ClockInput } from './ClockInput.tsx'
import { useTranscriptDraft } from './use-transcript-draft.ts'

type Props = Readonly<{
  recording: Pick<RecordingView, 'id' | 'transcript'>
  /** Where the film stands. */
  at: () => number
  onSeek: (seconds: number) => void
  onClose: () => void
}>

/** What is heard, line by line, by the keyboard alone: the film is played and wound by keys while somebody types. */
export function TranscriptEditor(props: Props) {
  const name = copyKey(useMe().userId, `transcript/${props.recording.id}`)
  const left = useLeftCopy(name)
  return left.isRead ? <Editor {...props} left={{ name, copy: left.copy }} /> : <Waiting rows={3} />
}

type EditorProps = Props & Readonly<{ left: Readonly<{ name: string; copy: Copy | undefined }> }>

function Editor({ recording, at, onSeek, onClose, left }: EditorProps) {
  const { t } = useTranslation('transcript')
  const { after, written, setWritten, restored, drop } = useTranscriptDraft(recording, at(), left)
  const { lines } = written
  const box = useRef<HTMLOListElement>(null)
  const done = (): void => {
    drop()
    onClose()
  }
  const save = useCommand(transcribeRecording, { done: t('saved'), onDone: done })
  const send = (): void =>
    save.mutate({ params: { id: recording.id }, body: { after, lines: linesToSend(lines) } })
  useKeys({ 'ctrl+s': send })
  useEffect(() => {
    // Below the film, which stays in sight.
    box.current?.parentElement?.scrollIntoView({ block: 'start' })
  }, [])
  const cursor = written.at
  useEffect(() => {
    box.current?.querySelector<HTMLTextAreaElement>(`[data-line="${cursor}"] textarea`)?.focus()
  }, [cursor])
  const set = (key: number, change: Partial<EditLine>): void =>
    setWritten({ ...written, lines: changed(lines, key, change) })
  const add = (i: number): void => setWritten(nextLine(lines, i, at()))
  const onKey = (event: React.KeyboardEvent, i: number, line: EditLine): void => {
    if (event.nativeEvent.isComposing) return
    const stamp = { ';': 'from', "'": 'to' } as const
    const which = event.ctrlKey ? stamp[event.key as keyof typeof stamp] : undefined
    if (which !== undefined) setWritten({ ...written, lines: stamped(lines, line.key, which, at()) })
    else if (event.key === 'Enter' && !event.ctrlKey && !event.shiftKey) add(i)
    else if (event.key === 'Backspace' && line.text === '') setWritten(withoutLine(lines, line.key))
    else return
    event.preventDefault()
  }
  return (
    <div className="transcript-editor">
      <p className="explain">{t('keys')}</p>
      {restored && <p role="status">{t('restored')}</p>}
      <datalist id="transcript-speakers">
        {[...new Set(lines.map((l) => l.speaker).filter((s) => s !== ''))].map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <ol className="transcript-lines" ref={box} aria-label={t('lines')}>
        {lines.map((line, i) => (
          <li key={line.key} data-line={line.key}>
            <ClockInput
              label={t('fromOf', { n: i + 1 })}
              value={line.from}
              onChange={(from) => from !== undefined && set(line.key, { from })}
              onGo={onSeek}
            />
            <ClockInput
              label={t('toOf', { n: i + 1 })}
              value={line.to}
              onChange={(to) => set(line.key, { to })}
              onGo={onSeek}
            />
            <Input
              className="transcript-speaker"
              value={line.speaker}
              maxLength={30}
              list="transcript-speakers"
              placeholder={t('speaker')}
              aria-label={t('speakerOf', { n: i + 1 })}
              onChange={(e) => set(line.key, { speaker: e.target.value })}
            />
            <Input.TextArea
              className="transcript-text"
              value={line.text}
              maxLength={1000}
              autoSize={{ minRows: 1, maxRows: 6 }}
              aria-label={t('textOf', { n: i + 1 })}
              onKeyDown={(e) => onKey(e, i, line)}
              onChange={(e) => set(line.key, { text: e.target.value })}
            />
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('removeOf', { n: i + 1 })}
              onClick={() => setWritten(withoutLine(lines, line.key))}
            />
          </li>
        ))}
      </ol>
      <div className="button-row">
        <Button type="dashed" icon={<PlusOutlined />} onClick={() => add(lines.length - 1)}>
          {t('add')}
        </Button>
        <Button type="primary" loading={save.isPending} onClick={send}>
          {t('save')}
        </Button>
        <Button onClick={done}>{t('cancel')}</Button>
      </div>
      {save.error && <ProblemView error={save.error} route={transcribeRecording} compact />}
    </div>
  )
}
