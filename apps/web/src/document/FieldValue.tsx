import { useTranslation } from 'react-i18next'
import type { Field } from '@liuhen/law/document-definition'
import { listOf, rowsOf, textOf } from '../form/field-value.ts'
import { capitalOf, yuanOf } from '../form/money.ts'
import { PhotoShown } from '../form/PhotoInput.tsx'
import { chinaMinute } from '../time/china.ts'

type Props = Readonly<{ field: Field; value: unknown }>

/** The value of a field in words. */
export function FieldValue({ field, value }: Props) {
  const { t } = useTranslation('document')
  const { t: w } = useTranslation('words')
  switch (field.kind) {
    case 'datetime':
      return textOf(value) === '' ? null : chinaMinute(textOf(value))
    case 'integer':
      return `${String(value)}${field.unit ?? ''}`
    case 'money':
      return t('moneyBoth', {
        yuan: yuanOf(textOf(value)),
        capital: capitalOf(textOf(value), t('capital', { returnObjects: true })),
      })
    case 'choice':
      return field.options.find((o) => o.value === value)?.label ?? textOf(value)
    case 'multichoice':
      return listOf(value)
        .map((one) => field.options.find((o) => o.value === one)?.label ?? textOf(one))
        .join(w('comma'))
    case 'boolean':
      return value === true ? t('yes') : t('no')
    case 'officers':
      return rowsOf(value)
        .map((p) => t('officer', { name: textOf(p['name']), cert: textOf(p['certNo']) }))
        .join(w('comma'))
    case 'articles':
      return rowsOf(value)
        .map((a) =>
          t('citation', {
            title: textOf(a['title']).replace(/^\u300a|\u300b$/g, ''),
            article: textOf(a['article']),
          }),
        )
        .join(w('comma'))
    case 'photo':
      return <PhotoShown id={textOf(value)} alt={field.label} />
    case 'rows':
      return <RowTable field={field} value={value} />
    case 'dialogue':
      return (
        <ol className="dialogue-read">
          {rowsOf(value).map((row, i) => (
            <li key={i}>
              <p>{t('dialogue.qSaid', { text: textOf(row['q']) })}</p>
              <p>{t('dialogue.aSaid', { text: textOf(row['a']) })}</p>
            </li>
          ))}
        </ol>
      )
    default:
      return <span className="pre-line">{textOf(value)}</span>
  }
}

function RowTable({ field, value }: Readonly<{ field: Extract<Field, { kind: 'rows' }>; value: unknown }>) {
  return (
    <div className="scroll-x" tabIndex={0} role="group" aria-label={field.label}>
      <table className="plain-table">
        <thead>
          <tr>
            {field.columns.map((column) => (
              <th key={column.id} scope="col">
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rowsOf(value).map((row, i) => (
            <tr key={i}>
              {field.columns.map((column) => (
                <td key={column.id}>
                  <FieldValue field={column} value={row[column.id]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
