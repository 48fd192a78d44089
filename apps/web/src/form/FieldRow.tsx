import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Citation } from '@liuhen/law/evaluation'
import type { Field } from '@liuhen/law/document-definition'
import { Cites } from '../law-text/Cites.tsx'
import { FieldInput } from './FieldInput.tsx'
import { isFilled } from './field-value.ts'

type Props = Readonly<{
  field: Field
  value: unknown
  citations: readonly Citation[]
  problems: readonly Readonly<{ path: string; message: string }>[]
  onEdit: (id: string, value: unknown) => void
}>

const WIDE = new Set(['longtext', 'rows', 'dialogue', 'articles', 'multichoice'])

/** A field with its label, its clause while it is empty, and what the law still wants of it. */
export const FieldRow = memo(function FieldRow({ field, value, citations, problems, onEdit }: Props) {
  const { t } = useTranslation('document')
  const id = `field-${field.id}`
  const filled = isFilled(value)
  const group = ['rows', 'dialogue', 'articles', 'multichoice', 'boolean', 'choice'].includes(field.kind)
  const Label = group ? 'span' : 'label'
  return (
    <div
      className="field"
      id={`at-${field.id}`}
      data-wide={WIDE.has(field.kind)}
      data-problem={filled && problems.length > 0}
    >
      <div className="field-head">
        <Label id={`${id}-label`} {...(group ? {} : { htmlFor: id })}>
          {field.label}
          {field.required && (
            <span className="field-required" title={t('required')}>
              {t('requiredMark')}
            </span>
          )}
        </Label>
        {!filled && <Cites of={citations} max={1} />}
      </div>
      <FieldInput id={id} field={field} value={value} onChange={(next) => onEdit(field.id, next)} />
      {field.help !== undefined && <p className="field-help">{field.help}</p>}
      {filled &&
        problems.map((problem) => (
          <p key={problem.path + problem.message} className="field-problem">
            {problem.message}
          </p>
        ))}
    </div>
  )
})
