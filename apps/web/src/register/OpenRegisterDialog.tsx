import { useNavigate } from '@tanstack/react-router'
import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { openRegister } from '@liuhen/api/routes/registers'
import type { KeptRegister } from '@liuhen/api/routes/registers'
import { useCommand } from '../api/use-command.ts'
import { paths } from '../paths.ts'
import { FormDialog } from '../shell/FormDialog.tsx'

type Props = Readonly<{ kind: KeptRegister; onClose: () => void }>
type Fields = Readonly<{ title: string }>

/** A register begins under a name of its own, and is opened at once. */
export function OpenRegisterDialog({ kind, onClose }: Props) {
  const { t } = useTranslation('register')
  const navigate = useNavigate()
  const open = useCommand(openRegister, {
    onDone: ({ id }) => {
      onClose()
      if (id !== undefined) void navigate(paths.caseFile(id))
    },
  })
  return (
    <FormDialog<Fields>
      title={t('openNamed', { name: kind.name })}
      ok={t('open')}
      initial={kind.opened.length === 0 ? { title: kind.name } : undefined}
      route={openRegister}
      sending={open}
      onSend={({ title }) => open.mutate({ body: { procedure: kind.procedure, title } })}
      onClose={onClose}
    >
      <Form.Item
        name="title"
        label={t('name')}
        extra={t('nameHint')}
        rules={[{ required: true, min: 2, whitespace: true, message: t('nameNeeded') }]}
      >
        <Input maxLength={60} />
      </Form.Item>
    </FormDialog>
  )
}
