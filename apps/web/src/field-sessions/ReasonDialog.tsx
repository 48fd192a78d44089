import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import type { giveUpFieldSession, revokeDeviceKey } from '@liuhen/api/routes/field'
import { useCommand } from '../api/use-command.ts'
import { FormDialog } from '../shell/FormDialog.tsx'

type Props = Readonly<{
  route: typeof giveUpFieldSession | typeof revokeDeviceKey
  id: string
  title: string
  note: string
  onClose: () => void
}>

/** What cannot be taken back wants a reason. */
export function ReasonDialog({ route, id, title, note, onClose }: Props) {
  const { t } = useTranslation('fieldwork')
  const command = useCommand(route, { done: t('done'), onDone: onClose })
  return (
    <FormDialog<{ reason: string }>
      title={title}
      ok={title}
      danger
      note={note}
      route={route}
      sending={command}
      onSend={({ reason }) => command.mutate({ params: { id }, body: { reason } })}
      onClose={onClose}
    >
      <Form.Item name="reason" label={t('reason')} rules={[{ required: true, message: t('reasonNeeded') }]}>
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={300} />
      </Form.Item>
    </FormDialog>
  )
}
