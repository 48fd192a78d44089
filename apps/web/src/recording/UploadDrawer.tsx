import { useState } from 'react'
import { InboxOutlined } from '@ant-design/icons'
import { Button, Drawer, Input, Upload } from 'antd'
import { useTranslation } from 'react-i18next'
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
  const uploads = useUploads(target)
  const ready = uploads.items.filter((i) => i.state.phase === 'waiting')
  const busy = uploads.items.some((i) => !['waiting', 'stored', 'failed'].includes(i.state.phase))
  const start = async (): Promise<void> => {
    for (const item of ready) await uploads.run(item, device)
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
          <Button onClick={onClose}>{t(busy ? 'upload.behind' : 'upload.close')}</Button>
          <Button
            type="primary"
            disabled={ready.length === 0 || device.trim() === '' || busy}
            onClick={() => void start()}
          >
            {t('upload.start', { n: ready.length })}
          </Button>
        </div>
      }
    >
      <label className="stack">
        {t('upload.device')}
        <Input
          value={device}
          maxLength={64}
          placeholder={t('upload.deviceHint')}
          onChange={(e) => setDevice(e.target.value)}
        />
      </label>
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
      <ul className="upload-list">
        {uploads.items.map((item) => (
          <UploadLine
            key={item.id}
            item={item}
            uploads={uploads}
            onAgain={() => void uploads.run(item, device)}
          />
        ))}
      </ul>
    </Drawer>
  )
}
