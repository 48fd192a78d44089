import { memo, useEffect, useState } from 'react'
import { VideoCameraOutlined } from '@ant-design/icons'
import { Button, Input, Select, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { getCase } from '@liuhen/api/routes/cases'
import { getRecording } from '@liuhen/api/routes/recordings'
import type { Recorder } from '@liuhen/domain/document/stamps'
import type { Field } from '@liuhen/law/document-definition'
import { call } from '../api/client.ts'
import { useRoute } from '../api/use-route.ts'
import { useForm } from '../form/form-context.ts'
import { chinaInstant, chinaShortSecond, clockOf } from '../time/china.ts'
import { hearHouse, houseNow } from '../time/house-clock.ts'
import { aheadOf, isRunning } from './recorder.ts'

type Props = Readonly<{
  stamped: NonNullable<Extract<Field, { kind: 'dialogue' }>['stamped']>
  recorder: Recorder | undefined
  /** By how much the recorder's clock is ahead, as far as somebody said. */
  aheadMs: number
  on: boolean
  onSwitch: (on: boolean) => void
}>

/** What runs beside the record: begun now, a film of the case, or a camera whose clock is compared; all of it fields of the form. */
export const RecorderBar = memo(function RecorderBar({ stamped, recorder, aheadMs, on, onSwitch }: Props) {
  const { t } = useTranslation('dialogue')
  const form = useForm()
  if (form === undefined) return null
  const begin = async (): Promise<void> => {
    await hearHouse()
    form.edit(stamped.startAt, chinaInstant(houseNow() + aheadMs))
    onSwitch(true)
  }
  return (
    <div className="recorder-bar" role="group" aria-label={t('recorder.title')}>
      <Button size="small" icon={<VideoCameraOutlined aria-hidden />} onClick={() => void begin()}>
        {t(recorder ? 'recorder.again' : 'recorder.begin')}
      </Button>
      <FilmSelect stamped={stamped} />
      <ClockCheck onAhead={(seconds) => form.edit(stamped.ahead, seconds)} />
      {recorder && <Running recorder={recorder} on={on} onSwitch={onSwitch} />}
    </div>
  )
})

const EVERY_MS = 1000

function Running({
  recorder,
  on,
  onSwitch,
}: Readonly<{ recorder: Recorder; on: boolean; onSwitch: (on: boolean) => void }>) {
  const { t } = useTranslation('dialogue')
  const [now, setNow] = useState(houseNow)
  useEffect(() => {
    const timer = setInterval(() => setNow(houseNow()), EVERY_MS)
    return () => clearInterval(timer)
  }, [])
  const runs = isRunning(recorder, now)
  return (
    <label className="recorder-running" data-on={on && runs}>
      <Switch
        size="small"
        checked={on && runs}
        disabled={!runs}
        onChange={onSwitch}
        aria-label={t('recorder.stamp')}
      />
      <span className="mono">
        {runs ? t('recorder.at', { at: clockOf((now - recorder.beganMs) / 1000) }) : t('recorder.notNow')}
      </span>
    </label>
  )
}

/** A film of the case fills what is known of its recorder: number, beginning, and how its clock stood. */
function FilmSelect({ stamped }: Pick<Props, 'stamped'>) {
  const { t } = useTranslation('dialogue')
  const form = useForm()
  const [open, setOpen] = useState(false)
  const file = useRoute(getCase, { params: { id: form?.caseId ?? '' } }, { enabled: open && !!form })
  const films = (file.data?.recordings ?? []).filter((r) => r.medium !== 'photo')
  const pick = async (id: string): Promise<void> => {
    const { manifest } = await call(getRecording, { params: { id } })
    const { id: device, clockOffsetMs } = manifest.device
    form?.edit(stamped.device, device)
    form?.edit(stamped.startAt, manifest.madeFrom)
    form?.edit(stamped.ahead, clockOffsetMs === undefined ? undefined : Math.round(clockOffsetMs / 1000))
  }
  return (
    <Select<string>
      size="small"
      className="recorder-film"
      value={null}
      placeholder={t('recorder.film')}
      aria-label={t('recorder.film')}
      popupMatchSelectWidth={320}
      loading={file.isFetching}
      notFoundContent={t('recorder.noFilm')}
      options={films.map((film) => ({
        value: film.id,
        label: t('recorder.filmOf', {
          scene: film.sceneName,
          at: chinaShortSecond(film.from, houseNow()),
        }),
      }))}
      onOpenChange={setOpen}
      onChange={(id) => void pick(id)}
    />
  )
}

/** Whoever looks at the camera's clock types what it shows; the difference is kept. */
function ClockCheck({ onAhead }: Readonly<{ onAhead: (seconds: number) => void }>) {
  const { t } = useTranslation('dialogue')
  const [shown, setShown] = useState('')
  const isWrong = shown.length >= 8 && aheadOf(shown, houseNow()) === undefined
  const take = async (): Promise<void> => {
    await hearHouse()
    const ahead = aheadOf(shown, houseNow())
    if (ahead === undefined) return
    onAhead(ahead)
    setShown('')
  }
  return (
    <Input
      size="small"
      className="recorder-clock mono"
      value={shown}
      status={isWrong ? 'error' : ''}
      placeholder={t('recorder.clock')}
      aria-label={t('recorder.clockNote')}
      title={t('recorder.clockNote')}
      maxLength={8}
      onChange={(event) => setShown(event.target.value)}
      onPressEnter={(event) => {
        event.preventDefault()
        void take()
      }}
      onBlur={() => void take()}
    />
  )
}
