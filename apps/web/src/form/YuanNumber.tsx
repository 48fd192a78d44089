import { InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'

type Props = Readonly<{
  id?: string
  label?: string
  className?: string
  placeholder?: string
  /** In fen, as everything that is kept. */
  value?: number | null
  min?: number
  max?: number
  onChange?: (fen: number | null) => void
}>

/** An amount as a number: typed in yuan, kept in fen. */
export function YuanNumber({ id, label, className, placeholder, value, min = 0, max, onChange }: Props) {
  const { t } = useTranslation('document')
  return (
    <InputNumber<number>
      {...(id === undefined ? {} : { id })}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(className === undefined ? {} : { className })}
      {...(placeholder === undefined ? {} : { placeholder })}
      {...(max === undefined ? {} : { max: max / 100 })}
      min={min / 100}
      precision={2}
      suffix={t('capital.yuan')}
      value={typeof value === 'number' ? value / 100 : null}
      onChange={(yuan) => onChange?.(yuan === null ? null : Math.round(yuan * 100))}
    />
  )
}
