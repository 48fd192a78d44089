import {
  CaretRightOutlined,
  FullscreenOutlined,
  PauseOutlined,
  StepBackwardOutlined,
  StepForwardOutlined,
} from '@ant-design/icons'
import { Button, Select, Space, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { PURPOSES, SPEEDS } from '@liuhen/domain/recording/viewing'
import type { Purpose } from '@liuhen/domain/recording/viewing'
import { clockOf } from '../time/china.ts'
import type { Transport } from './use-transport.ts'

type Props = Readonly<{
  transport: Transport
  /** Sound has no frames. */
  picture: boolean
  purpose: Purpose
  onPurpose: (purpose: Purpose) => void
  /** Whether captions are shown; absent where there are none. */
  captions: boolean | undefined
  onCaptions: () => void
  onFullscreen: () => void
}>

/** 00:12.480: as exactly as frames want it. */
export const exactClock = (seconds: number): string => {
  const whole = Math.floor(seconds + 1e-6)
  return `${clockOf(whole)}.${String(Math.round((seconds - whole) * 1000)).padStart(3, '0')}`
}

/** Everything by a button that a key does, too. */
export function Controls({ transport: p, picture, ...rest }: Props) {
  const { t } = useTranslation('player')
  return (
    <div className="player-controls">
      <Space.Compact>
        {picture && (
          <Tooltip title={t('frameBack')}>
            <Button aria-label={t('frameBack')} icon={<StepBackwardOutlined />} onClick={() => p.step(-1)} />
          </Tooltip>
        )}
        <Button
          type="primary"
          aria-label={t(p.playing ? 'pause' : 'play')}
          icon={p.playing ? <PauseOutlined /> : <CaretRightOutlined />}
          onClick={p.toggle}
        />
        {picture && (
          <Tooltip title={t('frameOn')}>
            <Button aria-label={t('frameOn')} icon={<StepForwardOutlined />} onClick={() => p.step(1)} />
          </Tooltip>
        )}
      </Space.Compact>
      <span className="mono player-clock" data-now={p.now}>
        {exactClock(p.now)} <span className="faint">/ {clockOf(p.length)}</span>
      </span>
      <Select<number>
        aria-label={t('speed')}
        value={p.speed}
        onChange={p.run}
        options={SPEEDS.map((value) => ({ value, label: t('speedOf', { n: value }) }))}
        className="player-speed"
      />
      <Stretch transport={p} />
      <Far picture={picture} {...rest} />
    </div>
  )
}

/** A stretch that is repeated, from A to B. */
function Stretch({ transport: p }: Pick<Props, 'transport'>) {
  const { t } = useTranslation('player')
  const { a, b } = p.loop
  return (
    <>
      <Space.Compact>
        <Tooltip title={t('setA')}>
          <Button aria-label={t('setA')} onClick={() => p.setEnd('a')}>
            A
          </Button>
        </Tooltip>
        <Tooltip title={t('setB')}>
          <Button aria-label={t('setB')} onClick={() => p.setEnd('b')}>
            B
          </Button>
        </Tooltip>
        <Button disabled={a === undefined && b === undefined} onClick={p.clearLoop}>
          {t('clearLoop')}
        </Button>
      </Space.Compact>
      {(a !== undefined || b !== undefined) && (
        <span className="mono faint" role="status">
          {t('loop', { a: a === undefined ? '–' : clockOf(a), b: b === undefined ? '–' : clockOf(b) })}
        </span>
      )}
    </>
  )
}

type FarProps = Omit<Props, 'transport'>

/** What is set for the whole film: captions, purpose, size. */
function Far({ picture, purpose, onPurpose, captions, onCaptions, onFullscreen }: FarProps) {
  const { t } = useTranslation('player')
  return (
    <span className="player-far">
      {captions !== undefined && (
        <Tooltip title={t('captionsKey')}>
          <Button
            aria-pressed={captions}
            type={captions ? 'primary' : 'default'}
            ghost={captions}
            onClick={onCaptions}
          >
            {t('captions')}
          </Button>
        </Tooltip>
      )}
      <Select<Purpose>
        aria-label={t('purpose')}
        value={purpose}
        onChange={onPurpose}
        options={PURPOSES.filter((value) => value !== 'other').map((value) => ({
          value,
          label: t(`purposes.${value}`),
        }))}
        className="player-purpose"
      />
      {picture && (
        <Tooltip title={t('fullscreen')}>
          <Button aria-label={t('fullscreen')} icon={<FullscreenOutlined />} onClick={onFullscreen} />
        </Tooltip>
      )}
    </span>
  )
}
