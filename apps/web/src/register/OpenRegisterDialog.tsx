import { useNavigate } from '@tanstack/react-router'
import { Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { openRegister } from '@liuhen/api/routes/registers'
import type { KeptRegister } from '@liuhen/api/routes/registers'
import { useCommand } from '../api/use-command.ts'
import { paths } from '../paths.ts'
import { ProblemView } from '../shell/ProblemView.tsx'

type Props = Readonly<{ kind: KeptRegister; onClose: () => void }>
type Fields = Readonly<{ title: string }>

/** A register begins under a name of its own, and is opened at once. */
export function OpenRegisterDialog({ kind, onClose }: Props) {
  const { t } = useTranslation('register')
  const navigate = useNavigate()
  const [form] = Form.useForm<Fields>()
  const open = useCommand(openRegister, {
    onDone: ({ id }) => {
      onClose()
      if (id !== undefined) void navigate(paths.caseFile(id))
    },
  })
  return (
    <Modal
      open
      title={t('openNamed', { name: kind.name })}
      okText={t('open')}
      confirmLoading={open.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        onFinish={({ title }) => open.mutate({ body: { procedure: kind.procedure, title } })}
      >
        <Form.Item
          name="title"
          label={t('name')}
          extra={t('nameHint')}
          initialValue={kind.opened.length === 0 ? kind.name : undefined}
          rules={[{ required: true, min: 2, whitespace: true, message: t('nameNeeded') }]}
        >
          <Input maxLength={60} />
        </Form.Item>
        {open.error && <ProblemView error={open.error} route={openRegister} compact />}
      </Form>
    </Modal>
  )
}
