import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Box, Span } from '@liuhen/domain/derivative/spec'
import { clockOf } from '../time/china.ts'
import { dropFrame, frameNear, withEnd } from './edit-areas.ts'
import type { Drawn } from './edit-areas.ts'

type Props = Readonly<{
  picture: boolean
  areas: readonly Drawn[]
  mutes: readonly Span[]
  now: number
  length: number
  chosen: number | undefined
  onSeek: (seconds: number) => void
  onAreas: (areas: readonly Drawn[]) => void
  onMutes: (mutes: readonly Span[]) => void
  onChoose: (n: number | undefined) => void
  onAdd: (box: Box) => void
}>

const MIDDLE: Box = { x: 0.4, y: 0.35, w: 0.2, h: 0.3 }
const MUTE_SECONDS = 3

/** Every area and every silence in words, with its ends and its key frames: all of it without a hand on the picture. */
export function EditorRows(props: Props) {
  const { picture, mutes, now, length, onMutes } = props
  const { t } = useTranslation('copies')
  const change = (i: number, next: Span): void => onMutes(mutes.map((m, k) => (k === i ? next : m)))
  return (
    <div className="editor-lists">
      {picture && <AreaRows {...props} />}
      <section aria-label={t('editor.mutes')}>
        <h3>
          {t('editor.mutes')}{' '}
          <Button
            size="small"
            onClick={() => onMutes([...mutes, { from: now, to: Math.min(length, now + MUTE_SECONDS) }])}
            disabled={now >= length - 0.1}
          >
            {t('editor.addMute')}
          </Button>
        </h3>
        {mutes.length === 0 && <p className="faint">{t('editor.noMute')}</p>}
        <ul className="editor-rows">
          {mutes.map((mute, i) => (
            <li key={i}>
              <strong>{t('editor.mute', { n: i + 1 })}</strong>
              <Ends span={mute} now={now} onSpan={(next) => change(i, next)} />
              <Button
                size="small"
                danger
                aria-label={t('editor.removeMute', { n: i + 1 })}
                onClick={() => onMutes(mutes.filter((_, k) => k !== i))}
              >
                {t('editor.remove')}
              </Button>
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}

function AreaRows({ areas, now, chosen, onSeek, onAreas, onChoose, onAdd }: Props) {
  const { t } = useTranslation('copies')
  const change = (next: Drawn): void => onAreas(areas.map((a) => (a.n === next.n ? next : a)))
  return (
    <section aria-label={t('editor.list')}>
      <h3>
        {t('editor.list')}{' '}
        <Button size="small" onClick={() => onAdd(MIDDLE)}>
          {t('editor.add')}
        </Button>
      </h3>
      {areas.length === 0 && <p className="faint">{t('editor.noArea')}</p>}
      <ul className="editor-rows">
        {areas.map((area) => (
          <li key={area.n} data-chosen={area.n === chosen}>
            <button type="button" className="text-button" onClick={() => onChoose(area.n)}>
              {t('editor.area', { n: area.n })}
            </button>
            <Ends span={area} now={now} onSpan={change} />
            <span className="editor-frames">
              {area.frames.map((f) => (
                <button
                  key={f.at}
                  type="button"
                  className="text-button mono"
                  aria-label={t('editor.frameAt', { n: area.n, at: clockOf(f.at) })}
                  onClick={() => {
                    onChoose(area.n)
                    onSeek(f.at)
                  }}
                >
                  {f.at.toFixed(1)}
                </button>
              ))}
            </span>
            {area.frames.length > 1 && frameNear(area, now) !== undefined && (
              <Button size="small" onClick={() => change(dropFrame(area, now))}>
                {t('editor.dropFrame')}
              </Button>
            )}
            <Button
              size="small"
              danger
              aria-label={t('editor.removeArea', { n: area.n })}
              onClick={() => onAreas(areas.filter((a) => a.n !== area.n))}
            >
              {t('editor.remove')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Ends<T extends Span>({
  span,
  now,
  onSpan,
}: Readonly<{ span: T; now: number; onSpan: (span: T) => void }>) {
  const { t } = useTranslation('copies')
  return (
    <>
      <span className="mono">{t('editor.span', { from: clockOf(span.from), to: clockOf(span.to) })}</span>
      <Button size="small" onClick={() => onSpan(withEnd(span, 'from', now))}>
        {t('editor.start')}
      </Button>
      <Button size="small" onClick={() => onSpan(withEnd(span, 'to', now))}>
        {t('editor.end')}
      </Button>
    </>
  )
}
