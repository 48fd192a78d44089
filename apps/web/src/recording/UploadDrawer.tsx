import { useState } from 'react'
import { InboxOutlined } from '@ant-design/icons'
import { Button, Checkbox, Drawer, Input, Select, Upload } from 'antd'
import { useTranslation } from 'react-i18next'
import { isWhole } from './labels-for.ts'
import { useWide } from '../shell/use-wide.ts'
import { useUploads } from '../upload/use-uploads.ts'
import type { UploadTarget } from '../upload/use-uploads.ts'
import { UploadLine } from './UploadLine.tsx'
import './recording.css'

type Props = Readonly<{ open: boolean; onClose: () => void; target: UploadTarget | undefined }>

/** Takes recordings in: pick or drop, check the times, send; a broken transfer goes on where it stopped. */
export function UploadDrawer({ open, onClose, target }: Props) {
  const { t } = useTranslation('recording')
  const wide = useWide(700)
  const [recorder, setRecorder] = useState<Recorder>({ device: '', fixed: false, explosionProof: false })
  const [about, setAbout] = useState<string | undefined>()
  const shows = target?.shows ?? []
  const uploads = useUploads(target && { ...target, about })
  const ready = uploads.items.filter((i) => i.state.phase === 'waiting')
  const busy = uploads.items.some((i) => !['waiting', 'stored', 'failed'].includes(i.state.phase))
  const whyNot = (): WhyNot | undefined => {
    if (busy) return 'busy'
    if (ready.length === 0) return uploads.items.length === 0 ? 'filesNeeded' : 'allSent'
    return recorder.device.trim() === '' ? 'deviceNeeded' : undefined
  }
  const why = whyNot()
  const start = async (): Promise<void> => {
    for (const item of ready) await uploads.run(item, recorder)
  }
  return (
    <Drawer
      open={open}
      onClose={onClose}
      mask={{ closable: !busy }}
      size={wide ? 600 : '100%'}
      title={target ? t('upload.titleFor', { scene: target.sceneName }) : t('upload.title')}
      footer={<Foot {...{ why, busy, onClose }} count={ready.length} onStart={() => void start()} />}
    >
      <DeviceInput recorder={recorder} onChange={setRecorder} />
      {shows.length > 0 && (
        <label className="stack">
          <span>{t('upload.about')}</span>
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            value={about ?? null}
            placeholder={t('upload.aboutHint')}
            options={[...shows]}
            onChange={(value) => setAbout(value ?? undefined)}
          />
        </label>
      )}
      <KindBoxes recorder={recorder} onChange={setRecorder} />
      <Dropping onFile={(file) => void uploads.add(file)} />
      {target && <LabelNote labels={target.labels} />}
      <ul className="upload-list">
        {uploads.items.map((item) => (
          <UploadLine
            key={item.id}
            item={item}
            uploads={uploads}
            onAgain={() => void uploads.run(item, recorder)}
          />
        ))}
      </ul>
    </Drawer>
  )
}

type WhyNot = 'deviceNeeded' | 'busy' | 'filesNeeded' | 'allSent'
type FootProps = Readonly<{
  why: WhyNot | undefined
  busy: boolean
  /** So many wait to be sent. */
  count: number
  onClose: () => void
  onStart: () => void
}>

function Foot({ why, busy, count, onClose, onStart }: FootProps) {
  const { t } = useTranslation('recording')
  return (
    <div className="drawer-foot">
      {why !== undefined && (
        <span id="upload-why" className="faint">
          {t(`upload.${why}`)}
        </span>
      )}
      <Button onClick={onClose}>{t(busy ? 'upload.behind' : 'upload.close')}</Button>
      <Button
        type="primary"
        disabled={why !== undefined}
        aria-describedby={why === undefined ? undefined : 'upload-why'}
        onClick={onStart}
      >
        {t('upload.start', { n: count })}
      </Button>
    </div>
  )
}

/** By which device the files were made. */
type Recorder = Readonly<{ device: string; fixed: boolean; explosionProof: boolean }>
type RecorderProps = Readonly<{ recorder: Recorder; onChange: (recorder: Recorder) => void }>

function DeviceInput({ recorder, onChange }: RecorderProps) {
  const { t } = useTranslation('recording')
  return (
    <label className="stack">
      <span>
        {t('upload.device')}
        <span className="field-required">{t('upload.required')}</span>
      </span>
      <Input
        required
        value={recorder.device}
        maxLength={64}
        placeholder={t('upload.deviceHint')}
        onChange={(e) => onChange({ ...recorder, device: e.target.value })}
      />
    </label>
  )
}

function KindBoxes({ recorder, onChange }: RecorderProps) {
  const { t } = useTranslation('recording')
  return (
    <div className="recorder-kind">
      <Checkbox checked={recorder.fixed} onChange={(e) => onChange({ ...recorder, fixed: e.target.checked })}>
        {t('upload.fixed')}
      </Checkbox>
      <Checkbox
        checked={recorder.explosionProof}
        onChange={(e) => onChange({ ...recorder, explosionProof: e.target.checked })}
      >
        {t('upload.explosionProof')}
      </Checkbox>
    </div>
  )
}

function Dropping({ onFile }: Readonly<{ onFile: (file: File) => void }>) {
  const { t } = useTranslation('recording')
  return (
    <Upload.Dragger
      multiple
      accept="video/*,audio/*,image/*"
      showUploadList={false}
      beforeUpload={(file) => {
        onFile(file)
        return false
      }}
    >
      <p className="drop-icon">
        <InboxOutlined />
      </p>
      <p>{t('upload.drop')}</p>
      <p className="faint">{t('upload.dropHint')}</p>
    </Upload.Dragger>
  )
}

/** What will be said of the files once they are stored. */
function LabelNote({ labels }: Readonly<{ labels: UploadTarget['labels'] }>) {
  const { t } = useTranslation('recording')
  return (
    <p className="explain upload-labels">
      {isWhole(labels) ? t('upload.labelled', labels) : t('upload.noLabels')}
    </p>
  )
}
