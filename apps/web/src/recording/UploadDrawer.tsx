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
  const [device, setDevice] = useState('')
  const [fixed, setFixed] = useState(false)
  const [explosionProof, setExplosionProof] = useState(false)
  const [about, setAbout] = useState<string | undefined>()
  const shows = target?.shows ?? []
  const uploads = useUploads(target && { ...target, about })
  const ready = uploads.items.filter((i) => i.state.phase === 'waiting')
  const busy = uploads.items.some((i) => !['waiting', 'stored', 'failed'].includes(i.state.phase))
  const whyNot = (): 'deviceNeeded' | 'busy' | 'filesNeeded' | 'allSent' | undefined => {
    if (busy) return 'busy'
    if (ready.length === 0) return uploads.items.length === 0 ? 'filesNeeded' : 'allSent'
    return device.trim() === '' ? 'deviceNeeded' : undefined
  }
  const why = whyNot()
  const recorder = { device, fixed, explosionProof }
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
      footer={
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
            onClick={() => void start()}
          >
            {t('upload.start', { n: ready.length })}
          </Button>
        </div>
      }
    >
      <label className="stack">
        <span>
          {t('upload.device')}
          <span className="field-required">{t('upload.required')}</span>
        </span>
        <Input
          required
          value={device}
          maxLength={64}
          placeholder={t('upload.deviceHint')}
          onChange={(e) => setDevice(e.target.value)}
        />
      </label>
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
      <div className="recorder-kind">
        <Checkbox checked={fixed} onChange={(e) => setFixed(e.target.checked)}>
          {t('upload.fixed')}
        </Checkbox>
        <Checkbox checked={explosionProof} onChange={(e) => setExplosionProof(e.target.checked)}>
          {t('upload.explosionProof')}
        </Checkbox>
      </div>
      <Upload.Dragger
        multiple
        accept="video/*,audio/*,image/*"
        showUploadList={false}
        beforeUpload={(file) => {
          void uploads.add(file)
          return false
        }}
      >
        <p className="drop-icon">
          <InboxOutlined />
        </p>
        <p>{t('upload.drop')}</p>
        <p className="faint">{t('upload.dropHint')}</p>
      </Upload.Dragger>
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

/** What will be said of the files once they are stored. */
function LabelNote({ labels }: Readonly<{ labels: UploadTarget['labels'] }>) {
  const { t } = useTranslation('recording')
  return (
    <p className="explain upload-labels">
      {isWhole(labels) ? t('upload.labelled', labels) : t('upload.noLabels')}
    </p>
  )
}
