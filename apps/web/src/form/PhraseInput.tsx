import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { textOf } from './field-value.ts'
import { useForm } from './form-context.ts'

type Props = Readonly<{ id: string; max: number; value: unknown; onChange: (value: unknown) => void }>

/** The agency's own phrases for a long text: one is put behind what stands there. */
export function PhraseInput({ id, max, value, onChange }: Props) {
  const { t } = useTranslation('document')
  const phrases = useForm()?.phrases[id] ?? []
  if (phrases.length === 0) return null
  const text = textOf(value)
  const rest = max - Array.from(text).length
  return (
    <Select<string>
      className="pick-input"
      showSearch={{ optionFilterProp: 'label' }}
      value={null}
      placeholder={t('phrase')}
      aria-label={t('phrase')}
      classNames={{ popup: { root: 'pick-popup' } }}
      notFoundContent={t('pickNone')}
      options={phrases.map((one) => ({ value: one, label: one, disabled: Array.from(one).length > rest }))}
      onChange={(one) => onChange(`${text}${one}`)}
    />
  )
}
