import { useEffect, useRef } from 'react'
import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { chinaClock, chinaDay, chinaSecond } from '../time/china.ts'
import { type Bar, coveredMs, type Hole, type LaneOf } from './lanes.ts'
import './lanes.css'

const HOUR_MS = 3_600_000
const LEVEL_PX = 22
/** As wide as the names of lanes are in the style sheet. */
const NAME_PX = 148

type Props = Readonly<{
  lanes: readonly LaneOf[]
  sinceMs: number
  untilMs: number
  span: 'day' | 'week'
  onOpen: (id: string) => void
}>

export function Lanes({ lanes, sinceMs, untilMs, span, onOpen }: Props) {
  const { t } = useTranslation('library')
  const box = useRef<HTMLDivElement>(null)
  const firstMs = Math.min(...lanes.flatMap((lane) => lane.bars.map((bar) => bar.fromMs)))
  // A narrow screen begins where something begins, not at midnight.
  useEffect(() => {
    const width = (box.current?.scrollWidth ?? 0) - NAME_PX
    box.current?.scrollTo({ left: Math.max(0, ((firstMs - sinceMs) / (untilMs - sinceMs)) * width - 24) })
  }, [firstMs, sinceMs, untilMs])
  const step = span === 'day' ? 2 * HOUR_MS : 24 * HOUR_MS
  const ticks = Array.from({ length: Math.round((untilMs - sinceMs) / step) }, (_, i) => sinceMs + i * step)
  const part = (ms: number): number => ((ms - sinceMs) / (untilMs - sinceMs)) * 100
  const between = ({ fromMs, toMs }: Hole): CSSProperties => {
    const left = Math.max(0, part(fromMs))
    return { left: `${left}%`, width: `${Math.max(0, Math.min(100, part(toMs)) - left)}%` }
  }
  return (
    <div className="lanes" ref={box} tabIndex={0} role="group" aria-label={t('timeline.label')}>
      <div className="lanes-width">
        <div className="lane-ticks" aria-hidden>
          {ticks.map((ms) => (
            <span key={ms} className="mono" style={{ left: `${part(ms)}%` }}>
              {span === 'day' ? chinaClock(ms) : chinaDay(ms).slice(5)}
            </span>
          ))}
        </div>
        <ul>
          {lanes.map((lane) => (
            <li key={lane.key} className="shift-lane">
              <div className="lane-name">
                <strong className="library-one">{lane.name}</strong>
                <span className="faint">
                  {t('timeline.laneSaid', {
                    n: lane.bars.length,
                    minutes: Math.round(coveredMs(lane.bars, sinceMs, untilMs) / 60_000),
                  })}
                </span>
              </div>
              <div className="lane-bars" style={{ height: lane.levels * LEVEL_PX + 6 }}>
                {ticks.map((ms) => (
                  <i key={ms} className="lane-line" style={{ left: `${part(ms)}%` }} />
                ))}
                {lane.holes.map((hole) => (
                  <span
                    key={hole.fromMs}
                    className="lane-hole"
                    style={between(hole)}
                    title={t('timeline.hole', { from: chinaSecond(hole.fromMs), to: chinaSecond(hole.toMs) })}
                  />
                ))}
                {lane.bars.map((bar) => (
                  <BarButton key={bar.row.id} bar={bar} between={between} onOpen={onOpen} />
                ))}
              </div>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

type BarProps = Readonly<{
  bar: Bar
  between: (span: Hole) => CSSProperties
  onOpen: (id: string) => void
}>

function BarButton({ bar, between, onOpen }: BarProps) {
  const { t } = useTranslation('library')
  const { row, slackMs, fromMs, toMs, level } = bar
  const clock =
    slackMs === undefined
      ? t('timeline.clockUnknown')
      : t('timeline.clockKnown', { s: (slackMs / 1000).toFixed(1) })
  const said = t('timeline.bar', {
    name: row.fileName,
    from: chinaSecond(fromMs),
    to: chinaSecond(toMs),
    who: row.officerName,
    clock,
  })
  const top = 3 + level * LEVEL_PX
  return (
    <>
      {slackMs !== undefined && slackMs > 0 && (
        <span
          className="lane-slack"
          style={{ ...between({ fromMs: fromMs - slackMs, toMs: toMs + slackMs }), top }}
          aria-hidden
        />
      )}
      <button
        type="button"
        className="lane-bar"
        data-clock={slackMs === undefined ? 'unknown' : 'known'}
        data-state={row.verdict === 'broken' ? 'broken' : row.caseId === undefined ? 'loose' : 'filed'}
        style={{ ...between(bar), top }}
        title={said}
        aria-label={said}
        onClick={() => onOpen(row.id)}
      />
    </>
  )
}
