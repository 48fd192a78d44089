import { Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { excuseDuty } from '@liuhen/api/routes/cases'
import { useCommand } from '../api/use-command.ts'
import { ProblemView } from '../shell/ProblemView.tsx'

type Props = Readonly<{
  caseId: string
  duty: Readonly<{ id: string; what: string }>
  onClose: () => void
}>

/** Says why a duty was late or falls away. The reason becomes part of the record. */
export function ExcuseDialog({ caseId, duty, onClose }: Props) {
  const { t } = useTranslation('case')
  const [form] = Form.useForm<{ reason: string }>()
  const excuse = useCommand(excuseDuty, { done: t('excuse.done'), onDone: onClose })
  return (
    <Modal
      open
      onCancel={onClose}
      title={t('excuse.title')}
      okText={t('excuse.ok')}
      confirmLoading={excuse.isPending}
      onOk={() => form.submit()}
    >
      <p>
        <strong>{duty.what}</strong>
      </p>
      <p className="explain">{t('excuse.note')}</p>
      <Form
        form={form}
        layout="vertical"
        onFinish={({ reason }) => excuse.mutate({ params: { id: caseId }, body: { duty: duty.id, reason } })}
      >
        <Form.Item
          name="reason"
          label={t('reason')}
          rules={[{ required: true, min: 4, message: t('excuse.needed') }]}
        >
          <Input.TextArea autoSize={{ minRows: 3 }} maxLength={500} />
        </Form.Item>
        {excuse.error && <ProblemView error={excuse.error} route={excuseDuty} compact />}
      </Form>
    </Modal>
  )
}
