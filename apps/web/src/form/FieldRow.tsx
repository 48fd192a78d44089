import { memo, useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Citation } from '@liuhen/law/evaluation'
import type { Field } from '@liuhen/law/document-definition'
import { isComputed } from '@liuhen/domain/document/differences'
import { FieldValue } from '../document/FieldValue.tsx'
import { Cites } from '../law-text/Cites.tsx'
import { FieldInput } from './FieldInput.tsx'
import { isFilled } from './field-value.ts'
import { PhraseInput } from './PhraseInput.tsx'
import { PickInput } from './PickInput.tsx'
import { RangeNote } from './RangeNote.tsx'

type Props = Readonly<{
  field: Field
  value: unknown
  citations: readonly Citation[]
  problems: readonly Readonly<{ path: string; message: string }>[]
  onEdit: (id: string, value: unknown) => void
}>

const WIDE = new Set(['longtext', 'rows', 'dialogue', 'articles', 'multichoice'])

const sameItems = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((one, i) => one === b[i])

const isSame =
  (one: Props['problems'][number]) =>
  (other: Props['problems'][number]): boolean =>
    one.path === other.path && one.message === other.message

/** Lists are put together anew each time; a field is drawn again only when something in them is another. */
const isUnchanged = (a: Props, b: Props): boolean =>
  a.field === b.field &&
  a.value === b.value &&
  a.onEdit === b.onEdit &&
  sameItems(a.citations, b.citations) &&
  // Each saving brings them anew, and mostly the same.
  a.problems.length === b.problems.length &&
  a.problems.every((one, i) => b.problems[i] !== undefined && isSame(one)(b.problems[i]))

/** A field with its label, its clause while it is empty, and what the law still wants of it. */
export const FieldRow = memo(function FieldRow({ field, value, citations, problems, onEdit }: Props) {
  const { t } = useTranslation('document')
  const id = `field-${field.id}`
  const change = useCallback((next: unknown) => onEdit(field.id, next), [field.id, onEdit])
  const filled = isFilled(value)
  const [entered, setEntered] = useState<Props['problems']>()
  // While somebody writes, only what was wrong before is told; what is missing yet is no mistake.
  const told = entered === undefined ? problems : problems.filter((one) => entered.some(isSame(one)))
  const group =
    isComputed(field) ||
    ['rows', 'dialogue', 'articles', 'multichoice', 'boolean', 'choice'].includes(field.kind)
  const Label = group ? 'span' : 'label'
  return (
    <div
      className="field"
      id={`at-${field.id}`}
      data-wide={WIDE.has(field.kind)}
      data-problem={filled && told.length > 0}
      onFocus={() => setEntered((before) => before ?? problems)}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setEntered(undefined)
      }}
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
      {isComputed(field) ? (
        <FieldValue field={field} value={value} />
      ) : (
        <FieldInput id={id} field={field} value={value} onChange={change} />
      )}
      {field.kind === 'longtext' && (
        <PhraseInput id={field.id} max={field.max} value={value} onChange={change} />
      )}
      {field.kind === 'text' && field.pick && <PickInput field={field} />}
      {field.kind === 'money' && field.within && <RangeNote amount={value} within={field.within} />}
      {field.help !== undefined && <p className="field-help">{field.help}</p>}
      {filled &&
        told.map((problem) => (
          <p key={problem.path + problem.message} className="field-problem">
            {problem.message}
          </p>
        ))}
    </div>
  )
}, isUnchanged)
