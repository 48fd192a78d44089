import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { withdrawDisclosure } from '@liuhen/api/routes/case-file'
import type { BodyIn } from '../api/client.ts'
import { useCommand } from '../api/use-command.ts'
import { FormDialog } from '../shell/FormDialog.tsx'
import { InstantInput } from '../time/InstantInput.tsx'
import { useReal } from '../time/use-real.ts'

type Fields = BodyIn<typeof withdrawDisclosure>

/** Takes a publication back. The reason stays on its public page. */
export function WithdrawDialog({ caseId, onClose }: Readonly<{ caseId: string; onClose: () => void }>) {
  const { t } = useTranslation('file')
  const real = useReal()
  const withdraw = useCommand(withdrawDisclosure, { done: t('withdrawn'), onDone: onClose })
  return (
    <FormDialog<Fields>
      title={t('withdraw')}
      ok={t('withdrawOk')}
      danger
      note={t('withdrawNote')}
      route={withdrawDisclosure}
      sending={withdraw}
      onSend={(body) => withdraw.mutate({ params: { id: caseId }, body })}
      onClose={onClose}
    >
      <Form.Item
        name="reason"
        label={t('withdrawReason')}
        rules={[{ required: true, min: 2, whitespace: true, message: t('withdrawReasonNeeded') }]}
      >
        <Input.TextArea autoSize={{ minRows: 3 }} maxLength={500} placeholder={t('withdrawReasonHint')} />
      </Form.Item>
      <Form.Item name="since" label={t('withdrawSince')} extra={t('withdrawSinceHint')} rules={[real.moment]}>
        <InstantInput />
      </Form.Item>
    </FormDialog>
  )
}
