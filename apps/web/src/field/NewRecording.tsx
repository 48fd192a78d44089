import { useState } from 'react'
import { AudioOutlined, CameraOutlined, VideoCameraOutlined } from '@ant-design/icons'
import { Button, Checkbox, Segmented, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { FieldCase } from '@liuhen/api/routes/field'
import type { Me } from '@liuhen/api/routes/session'
import { labelsFor } from '../recording/labels-for.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { keyFor } from './device-key.ts'
import { askForRoom } from './install.ts'
import { recordsPlace, sayRecordsPlace } from './position.ts'
import { prepare } from './record/recording.ts'
import type { Take, Work } from './take.ts'
import type { FieldWork } from './use-field.ts'
import { noticesIn } from './wants.ts'

type Medium = Take['medium']
const MEDIA: readonly Readonly<{ value: Medium; icon: React.ReactNode }>[] = [
  { value: 'video', icon: <VideoCameraOutlined /> },
  { value: 'audio', icon: <AudioOutlined /> },
  { value: 'photo', icon: <CameraOutlined /> },
]

type Props = Readonly<{
  me: Me
  work: FieldWork | undefined
  head: Readonly<{ size: number; root: string }> | undefined
  isOpening: boolean
}>

/** What is filmed, in which step and scene, and how. */
export function NewRecording({ me, work, head, isOpening }: Props) {
  const { t } = useTranslation('field')
  const { t: w } = useTranslation('words')
  const [caseId, setCaseId] = useState<string>()
  const [place, setPlace] = useState<string>()
  const [medium, setMedium] = useState<Medium>('video')
  const [withPlace, setWithPlace] = useState(recordsPlace)
  const [error, setError] = useState<unknown>()
  const chosen = work?.items.find((one) => one.id === caseId)
  const places = chosen ? placesOf(chosen) : []
  const at = places.find((p) => p.value === place)
  const open = async (): Promise<void> => {
    setError(undefined)
    try {
      const personId = me.personId ?? me.userId
      const key = await keyFor(personId, t('device.label', { name: me.name }))
      const filmed =
        chosen && at ? workOf(chosen, at, { comma: w('comma'), agency: me.agency.name }) : undefined
      const notice = chosen && at ? noticesIn(chosen).join('\n').slice(0, 500) : ''
      await askForRoom().catch(() => undefined)
      const officer = { id: personId, name: me.name }
      await prepare({ medium, officer, key, work: filmed, notice, log: head })
    } catch (failed) {
      setError(failed)
    }
  }
  return (
    <section className="panel field-new" aria-label={t('new.title')}>
      <h2>{t('new.title')}</h2>
      <label htmlFor="field-case">{t('new.case')}</label>
      <Select
        id="field-case"
        size="large"
        value={caseId ?? null}
        placeholder={t('new.caseHint')}
        notFoundContent={work === undefined ? t('new.notRead') : t('new.noCase')}
        options={(work?.items ?? []).map((one) => ({ value: one.id, label: one.title }))}
        onChange={(id: string) => {
          setCaseId(id)
          setPlace(undefined)
        }}
      />
      <label htmlFor="field-place">{t('new.place')}</label>
      <Select
        id="field-place"
        size="large"
        value={place ?? null}
        disabled={chosen === undefined}
        placeholder={t('new.placeHint')}
        notFoundContent={t('new.noPlace')}
        options={places.map(({ value, label, isForbidden }) => ({ value, label, disabled: isForbidden }))}
        onChange={setPlace}
      />
      <Segmented<Medium>
        block
        size="large"
        aria-label={t('new.medium')}
        value={medium}
        options={MEDIA.map(({ value, icon }) => ({ value, icon, label: t(`medium.${value}`) }))}
        onChange={setMedium}
      />
      <Checkbox
        checked={withPlace}
        onChange={(e) => {
          sayRecordsPlace(e.target.checked)
          setWithPlace(e.target.checked)
        }}
      >
        {t('new.withPlace')}
      </Checkbox>
      {error !== undefined && <p className="field-problem">{t('new.noCamera')}</p>}
      {error !== undefined && <ProblemView error={error} compact />}
      <Button
        type="primary"
        size="large"
        block
        className="field-big"
        loading={isOpening}
        onClick={() => void open()}
      >
        {t(chosen && at ? 'new.open' : 'new.openFree')}
      </Button>
      <p className="faint">{t(chosen && at ? 'new.note' : 'new.noteFree')}</p>
    </section>
  )
}

type Place = Readonly<{
  value: string
  label: string
  step: string
  stepName: string
  scene: string
  sceneName: string
  isForbidden: boolean
}>

/** Steps with their scenes; what must be filmed first. A scene that must not be filmed stands there and cannot be taken. */
const placesOf = ({ steps }: FieldCase): readonly Place[] =>
  steps.flatMap((step) =>
    step.scenes.map((scene) => ({
      value: `${step.id} ${scene.scene}`,
      label: `${step.name} · ${scene.name}`,
      step: step.id,
      stepName: step.name,
      scene: scene.scene,
      sceneName: scene.name,
      isForbidden: scene.strength === 'must-not',
    })),
  )

const workOf = (
  chosen: FieldCase,
  { step, stepName, scene, sceneName }: Place,
  known: Readonly<{ comma: string; agency: string }>,
): Work => ({
  caseId: chosen.id,
  caseNo: chosen.caseNo ?? chosen.leadNo,
  title: chosen.title,
  step,
  stepName,
  scene,
  sceneName,
  labels: labelsFor(chosen, { ...known, sceneName }),
})
