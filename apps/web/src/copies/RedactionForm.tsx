import { Checkbox, Form, Radio } from 'antd'
import type { FormInstance } from 'antd'
import { useTranslation } from 'react-i18next'
import { requestDerivative } from '@liuhen/api/routes/derivatives'
import { COVER_STYLES } from '@liuhen/domain/derivative/spec'
import { ProblemView } from '../shell/ProblemView.tsx'
import { AskFields } from './AskFields.tsx'
import type { AskedWords } from './AskFields.tsx'

export type RedactionFields = AskedWords & { style: (typeof COVER_STYLES)[number]; marked: boolean }
type Props = Readonly<{
  form: FormInstance<RedactionFields>
  picture: boolean
  preview: boolean
  /** Nothing was drawn yet. */
  nothing: boolean
  error: Error | null
  onPreview: (on: boolean) => void
  onSend: (fields: RedactionFields) => void
}>

/** How areas are covered, for whom the copy is and why. */
export function RedactionForm({ form, picture, preview, nothing, error, onPreview, onSend }: Props) {
  const { t } = useTranslation('copies')
  const marked = Form.useWatch('marked', form) ?? false
  return (
    <Form<RedactionFields>
      form={form}
      layout="vertical"
      initialValues={{ style: 'black', marked: false, purpose: 'disclosure', reason: '' }}
      onFinish={onSend}
    >
      {picture && (
        <>
          <Checkbox checked={preview} onChange={(e) => onPreview(e.target.checked)}>
            {t('editor.preview')}
          </Checkbox>
          <Form.Item name="style" label={t('styleLabel')} extra={t('styleNote')}>
            <Radio.Group options={COVER_STYLES.map((value) => ({ value, label: t(`style.${value}`) }))} />
          </Form.Item>
          <Form.Item name="marked" valuePropName="checked">
            <Checkbox>{t('editor.marked')}</Checkbox>
          </Form.Item>
        </>
      )}
      <AskFields recipientNeeded={marked} />
      {nothing && <p className="field-problem">{t('editor.empty')}</p>}
      {error && <ProblemView error={error} route={requestDerivative} compact />}
    </Form>
  )
}
