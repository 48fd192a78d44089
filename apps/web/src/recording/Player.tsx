import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { recordingMedia } from '@liuhen/api/routes/recordings'
import { urlOf } from '../api/client.ts'
import { useKeys } from '../shell/use-keys.ts'
import { chinaInstant, chinaSecond, clockOf } from '../time/china.ts'
import './recording.css'

type Shown = Readonly<{ id: string; medium: string; mime: string; from: string; playable: string }>
type Props = Readonly<{ recording: Shown; at: number | undefined; onAt: (seconds: number) => void }>

const FRAME = 1 / 25

/** Plays a recording from the server by ranges; Space plays, comma and full stop go one frame. */
export function Player({ recording, at, onAt }: Props) {
  const { t } = useTranslation('recording')
  const media = useRef<HTMLVideoElement>(null)
  const [now, setNow] = useState(at ?? 0)
  const [failed, setFailed] = useState(false)
  const url = urlOf(recordingMedia, { params: { id: recording.id } })
  useEffect(() => {
    const element = media.current
    if (element && at !== undefined && Math.abs(element.currentTime - at) > 0.5) element.currentTime = at
  }, [at, recording.id])
  const toggle = (): void => {
    const element = media.current
    if (element) void (element.paused ? element.play() : element.pause())
  }
  const step = (by: number): void => {
    const element = media.current
    if (!element) return
    element.pause()
    element.currentTime = Math.max(0, element.currentTime + by)
  }
  useKeys({ ' ': toggle, ',': () => step(-FRAME), '.': () => step(FRAME) }, recording.medium !== 'photo')
  const keep = (): void => onAt(Math.round((media.current?.currentTime ?? 0) * 100) / 100)
  if (recording.medium === 'photo') return <img className="player" src={url} alt={t('photo')} />
  return (
    <figure className="player-box">
      {/* Evidence has no caption track; what is said stands in the written records of the case. */}
      <video
        key={recording.id}
        ref={media}
        className="player"
        src={url}
        controls
        controlsList="nodownload"
        preload="metadata"
        aria-label={t('player')}
        onTimeUpdate={() => setNow(media.current?.currentTime ?? 0)}
        onPause={keep}
        onSeeked={keep}
        onError={() => setFailed(true)}
      />
      <figcaption>
        <span className="mono">{clockOf(now)}</span>
        <span className="faint">
          {t('wallClock', { at: chinaSecond(chinaInstant(Date.parse(recording.from) + now * 1000)) })}
        </span>
        <span className="faint player-keys">{t('keys')}</span>
      </figcaption>
      {failed && (
        <p className="field-problem">{t(recording.playable === 'broken' ? 'brokenNext' : 'cannotPlay')}</p>
      )}
    </figure>
  )
}
