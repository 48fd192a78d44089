import { useEffect, useRef, useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { FieldCase } from '@liuhen/api/routes/field'
import { clockOf } from '../time/china.ts'
import { useObserved } from './observed.ts'
import { phoneMs } from './phone-clock.ts'
import { finish, leave, shoot, start, type Recording } from './record/recording.ts'
import { Broken } from './Broken.tsx'
import { RunningControls } from './RunningControls.tsx'
import { SegmentStrip } from './SegmentStrip.tsx'
import { takes } from './takes.ts'
import { WantsCard } from './WantsCard.tsx'

export type Busy = Exclude<Recording, { is: 'idle' | 'opening' }>
type Props = Readonly<{ now: Busy; cases: readonly FieldCase[] }>

/** The camera, what it makes, and the few things that a thumb must find. */
export function RecordingScreen({ now, cases }: Props) {
  const { t } = useTranslation('field')
  const { work, medium } = now.plan
  const file = cases.find((one) => one.id === work?.caseId)
  return (
    <div className="recorder" data-is={now.is}>
      <div className="recorder-picture">
        <Preview stream={now.stream} medium={medium} />
        {now.is === 'running' && <Counter chain={now.chain} />}
      </div>
      <div className="recorder-side">
        <p className="recorder-what">
          <strong>{work?.title ?? t('free')}</strong>
          {work && (
            <span className="faint">
              {work.stepName} · {work.sceneName}
            </span>
          )}
        </p>
        {now.is === 'ready' && <ReadyControls now={now} />}
        {now.is === 'running' && <RunningControls now={now} file={file} />}
        {now.is === 'broken' && <Broken now={now} file={file} />}
        {now.is === 'ready' && file && <WantsCard file={file} />}
      </div>
    </div>
  )
}

function ReadyControls({ now }: Readonly<{ now: Extract<Busy, { is: 'ready' }> }>) {
  const { t } = useTranslation('field')
  const isPhoto = now.plan.medium === 'photo'
  const taken = now.take - 1
  return (
    <div className="recorder-controls">
      <Button
        type="primary"
        danger
        size="large"
        block
        className="field-big"
        onClick={() => void (isPhoto ? shoot() : start())}
      >
        {t(isPhoto ? 'act.shoot' : 'act.start')}
      </Button>
      {isPhoto && taken > 0 && <p role="status">{t('taken', { n: taken })}</p>}
      <Button size="large" block onClick={() => (taken > 0 ? void finish() : leave())}>
        {t(taken > 0 ? 'act.finish' : 'act.back')}
      </Button>
    </div>
  )
}

function Preview({ stream, medium }: Readonly<{ stream: MediaStream; medium: string }>) {
  const { t } = useTranslation('field')
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    if (video.current) video.current.srcObject = stream
  }, [stream])
  if (medium === 'audio') return <p className="recorder-audio">{t('audioOnly')}</p>
  return <video ref={video} autoPlay muted playsInline aria-label={t('preview')} />
}

const TICK_MS = 500

/** How long it runs, and what of it lies on the phone's disk. */
function Counter({ chain }: Readonly<{ chain: string }>) {
  const { t } = useTranslation('field')
  const all = useObserved(takes)
  const take = all.find((one) => one.chain === chain)
  const [now, setNow] = useState(phoneMs)
  useEffect(() => {
    const timer = setInterval(() => setNow(phoneMs()), TICK_MS)
    return () => clearInterval(timer)
  }, [])
  if (take === undefined) return null
  return (
    <div className="recorder-count">
      <span className="recorder-time">
        <i aria-hidden /> {clockOf(Math.max(0, (now - Date.parse(take.begunAt)) / 1000))}
      </span>
      <span role="status">{t('written', { n: take.sizes.length })}</span>
      <SegmentStrip take={take} />
    </div>
  )
}
