import { useState } from 'react'
import { Button, Form, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { getCase, listCases } from '@liuhen/api/routes/cases'
import { linkRecording } from '@liuhen/api/routes/recordings'
import type { RecordingRow } from '@liuhen/api/routes/recordings'
import { useCommand } from '../api/use-command.ts'
import { useRoute } from '../api/use-route.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { sceneNames } from './scene-names.ts'

type Fields = { caseId: string; step: string; scene: string }

/** Files a recording under a case, a step and a scene of that step. */
export function LinkForm({ recording }: Readonly<{ recording: RecordingRow }>) {
  const { t } = useTranslation('recording')
  const [form] = Form.useForm<Fields>()
  const [q, setQ] = useState('')
  const caseId = Form.useWatch('caseId', form)
  const step = Form.useWatch('step', form)
  const cases = useRoute(listCases, { query: { q, status: 'open', limit: 20 } }, { keep: true })
  const file = useRoute(getCase, { params: { id: caseId ?? '-' } }, { enabled: caseId !== undefined })
  const sceneName = sceneNames(file.data?.recordings)
  const steps = file.data?.evaluation.steps.filter((s) => s.recordings.length > 0) ?? []
  const scenes = steps.find((s) => s.id === step)?.recordings ?? []
  const link = useCommand(linkRecording, { done: t('link.done') })
  const needed = [{ required: true, message: t('link.needed') }]
  const stored = recording.storedAt !== undefined
  return (
    <section className="panel">
      <h2>{t('link.title')}</h2>
      {!stored && <p className="explain">{t('link.notStored')}</p>}
      <Form<Fields>
        form={form}
        layout="vertical"
        disabled={!stored}
        onFinish={(body) => link.mutate({ params: { id: recording.id }, body })}
      >
        <Form.Item name="caseId" label={t('link.case')} rules={needed}>
          <Select
            showSearch={{ filterOption: false, onSearch: setQ }}
            options={
              cases.data?.items.map((row) => ({
                value: row.id,
                label: `${row.caseNo ?? row.leadNo} ${row.title}`,
              })) ?? []
            }
          />
        </Form.Item>
        <div className="two-columns">
          <Form.Item name="step" label={t('link.step')} rules={needed}>
            <Select options={steps.map((s) => ({ value: s.id, label: s.name }))} />
          </Form.Item>
          <Form.Item name="scene" label={t('link.scene')} rules={needed}>
            <Select
              options={scenes
                .filter((s) => s.strength !== 'must-not')
                .map((s) => ({ value: s.scene, label: sceneName(s.scene) }))}
            />
          </Form.Item>
        </div>
        {link.error && <ProblemView error={link.error} compact />}
        <Button type="primary" htmlType="submit" loading={link.isPending}>
          {t('link.ok')}
        </Button>
      </Form>
    </section>
  )
}
