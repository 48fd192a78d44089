import { useTranslation } from 'react-i18next'
import type { Field } from '@liuhen/law/document-definition'
import { useValueText } from '../compare/use-value-text.ts'
import { rowsOf, textOf } from '../form/field-value.ts'
import { PhotoShown } from '../form/PhotoInput.tsx'

type Props = Readonly<{ field: Field; value: unknown }>

/** The value of a field in words. */
export function FieldValue({ field, value }: Props) {
  const { t } = useTranslation('document')
  const text = useValueText()
  switch (field.kind) {
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
      return <span className="pre-line">{text(field, value)}</span>
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
