import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { PURPOSES } from '@liuhen/domain/derivative/spec'
import type { Purpose } from '@liuhen/domain/derivative/spec'

export type AskedWords = { purpose: Purpose; reason: string; recipient?: string }

/** For what, why and for whom: the same for every copy. */
export function AskFields({ recipientNeeded }: Readonly<{ recipientNeeded: boolean }>) {
  const { t } = useTranslation('copies')
  return (
    <>
      <Form.Item name="purpose" label={t('purpose')}>
        <Select options={PURPOSES.map((value) => ({ value, label: t(`purposes.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="recipient"
        label={t('recipient')}
        extra={t('recipientHint')}
        rules={[{ required: recipientNeeded, whitespace: true, message: t('recipientNeeded') }]}
      >
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t('reason')}
        rules={[{ required: true, min: 2, whitespace: true, message: t('reasonNeeded') }]}
      >
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} />
      </Form.Item>
    </>
  )
}

/** As the route wants it: nobody is no recipient. */
export const wordsOf = ({ purpose, reason, recipient }: AskedWords) => {
  const name = recipient?.trim() ?? ''
  return { purpose, reason, ...(name !== '' && { recipient: name }) }
}
