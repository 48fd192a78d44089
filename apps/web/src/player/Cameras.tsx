import { CaretRightOutlined, PauseOutlined } from '@ant-design/icons'
import { SPEEDS } from '@liuhen/domain/recording/viewing'
import { Button, Select } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Camera } from '@liuhen/api/routes/playback'
import { recordingMedia } from '@liuhen/api/routes/recordings'
import { urlOf } from '../api/client.ts'
import { useMe } from '../session/me.ts'
import { useKeys } from '../shell/use-keys.ts'
import { chinaSecond } from '../time/china.ts'
import { purposeFor } from './purpose-for.ts'
import { secondAt, trackOf } from './sync.ts'
import { useStepTogether } from './use-step-together.ts'
import type { StepTogether } from './use-step-together.ts'
import { useViewing } from './use-viewing.ts'
import { ViewerMark } from './ViewerMark.tsx'
import './cameras.css'

type Props = Readonly<{ cameras: readonly Camera[] }>

/** Two to four cameras in step, and how sure it is that they are. */
export function Cameras({ cameras }: Props) {
  const { t } = useTranslation('player')
  const tracks = cameras.map(trackOf)
  const together = useStepTogether(tracks, Math.max(...tracks.map((track) => track.fromMs)))
  const { span, atMs, playing, speed, spread } = together
  useKeys({
    ' ': together.toggle,
    j: () => together.seek(atMs - 5000),
    l: () => together.seek(atMs + 5000),
  })
  return (
    <figure className="cameras" aria-label={t('cameras.title')} data-spread={Math.round(spread)}>
      <div className="camera-grid">
        {cameras.map((camera) => (
          <Tile key={camera.id} camera={camera} together={together} />
        ))}
      </div>
      <input
        type="range"
        className="camera-range"
        aria-label={t('position')}
        aria-valuetext={chinaSecond(atMs)}
        min={span.fromMs}
        max={span.toMs}
        step={100}
        value={atMs}
        onChange={(e) => together.seek(Number(e.target.value))}
      />
      <ul className="camera-tracks" aria-hidden>
        {tracks.map((track) => (
          <li key={track.id}>
            <span
              style={{
                left: `${((track.fromMs - span.fromMs) / (span.toMs - span.fromMs)) * 100}%`,
                width: `${((track.toMs - track.fromMs) / (span.toMs - span.fromMs)) * 100}%`,
              }}
            />
          </li>
        ))}
      </ul>
      <div className="player-controls">
        <Button
          type="primary"
          aria-label={t(playing ? 'pause' : 'play')}
          icon={playing ? <PauseOutlined /> : <CaretRightOutlined />}
          onClick={together.toggle}
        />
        <span className="mono player-clock">{chinaSecond(atMs)}</span>
        <Select<number>
          aria-label={t('speed')}
          value={speed}
          onChange={together.setSpeed}
          options={SPEEDS.map((value) => ({ value, label: t('speedOf', { n: value }) }))}
          className="player-speed"
        />
        <span className="faint">{t('cameras.spread', { n: Math.round(spread) })}</span>
        <span className="faint">{sureness(cameras, t)}</span>
      </div>
    </figure>
  )
}

type Words = ReturnType<typeof useTranslation<'player'>>['t']

/** What the clocks allow to be said: the two worst may err against each other. */
const sureness = (cameras: readonly Camera[], t: Words): string => {
  if (cameras.some((c) => c.clockOffsetMs === undefined)) return t('cameras.unsure')
  const worst = cameras.map((c) => c.clockUncertaintyMs ?? 0).toSorted((a, b) => b - a)
  return t('cameras.sure', { s: (((worst[0] ?? 0) + (worst[1] ?? 0)) / 1000).toFixed(1) })
}

const clockWords = (camera: Camera, t: Words): string =>
  camera.clockOffsetMs === undefined
    ? t('cameras.noClock')
    : t('cameras.clock', {
        offset: (camera.clockOffsetMs / 1000).toFixed(1),
        s: ((camera.clockUncertaintyMs ?? 0) / 1000).toFixed(1),
      })

function Tile({ camera, together }: Readonly<{ camera: Camera; together: StepTogether }>) {
  const { t } = useTranslation('player')
  const media = useRef<HTMLVideoElement>(null)
  const viewing = useViewing(camera.id, purposeFor(useMe().roles))
  const { id } = camera
  const track = trackOf(camera)
  const held = useRef(together.hold)
  useEffect(() => {
    held.current = together.hold
  })
  useEffect(() => () => held.current(id, undefined), [id])
  const runs = secondAt(track, together.atMs, (track.toMs - track.fromMs) / 1000) !== undefined
  return (
    <div className="camera-tile">
      <div className="stage">
        <video
          ref={media}
          className="player"
          src={urlOf(recordingMedia, { params: { id } })}
          preload="auto"
          playsInline
          muted={false}
          aria-label={camera.fileName}
          data-from={track.fromMs}
          onLoadedMetadata={() => {
            if (media.current) together.hold(id, { track, element: media.current })
          }}
          onTimeUpdate={() => {
            if (media.current && !media.current.paused) viewing.playedTo(media.current.currentTime)
          }}
          onPause={viewing.report}
          onSeeking={() => viewing.movedTo(media.current?.currentTime ?? 0)}
        />
        <ViewerMark />
        {!runs && <p className="camera-off">{t('cameras.off')}</p>}
      </div>
      <p className="camera-name">
        <strong>{camera.deviceId}</strong> <span className="faint">{clockWords(camera, t)}</span>
      </p>
    </div>
  )
}
