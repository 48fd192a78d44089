import { Form, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { assignHandlers } from '@liuhen/api/routes/cases'
import { useCommand } from '../api/use-command.ts'
import { OfficerSelect } from '../people/OfficerSelect.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'

type Props = Readonly<{ file: CaseWorkspace; open: boolean; onClose: () => void }>
type Fields = { personIds: string[] }

export function HandlersDialog({ file, open, onClose }: Props) {
  const { t } = useTranslation('case')
  const [form] = Form.useForm<Fields>()
  const assign = useCommand(assignHandlers, { done: t('handlers.done'), onDone: onClose })
  return (
    <Modal
      open={open}
      onCancel={onClose}
      title={t('handlers.title')}
      okText={t('save')}
      confirmLoading={assign.isPending}
      onOk={() => form.submit()}
      destroyOnHidden
    >
      <p className="explain">{t('handlers.note')}</p>
      <Form<Fields>
        form={form}
        layout="vertical"
        initialValues={{ personIds: file.handlers.map((p) => p.personId) }}
        onFinish={(body) => assign.mutate({ params: { id: file.id }, body })}
      >
        <Form.Item
          name="personIds"
          label={t('fact.handlers')}
          rules={[{ required: true, message: t('handlers.needed') }]}
        >
          <OfficerSelect />
        </Form.Item>
        {assign.error && <ProblemView error={assign.error} route={assignHandlers} compact />}
      </Form>
    </Modal>
  )
}
