import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { excuseDuty } from '@liuhen/api/routes/cases'
import { useCommand } from '../api/use-command.ts'
import { FormDialog } from '../shell/FormDialog.tsx'

type Props = Readonly<{
  caseId: string
  duty: Readonly<{ id: string; what: string }>
  onClose: () => void
}>

/** Says why a duty was late or falls away. The reason becomes part of the record. */
export function ExcuseDialog({ caseId, duty, onClose }: Props) {
  const { t } = useTranslation('case')
  const excuse = useCommand(excuseDuty, { done: t('excuse.done'), onDone: onClose })
  return (
    <FormDialog<{ reason: string }>
      title={t('excuse.title')}
      ok={t('excuse.ok')}
      note={
        <>
          <p>
            <strong>{duty.what}</strong>
          </p>
          <p>{t('excuse.note')}</p>
        </>
      }
      route={excuseDuty}
      sending={excuse}
      onSend={({ reason }) => excuse.mutate({ params: { id: caseId }, body: { duty: duty.id, reason } })}
      onClose={onClose}
    >
      <Form.Item
        name="reason"
        label={t('reason')}
        rules={[{ required: true, min: 4, message: t('excuse.needed') }]}
      >
        <Input.TextArea autoSize={{ minRows: 3 }} maxLength={500} />
      </Form.Item>
    </FormDialog>
  )
}
