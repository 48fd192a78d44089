import { Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { noteFact } from '@liuhen/api/routes/cases'
import type { BodyIn } from '../api/client.ts'
import { asProblem } from '../api/problem.ts'
import { useCommand } from '../api/use-command.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { InstantInput } from '../time/InstantInput.tsx'
import { useReal } from '../time/use-real.ts'
import { useNow } from '../time/use-now.ts'
import { NoteFields } from './NoteFields.tsx'
import { noteData } from './note-data.ts'
import type { StepProps } from './StepPanel.tsx'

type Props = StepProps & Readonly<{ note: CaseWorkspace['notes'][number]; onClose: () => void }>
type Fields = Pick<BodyIn<typeof noteFact>, 'at' | 'note' | 'reason'> & { data?: Record<string, unknown> }

/** Registers one fact: when it happened, what the procedure wants to know of it, and a word of explanation. */
export function NoteDialog({ file, step, note, onClose }: Props) {
  const { t } = useTranslation('case')
  const now = useNow()
  const real = useReal()
  const [form] = Form.useForm<Fields>()
  const save = useCommand(noteFact, { done: t('notes.done'), onDone: onClose })
  const warned = save.error ? asProblem(save.error).reasons.some((r) => r.effect === 'warn') : false
  const send = ({ data, ...fields }: Fields): void => {
    const body = { name: note.name, step: step.id, ...fields, data: noteData(note.fields, data ?? {}) }
    save.mutate({ params: { id: file.id }, body })
  }
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
          rules={[{ required: true, message: t('notes.atNeeded') }, real.moment]}
        >
          <InstantInput />
        </Form.Item>
        <NoteFields fields={note.fields} scenes={step.recordings.map((r) => r.scene)} />
        <Form.Item name="note" label={t('notes.note')}>
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} />
        </Form.Item>
        {warned && (
          <Form.Item name="reason" label={t('step.warnReason')}>
            <Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} />
          </Form.Item>
        )}
        {save.error && <ProblemView error={save.error} route={noteFact} compact />}
      </Form>
    </Modal>
  )
}
