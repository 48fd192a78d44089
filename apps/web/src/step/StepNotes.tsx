import { useState } from 'react'
import { DownOutlined } from '@ant-design/icons'
import { Button, Dropdown, Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { noteFact } from '@liuhen/api/routes/cases'
import { useCommand } from '../api/use-command.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { InstantInput } from '../time/InstantInput.tsx'
import { useNow } from '../time/use-now.ts'
import type { StepProps } from './StepPanel.tsx'

type Note = CaseWorkspace['notes'][number]

/** Facts that a rule waits for and that are neither paper nor recording: a waiver, a payment. */
export function StepNotes({ file, step }: StepProps) {
  const { t } = useTranslation('case')
  const [note, setNote] = useState<Note | undefined>()
  const own = file.notes.filter((n) => n.step === step.id)
  const others = file.notes.filter((n) => n.step === undefined)
  if (own.length + others.length === 0 || (step.status !== 'begun' && step.status !== 'possible')) return null
  return (
    <section className="panel">
      <h3>{t('notes.title')}</h3>
      <p className="explain">{t('notes.explain')}</p>
      <div className="note-buttons">
        {own.map((n) => (
          <Button key={n.name} onClick={() => setNote(n)}>
            {n.title}
          </Button>
        ))}
        {others.length > 0 && (
          <Dropdown
            trigger={['click']}
            menu={{ items: others.map((n) => ({ key: n.name, label: n.title, onClick: () => setNote(n) })) }}
          >
            <Button>
              {t('notes.more')} <DownOutlined />
            </Button>
          </Dropdown>
        )}
      </div>
      {note && <NoteDialog caseId={file.id} step={step.id} note={note} onClose={() => setNote(undefined)} />}
    </section>
  )
}

type DialogProps = Readonly<{ caseId: string; step: string; note: Note; onClose: () => void }>
type Fields = { at: string; note?: string }

function NoteDialog({ caseId, step, note, onClose }: DialogProps) {
  const { t } = useTranslation('case')
  const now = useNow()
  const [form] = Form.useForm<Fields>()
  const save = useCommand(noteFact, { done: t('notes.done'), onDone: onClose })
  const send = (fields: Fields): void =>
    save.mutate({ params: { id: caseId }, body: { name: note.name, step, ...fields } })
  return (
    <Modal
      open
      onCancel={onClose}
      title={note.title}
      okText={t('notes.ok')}
      confirmLoading={save.isPending}
      onOk={() => form.submit()}
    >
      <Form<Fields> form={form} layout="vertical" onFinish={send}>
        <Form.Item
          name="at"
          label={t('notes.at')}
          initialValue={now}
          rules={[{ required: true, message: t('notes.atNeeded') }]}
        >
          <InstantInput />
        </Form.Item>
        <Form.Item name="note" label={t('notes.note')}>
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} />
        </Form.Item>
        {save.error && <ProblemView error={save.error} route={noteFact} compact />}
      </Form>
    </Modal>
  )
}
