import { useState } from 'react'
import type { KeyboardEvent, PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlaybackAids } from '@liuhen/api/routes/playback'
import { clockOf } from '../time/china.ts'
import type { Loop } from './loop.ts'

export type Mark = Readonly<{ at: number; kind: 'point' | 'gap' | 'break'; label: string }>
type Props = Readonly<{
  length: number
  now: number
  loop: Loop
  aids: PlaybackAids
  spriteUrl: string | undefined
  marks: readonly Mark[]
  onSeek: (seconds: number) => void
}>

const STEP_SECONDS = 5

/** The sound as a closed line, loud up and down. */
const wavePath = (peaks: readonly number[]): string => {
  // A quiet recording fills the lane as a loud one does: it is read for its shape.
  const high = 48 / Math.max(...peaks, 1)
  const top = peaks.map((p, i) => `${i},${50 - p * high}`)
  const bottom = peaks.map((p, i) => `${i},${50 + p * high}`).toReversed()
  return `M${[...top, ...bottom].join('L')}Z`
}

/** The length of a recording: its sound, its marks, the repeated stretch; a click goes there, a look shows the picture. */
export function Lane({ length, now, loop, aids, spriteUrl, marks, onSeek }: Props) {
  const { t } = useTranslation('player')
  const [seen, setSeen] = useState<number | undefined>()
  const share = (seconds: number): string => `${length > 0 ? Math.min(100, (seconds / length) * 100) : 0}%`
  const secondOf = (e: PointerEvent<HTMLElement>): number => {
    const box = e.currentTarget.getBoundingClientRect()
    return Math.max(0, Math.min(1, (e.clientX - box.left) / box.width)) * length
  }
  const onKey = (e: KeyboardEvent): void => {
    const by = { ArrowRight: STEP_SECONDS, ArrowLeft: -STEP_SECONDS }[e.key]
    if (by === undefined) return
    e.preventDefault()
    e.stopPropagation()
    onSeek(now + by)
  }
  return (
    <div className="lane">
      <div
        className="lane-track"
        role="slider"
        tabIndex={0}
        aria-label={t('position')}
        aria-valuemin={0}
        aria-valuemax={Math.round(length)}
        aria-valuenow={Math.round(now)}
        aria-valuetext={clockOf(now)}
        onKeyDown={onKey}
        onPointerDown={(e) => {
          e.currentTarget.setPointerCapture(e.pointerId)
          onSeek(secondOf(e))
        }}
        onPointerMove={(e) => {
          setSeen(secondOf(e))
          if (e.buttons === 1) onSeek(secondOf(e))
        }}
        onPointerLeave={() => setSeen(undefined)}
      >
        {aids.peaks.length > 1 && (
          <svg
            className="lane-wave"
            viewBox={`0 0 ${aids.peaks.length - 1} 100`}
            preserveAspectRatio="none"
            aria-hidden
          >
            <path d={wavePath(aids.peaks)} />
          </svg>
        )}
        {loop.a !== undefined && loop.b !== undefined && (
          <span className="lane-loop" style={{ left: share(loop.a), width: share(loop.b - loop.a) }} />
        )}
        <span className="lane-now" style={{ left: share(now) }} />
        {seen !== undefined && <Glimpse at={seen} left={share(seen)} aids={aids} spriteUrl={spriteUrl} />}
      </div>
      {marks.length > 0 && (
        <ol className="lane-marks" aria-label={t('marks')}>
          {marks.map((mark) => (
            <li key={`${mark.kind}${mark.at}${mark.label}`} style={{ left: share(mark.at) }}>
              <button
                type="button"
                className={`lane-mark lane-mark-${mark.kind}`}
                aria-label={t('markAt', { what: mark.label, at: clockOf(mark.at) })}
                title={t('markAt', { what: mark.label, at: clockOf(mark.at) })}
                onClick={() => onSeek(mark.at)}
              />
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}

type GlimpseProps = Readonly<{ at: number; left: string; aids: PlaybackAids; spriteUrl: string | undefined }>

/** What the picture shows there. */
function Glimpse({ at, left, aids: { sprite }, spriteUrl }: GlimpseProps) {
  const tile = sprite
    ? Math.max(
        0,
        sprite.times.findLastIndex((time) => time <= at),
      )
    : 0
  return (
    <span className="lane-glimpse" style={{ left }}>
      {sprite && spriteUrl !== undefined && (
        <span
          className="lane-tile"
          style={{
            width: sprite.tileWidth,
            height: sprite.tileHeight,
            backgroundImage: `url(${spriteUrl})`,
            backgroundPosition: `-${(tile % sprite.columns) * sprite.tileWidth}px -${Math.floor(tile / sprite.columns) * sprite.tileHeight}px`,
          }}
        />
      )}
      <span className="mono">{clockOf(at)}</span>
    </span>
  )
}
