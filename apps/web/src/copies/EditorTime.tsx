import { CaretRightOutlined, PauseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Span } from '@liuhen/domain/derivative/spec'
import { exactClock } from '../player/Controls.tsx'
import { clockOf } from '../time/china.ts'
import type { Drawn } from './edit-areas.ts'
import type { Scrub } from './use-scrub.ts'

type Props = Readonly<{
  scrub: Scrub
  length: number
  areas: readonly Drawn[]
  mutes: readonly Span[]
}>

/** Play, the moment, and on one lane what is covered and what is silenced. */
export function EditorTime({ scrub, length, areas, mutes }: Props) {
  const { t } = useTranslation('copies')
  const share = (seconds: number): string => `${length > 0 ? (seconds / length) * 100 : 0}%`
  const place = ({ from, to }: Span) => ({ left: share(from), width: share(Math.min(to, length) - from) })
  return (
    <div className="editor-time">
      <Button
        type="primary"
        aria-label={t(scrub.playing ? 'editor.pause' : 'editor.play')}
        icon={scrub.playing ? <PauseOutlined /> : <CaretRightOutlined />}
        onClick={scrub.toggle}
      />
      <div className="editor-lane">
        <input
          type="range"
          min={0}
          max={length}
          step={0.04}
          value={scrub.now}
          aria-label={t('editor.position')}
          aria-valuetext={exactClock(scrub.now)}
          onChange={(e) => scrub.seek(Number(e.target.value))}
        />
        <div className="editor-bars" aria-hidden>
          {areas.map((area) => (
            <span key={area.n} className="bar-area" style={place(area)} />
          ))}
          {mutes.map((mute) => (
            <span key={`${mute.from}-${mute.to}`} className="bar-mute" style={place(mute)} />
          ))}
        </div>
      </div>
      <span className="mono">
        {exactClock(scrub.now)} <span className="faint">/ {clockOf(length)}</span>
      </span>
    </div>
  )
}
