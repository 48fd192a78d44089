import { useTranslation } from 'react-i18next'
import { isAsked } from '@liuhen/domain/document/form-data'
import type { Field } from '@liuhen/law/document-definition'
import { useDefinitionLabel, useFormData } from './form-context.ts'
import { isFilled, textOf } from './field-value.ts'
import { isFen, isWithin, yuanOf } from './money.ts'

type Props = Readonly<{
  amount: unknown
  within: NonNullable<Extract<Field, { kind: 'money' }>['within']>
}>

/** Between which amounts this one stands as a rule, or that none does, and what is wanted where it does not. */
export function RangeNote({ amount, within }: Props) {
  const { t } = useTranslation('document')
  const data = useFormData()
  const label = useDefinitionLabel(within.otherwise)
  const [fen, min, max] = [textOf(amount), textOf(data[within.min]), textOf(data[within.max])]
  if (within.none !== undefined && isAsked({ when: within.none }, data)) {
    const isReasoned = isFilled(data[within.otherwise])
    return (
      <p className={isReasoned ? 'field-help' : 'field-problem'} role="status">
        {t(isReasoned ? 'range.noneReasoned' : 'range.none', { label })}
      </p>
    )
  }
  if (!isFen(min) || !isFen(max)) return null
  const told = { min: yuanOf(min), max: yuanOf(max), yuan: yuanOf(fen), label }
  if (!isFen(fen) || isWithin(fen, min, max)) return <p className="field-help">{t('range.told', told)}</p>
  return isFilled(data[within.otherwise]) ? (
    <p className="field-help">{t('range.reasoned', told)}</p>
  ) : (
    <p className="field-problem" role="status">
      {t('range.outside', told)}
    </p>
  )
}
