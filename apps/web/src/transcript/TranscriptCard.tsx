import { useState } from 'react'
import { Button, Input, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import {
  getRecording,
  recordingCaptions,
  recordingSubtitles,
  recordingTranscript,
} from '@liuhen/api/routes/recordings'
import type { RecordingView } from '@liuhen/api/routes/recordings'
import { urlOf } from '../api/client.ts'
import { useRoute } from '../api/use-route.ts'
import { whyOf } from '../document/why-of.ts'
import { chinaMinute } from '../time/china.ts'
import { lineNow, tenthClock } from './lines.ts'
import { TranscriptEditor } from './TranscriptEditor.tsx'
import '../player/record-beside.css'
import './transcript.css'

type Line = NonNullable<RecordingView['transcript']>['lines'][number]
type Props = Readonly<{
  id: string
  /** While it plays, for what runs along; and exactly, for what is stamped. */
  now: number
  at: () => number
  onSeek: (seconds: number) => void
}>

/** 文字记录: what is heard in the film, with its times; read along, or written by the keyboard. */
export function TranscriptCard({ id, now, at, onSeek }: Props) {
  const { t } = useTranslation('transcript')
  const { t: w } = useTranslation('words')
  const [writing, setWriting] = useState(false)
  const recording = useRoute(getRecording, { params: { id } })
  const view = recording.data
  if (view === undefined || view.stored === undefined || view.manifest.medium === 'photo') return null
  const why = whyOf(view.can.describe, (reason) => w('whyNot', reason))
  const { transcript } = view
  return (
    <section className="panel" aria-label={t('title')}>
      <div className="need-line">
        <h2>{t('title')}</h2>
        {!writing && (
          <Tooltip title={why}>
            <Button size="small" disabled={why !== undefined} onClick={() => setWriting(true)}>
              {t(transcript ? 'again' : 'write')}
            </Button>
          </Tooltip>
        )}
      </div>
      {writing ? (
        <TranscriptEditor recording={view} at={at} onSeek={onSeek} onClose={() => setWriting(false)} />
      ) : (
        <>
          {transcript === undefined && <p className="faint">{t('none')}</p>}
          {transcript && <Lines lines={transcript.lines} now={now} onSeek={onSeek} />}
          {transcript && <Versions id={id} versions={transcript.versions} />}
          {view.captions && <Sidecars id={id} why={whyOf(view.can.copy, (reason) => w('whyNot', reason))} />}
        </>
      )}
    </section>
  )
}

type LinesProps = Readonly<{ lines: readonly Line[]; now: number; onSeek: (seconds: number) => void }>

function Lines({ lines, now, onSeek }: LinesProps) {
  const { t } = useTranslation('transcript')
  const spoken = lineNow(lines, now)
  return (
    <ol className="record-beside" tabIndex={0} aria-label={t('lines')}>
      {lines.map((line, i) => (
        <li key={`${line.from} ${i}`} aria-current={i === spoken}>
          <button type="button" className="text-button mono" onClick={() => onSeek(line.from)}>
            {tenthClock(line.from)}
          </button>
          <p>{line.speaker === undefined ? line.text : t('said', { who: line.speaker, text: line.text })}</p>
        </li>
      ))}
    </ol>
  )
}

/** Files for players outside the browser; the film itself is never written on. They leave as copies do. */
function Sidecars({ id, why }: Readonly<{ id: string; why: string | undefined }>) {
  const { t } = useTranslation('transcript')
  const [reason, setReason] = useState('')
  const said = reason.trim()
  const files = [
    ['WebVTT', urlOf(recordingCaptions, { params: { id }, query: { save: 'true', reason: said } })],
    ['SRT', urlOf(recordingSubtitles, { params: { id }, query: { reason: said } })],
  ] as const
  return (
    <div className="transcript-foot">
      <span className="faint">{t('captions')}</span>
      {why !== undefined && <span className="faint">{why}</span>}
      {why === undefined && (
        <Input
          size="small"
          maxLength={200}
          aria-label={t('captionsReason')}
          placeholder={t('captionsReason')}
          value={reason}
          onChange={(e) => setReason(e.target.value)}
        />
      )}
      {why === undefined &&
        files.map(([name, href]) => (
          <Button
            key={name}
            size="small"
            disabled={said === ''}
            {...(said !== '' && { href, download: true })}
          >
            {name}
          </Button>
        ))}
    </div>
  )
}

type VersionsProps = Readonly<{
  id: string
  versions: NonNullable<RecordingView['transcript']>['versions']
}>

/** Who wrote which version when; what an earlier one said can be read again. */
function Versions({ id, versions }: VersionsProps) {
  const { t } = useTranslation('transcript')
  const [opened, setOpened] = useState<number | undefined>()
  const latest = versions.at(-1)
  const older = useRoute(
    recordingTranscript,
    { params: { id, version: opened ?? 1 } },
    { enabled: opened !== undefined },
  )
  if (latest === undefined) return null
  return (
    <>
      <p className="transcript-foot">
        {versions.map(({ version, by, at }) => (
          <button
            key={version}
            type="button"
            className="text-button"
            aria-pressed={opened === version}
            disabled={version === latest.version}
            onClick={() => setOpened(opened === version ? undefined : version)}
          >
            {t('version', { n: version, by, at: chinaMinute(at) })}
          </button>
        ))}
      </p>
      {opened !== undefined && older.data && (
        <ol className="transcript-older" aria-label={t('older', { n: opened })}>
          {older.data.lines.map((line, i) => (
            <li key={`${line.from} ${i}`}>
              <span className="mono faint">{tenthClock(line.from)}</span>{' '}
              {line.speaker === undefined ? line.text : t('said', { who: line.speaker, text: line.text })}
            </li>
          ))}
        </ol>
      )}
    </>
  )
}
