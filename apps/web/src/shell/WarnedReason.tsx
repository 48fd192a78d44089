import { useState } from 'react'
import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { isWarned } from '../api/problem.ts'

type Props = Readonly<{
  error: Error | null
  /** Known to warn before anything was sent. */
  ahead?: boolean
}>

/** Where rules only warn, whoever goes on says why. Asked from the first warning on, also while it is sent again. */
export function WarnedReason({ error, ahead = false }: Props) {
  const { t } = useTranslation('words')
  const [warned, setWarned] = useState(false)
  if (!warned && isWarned(error)) setWarned(true)
  if (!warned && !ahead) return null
  return (
    <Form.Item
      name="reason"
      label={t('warnReason')}
      rules={[{ required: true, min: 2, whitespace: true, message: t('warnReasonNeeded') }]}
    >
      <Input.TextArea autoFocus={!ahead} autoSize={{ minRows: 2 }} maxLength={500} />
    </Form.Item>
  )
}
