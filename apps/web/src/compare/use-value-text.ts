import { useTranslation } from 'react-i18next'
import { bookTitle } from '@liuhen/law/article-ref'
import type { Field } from '@liuhen/law/document-definition'
import { isFilled, listOf, rowsOf, textOf } from '../form/field-value.ts'
import { capitalOf, yuanOf } from '../form/money.ts'
import { chinaMinute, chinaSecond, chinaDay, isInstant } from '../time/china.ts'

const moment = (value: string, seconds: boolean | undefined): string => {
  if (!isInstant(value)) return value
  return seconds ? `${chinaDay(value)} ${chinaSecond(value)}` : chinaMinute(value)
}

/** The value of a field as one text; rows a line each. */
export function useValueText(): (field: Field, value: unknown) => string {
  const { t } = useTranslation('document')
  const { t: w } = useTranslation('words')
  const text = (field: Field, value: unknown): string => {
    switch (field.kind) {
      case 'datetime':
        return moment(textOf(value), field.seconds)
      case 'integer':
        return isFilled(value) ? `${String(value)}${field.unit ?? ''}` : ''
      case 'money':
        return isFilled(value)
          ? t('moneyBoth', {
              yuan: yuanOf(textOf(value)),
              capital: capitalOf(textOf(value), t('capital', { returnObjects: true })),
            })
          : ''
      case 'choice':
        return field.options.find((o) => o.value === value)?.label ?? textOf(value)
      case 'multichoice':
        return listOf(value)
          .map((one) => field.options.find((o) => o.value === one)?.label ?? textOf(one))
          .join(w('comma'))
      case 'boolean':
        return isFilled(value) ? t(value === true ? 'yes' : 'no') : ''
      case 'officers':
        return rowsOf(value)
          .map((p) => t('officer', { name: textOf(p['name']), cert: textOf(p['certNo']) }))
          .join(w('comma'))
      case 'articles':
        return rowsOf(value)
          .map((a) => `${bookTitle(textOf(a['title']))}${textOf(a['article'])}`)
          .join(w('comma'))
      case 'rows':
        return rowsOf(value)
          .map((row) =>
            field.columns
              .map((column) => ({ column, said: text(column, row[column.id]) }))
              .filter(({ said }) => said !== '')
              .map(({ column, said }) => t('cell', { label: column.label, said }))
              .join(w('comma')),
          )
          .join('\n')
      case 'dialogue':
        return rowsOf(value)
          .map((row) =>
            [
              t('dialogue.qSaid', { text: textOf(row['q']) }),
              t('dialogue.aSaid', { text: textOf(row['a']) }),
            ].join('\n'),
          )
          .join('\n')
      default:
        return textOf(value)
    }
  }
  return text
}
