import type { ComponentType } from 'react'
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Field } from '@liuhen/law/document-definition'
import { rowsOf } from './field-value.ts'
import { tableInText } from './pasted.ts'
import { rowsFromTable, withPasted } from './pasted-rows.ts'

type CellProps = Readonly<{ id: string; field: Field; value: unknown; onChange: (value: unknown) => void }>
type Props = Readonly<{
  /** The control of one cell; given from outside, since a cell is a field again. */
  Cell: ComponentType<CellProps>
  id: string
  field: Extract<Field, { kind: 'rows' }>
  value: unknown
  onChange: (value: unknown) => void
}>

/** A sentence wants more room than a name or a number. */
const isLong = (column: Field): boolean =>
  column.kind === 'longtext' || column.kind === 'photo' || (column.kind === 'text' && column.max >= 300)

/** Repeating rows, such as the list of things: a grid on a desk, a stack on a phone. */
export function RowsInput({ Cell, id, field, value, onChange }: Props) {
  const { t } = useTranslation('document')
  const rows = rowsOf(value)
  const full = rows.length >= field.max
  const set = (i: number, column: string, next: unknown): void =>
    onChange(rows.map((row, n) => (n === i ? { ...row, [column]: next } : row)))
  const onPaste = (event: React.ClipboardEvent, i: number): void => {
    const table = tableInText(event.clipboardData.getData('text/plain'))
    const cell = event.target instanceof HTMLElement ? event.target.closest('[data-column]') : null
    const start = cell?.getAttribute('data-column') ?? ''
    const pasted = rowsFromTable(field, table, start, { yes: t('yes'), no: t('no') })
    if (pasted.length === 0) return
    // Before a cell takes the whole table for its text.
    event.preventDefault()
    event.stopPropagation()
    onChange(withPasted(rows, i, pasted).slice(0, field.max))
  }
  return (
    <div className="row-list" role="group" aria-labelledby={`${id}-label`}>
      {rows.map((row, i) => (
        <fieldset key={i} className="row" onPasteCapture={(event) => onPaste(event, i)}>
          <legend>{t('rowNo', { n: i + 1 })}</legend>
          {field.columns.map((column) => (
            <div key={column.id} className="row-cell" data-column={column.id} data-wide={isLong(column)}>
              <label id={`${id}-${i}-${column.id}-label`} htmlFor={`${id}-${i}-${column.id}`}>
                {column.label}
                {column.required && <span className="field-required">{t('requiredMark')}</span>}
              </label>
              <Cell
                id={`${id}-${i}-${column.id}`}
                field={column}
                value={row[column.id]}
                onChange={(next) => set(i, column.id, next)}
              />
            </div>
          ))}
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('removeRow', { n: i + 1 })}
            onClick={() => onChange(rows.filter((_, n) => n !== i))}
          />
        </fieldset>
      ))}
      <Button type="dashed" icon={<PlusOutlined />} disabled={full} onClick={() => onChange([...rows, {}])}>
        {full ? t('rowsFull', { n: field.max }) : t('addRow')}
      </Button>
      <span className="field-help">{t('pasteRows')}</span>
    </div>
  )
}
