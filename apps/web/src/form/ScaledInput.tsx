import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Field } from '@liuhen/law/document-definition'
import { scaledAmount } from '@liuhen/domain/document/scaled'
import { useFormData } from './form-context.ts'
import { MoneyInput } from './MoneyInput.tsx'
import { yuanOf } from './money.ts'

type Props = Readonly<{
  id: string
  field: Field
  value: string
  onChange: (fen: string | undefined) => void
}>

/** An amount that follows from another and a number; typed where it does not. */
export function ScaledInput({ id, field, value, onChange }: Props) {
  const { t } = useTranslation('document')
  const fen = scaledAmount(field, useFormData())
  useEffect(() => {
    if (fen !== undefined && fen !== value) onChange(fen)
  })
  if (fen === undefined) return <MoneyInput id={id} value={value} onChange={onChange} />
  return (
    <output id={id} className="scaled">
      {t('scaled', { yuan: yuanOf(fen) })}
    </output>
  )
}
