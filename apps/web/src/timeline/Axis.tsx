import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace, TimelineEntry } from '@liuhen/api/routes/cases'
import type { CasePlace } from '../paths.ts'
import { useTitle } from '../recording/use-title.ts'
import { useWide } from '../shell/use-wide.ts'
import { chinaClock, chinaDay, chinaMinute } from '../time/china.ts'
import { atLeast, clustersOf, isInside, lanesOf, needsClock, placeOf, roomFor, ticksOf } from './axis.ts'
import type { Span } from './axis.ts'
import type { Band, GapMark } from './bands.ts'

type Props = Readonly<{
  file: CaseWorkspace
  entries: readonly TimelineEntry[]
  bands: readonly Band[]
  gaps: readonly GapMark[]
  span: Span
  place: CasePlace
  onGo: (change: CasePlace) => void
}>

const box = (at: Span, span: Span): React.CSSProperties => {
  const left = placeOf(at.from, span)
  // However short, it stays inside the track with the least width that a finger finds.
  return { left: `min(${left}%, 100% - 24px)`, width: `${placeOf(at.to, span) - left}%` }
}

export function Axis(props: Props) {
  const { t } = useTranslation('case')
  const { file, entries, span, place, onGo } = props
  const stage = file.stages.find((s) => s.id === place.zoom)?.name
  return (
    <div className="axis" role="group" aria-label={t('timeline.axis')}>
      <div className="axis-head">
        <h2>{t('timeline.axis')}</h2>
        <span className="faint">
          {stage ?? t('timeline.whole')} · {chinaMinute(span.from)} – {chinaMinute(span.to)}
        </span>
        {place.zoom !== undefined && (
          <Button size="small" onClick={() => onGo({ zoom: undefined })}>
            {t('timeline.showWhole')}
          </Button>
        )}
      </div>
      <div className="axis-scroll">
        <Bands {...props} />
        <Bars {...props} />
        <div className="axis-row axis-events">
          <span className="axis-name">{t('timeline.text')}</span>
          <div className="axis-track">
            <Dots entries={entries} span={span} />
          </div>
        </div>
        <Ticks span={span} />
        <Legend {...props} />
      </div>
    </div>
  )
}

function Dots({ entries, span }: Pick<Props, 'entries' | 'span'>) {
  const { t } = useTranslation('case')
  const gap = useWide(700) ? 4 : 9
  const inside = entries.filter((e) => isInside({ from: Date.parse(e.at), to: Date.parse(e.at) }, span))
  return clustersOf(inside, (e) => placeOf(Date.parse(e.at), span), gap).map((cluster) => {
    const [first, last] = [cluster[0], cluster.at(-1)]
    if (!first || !last) return null
    const many = cluster.length > 1
    const words = many
      ? t('timeline.cluster', { from: chinaMinute(first.at), to: chinaClock(last.at), n: cluster.length })
      : `${chinaMinute(first.at)} ${first.text}`
    return (
      <a
        key={first.eventId}
        href={`#event-${first.version}`}
        className="axis-dot"
        data-n={many ? cluster.length : undefined}
        data-document={cluster.some((e) => e.documentId !== undefined) || undefined}
        style={{ left: `${placeOf(Date.parse(first.at), span)}%` }}
        title={words}
        aria-label={words}
      >
        <span>{many ? cluster.length : ''}</span>
      </a>
    )
  })
}

function Bands({ file, bands, span, place, onGo }: Props) {
  const { t } = useTranslation('case')
  const shown = bands.filter((band) => isInside(band, span))
  // The name of a stage has up to six characters.
  const room = useWide(700) ? 15 : 30
  const rooms = shown.map((b) => roomFor(b, span, room))
  const lanes = lanesOf(rooms.map(({ from, to }) => ({ from, to: to - 1 })))
  const name = new Map(file.stages.map((s) => [s.id, s.name]))
  return (
    <div className="axis-row axis-bands" style={{ height: 28 * (Math.max(0, ...lanes) + 1) + 2 }}>
      <span className="axis-name">{t('timeline.stages')}</span>
      <div className="axis-track">
        {shown.map((band, i) => (
          <button
            key={band.stage}
            type="button"
            className="axis-band"
            data-tone={file.stages.findIndex((s) => s.id === band.stage) % 3}
            aria-pressed={place.zoom === band.stage}
            style={{ ...box(rooms[i] ?? band, span), top: 28 * (lanes[i] ?? 0) }}
            title={name.get(band.stage)}
            onClick={() => onGo({ zoom: place.zoom === band.stage ? undefined : band.stage })}
          >
            {name.get(band.stage)}
          </button>
        ))}
      </div>
    </div>
  )
}

