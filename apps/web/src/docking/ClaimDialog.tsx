import { useState } from 'react'
import { Form, Input, Segmented, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { listPeople } from '@liuhen/api/routes/people'
import { resolveAside } from '@liuhen/api/routes/dockings'
import type { DockedFileView, DockingView } from '@liuhen/api/routes/dockings'
import { extensionOf, MEDIA_FORMATS } from '@liuhen/domain/recording/formats'
import { useCommand } from '../api/use-command.ts'
import { useRoute } from '../api/use-route.ts'
import { FormDialog } from '../shell/FormDialog.tsx'
import { InstantInput } from '../time/InstantInput.tsx'

type Props = Readonly<{ docking: DockingView; file: DockedFileView; onClose: () => void }>
type Medium = 'video' | 'audio' | 'photo'
type Fields = { officerId: string; medium: Medium; madeFrom: string; madeTo: string; stays: string }

const MEDIA = ['video', 'audio', 'photo'] as const

/** The custodian says what a file is that was set aside. */
export function ClaimDialog({ docking, file, onClose }: Props) {
  const { t } = useTranslation('docking')
  const [kind, setKind] = useState<'recording' | 'stays'>('recording')
  const claim = useCommand(resolveAside, { done: t('claimed'), onDone: onClose })
  const needed = [{ required: true, message: t('needed') }]
  const send = (f: Fields): void => {
    const { officerId, medium, madeFrom, madeTo, stays } = f
    const as = kind === 'stays' ? { stays } : { officerId, medium, madeFrom, madeTo }
    claim.mutate({ params: { id: docking.id }, body: { path: file.path, as } })
  }
  return (
    <FormDialog<Fields>
      title={t('claimTitle', { name: file.path.split('/').at(-1) })}
      ok={t('claimOk')}
      note={t('claimNote', { note: file.note })}
      initial={{ medium: MEDIA_FORMATS[extensionOf(file.path)]?.medium ?? 'video', madeTo: file.modifiedAt }}
      route={resolveAside}
      sending={claim}
      onSend={send}
      onClose={onClose}
    >
      <Form.Item label={t('claimAs')}>
        <Segmented<'recording' | 'stays'>
          value={kind}
          options={(['recording', 'stays'] as const).map((value) => ({ value, label: t(`as.${value}`) }))}
          onChange={setKind}
        />
      </Form.Item>
      {kind === 'stays' ? (
        <Form.Item name="stays" label={t('why')} rules={needed}>
          <Input.TextArea rows={2} maxLength={300} />
        </Form.Item>
      ) : (
        <RecordingFields />
      )}
    </FormDialog>
  )
}

function RecordingFields() {
  const { t } = useTranslation('docking')
  const { t: r } = useTranslation('recording')
  const people = useRoute(listPeople, { query: { role: 'officer', limit: 200 } })
  const needed = [{ required: true, message: t('needed') }]
  return (
    <>
      <Form.Item name="officerId" label={t('officer')} rules={needed}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={(people.data?.items ?? [])
            .filter((p) => p.active)
            .map((p) => ({ value: p.id, label: [p.name, p.certNo].filter(Boolean).join(' ') }))}
        />
      </Form.Item>
      <Form.Item name="medium" label={t('medium')} rules={needed}>
        <Select options={MEDIA.map((value) => ({ value, label: r(`medium.${value}`) }))} />
      </Form.Item>
      <div className="two-columns">
        <Form.Item name="madeFrom" label={t('from')} rules={needed}>
          <InstantInput seconds />
        </Form.Item>
        <Form.Item name="madeTo" label={t('to')} rules={needed}>
          <InstantInput seconds />
        </Form.Item>
      </div>
    </>
  )
}