function Bars({ file, gaps, span, place, onGo }: Props) {
  const { t } = useTranslation('case')
  const titleOf = useTitle(file)
  const spans = file.recordings.map((r) => ({ from: Date.parse(r.from), to: Date.parse(r.to) }))
  const least = useWide(700) ? 4 : 9
  const lanes = lanesOf(spans.map((at) => atLeast(at, span, least)))
  return (
    <div className="axis-row axis-bars" style={{ height: 28 * (Math.max(0, ...lanes) + 1) + 4 }}>
      <span className="axis-name">{t('timeline.recordings')}</span>
      <div className="axis-track">
        {gaps
          .filter((gap) => isInside(gap, span))
          .map((gap) => (
            <span
              key={gap.from}
              className="axis-gap"
              style={box(gap, span)}
              role="img"
              aria-label={gap.message}
              title={gap.message}
            />
          ))}
        {file.recordings.map((recording, i) => {
          const at = spans[i]
          if (!at || !isInside(at, span)) return null
          const words = t('timeline.bar', {
            scene: titleOf(recording),
            from: chinaMinute(recording.from),
            to: chinaClock(recording.to),
          })
          return (
            <button
              key={recording.id}
              type="button"
              className={`axis-bar axis-bar-${recording.playable}`}
              aria-pressed={place.f === recording.id}
              aria-label={words}
              title={words}
              style={{ ...box(at, span), top: 28 * (lanes[i] ?? 0) + 2 }}
              onClick={() => onGo({ f: recording.id, t: 0, zoom: recording.id })}
            >
              <b>{i + 1}</b> <span>{titleOf(recording)}</span>
            </button>
          )
        })}
        {file.recordings.some((r) => r.id === place.f) && <Cursor file={file} place={place} span={span} />}
      </div>
    </div>
  )
}

/** A bar may be too narrow for its words: its number leads to them. */
function Legend({ file, span, place, onGo }: Props) {
  const { t } = useTranslation('case')
  const titleOf = useTitle(file)
  const shown = file.recordings
    .map((recording, i) => ({ recording, no: i + 1 }))
    .filter(({ recording: r }) => isInside({ from: Date.parse(r.from), to: Date.parse(r.to) }, span))
  if (shown.length === 0) return null
  return (
    <ol className="axis-legend" aria-label={t('timeline.legend')}>
      {shown.map(({ recording, no }) => (
        <li key={recording.id}>
          <button
            type="button"
            aria-pressed={place.f === recording.id}
            onClick={() => onGo({ f: recording.id, t: 0, zoom: recording.id })}
          >
            <b className={`axis-no axis-bar-${recording.playable}`}>{no}</b>
            <span>{titleOf(recording)}</span>
            <span className="mono faint">
              {chinaMinute(recording.from).slice(5)}–{chinaClock(recording.to)}
            </span>
          </button>
        </li>
      ))}
    </ol>
  )
}

function Cursor({ file, place, span }: Pick<Props, 'file' | 'place' | 'span'>) {
  const recording = file.recordings.find((r) => r.id === place.f)
  if (!recording) return null
  const at = Date.parse(recording.from) + (place.t ?? 0) * 1000
  return <i className="axis-cursor" style={{ left: `${placeOf(at, span)}%` }} aria-hidden="true" />
}

function Ticks({ span }: Readonly<{ span: Span }>) {
  const clock = needsClock(span)
  const ticks = ticksOf(span, useWide(700) ? 8 : 3)
  return (
    <div className="axis-row axis-ticks" aria-hidden="true">
      <span className="axis-name" />
      <div className="axis-track">
        {ticks.map((at) => (
          <span
            key={at}
            data-end={placeOf(at, span) > 93 || undefined}
            style={{ left: `${placeOf(at, span)}%` }}
          >
            {clock ? `${chinaDay(at).slice(5)} ${chinaClock(at)}` : chinaDay(at).slice(5)}
          </span>
        ))}
      </div>
    </div>
  )
}
