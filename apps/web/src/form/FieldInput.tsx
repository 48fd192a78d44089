import { Checkbox, Input, InputNumber, Radio, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Field } from '@liuhen/law/document-definition'
import { DayInput } from '../time/DayInput.tsx'
import { InstantInput } from '../time/InstantInput.tsx'
import { ArticlesInput } from './ArticlesInput.tsx'
import { DialogueInput } from '../dialogue/DialogueInput.tsx'
import { listOf, textOf } from './field-value.ts'
import { insertPasted } from './insert-pasted.ts'
import { MoneyInput } from './MoneyInput.tsx'
import { OfficersInput } from './OfficersInput.tsx'
import { PhotoInput } from './PhotoInput.tsx'
import { RowsInput } from './RowsInput.tsx'
import { ScaledInput } from './ScaledInput.tsx'

type Props = Readonly<{ id: string; field: Field; value: unknown; onChange: (value: unknown) => void }>

/** The control for each kind of field. */
export function FieldInput({ id, field, value, onChange }: Props) {
  const label = `${id}-label`
  switch (field.kind) {
    case 'text':
    case 'longtext':
    case 'idnumber':
    case 'orgcode':
    case 'phone':
      return <TextInput id={id} field={field} value={value} onChange={onChange} />
    case 'date':
      return <DayInput id={id} value={textOf(value)} onChange={onChange} />
    case 'datetime':
      return (
        <InstantInput
          id={id}
          value={textOf(value)}
          onChange={onChange}
          {...(field.seconds && { seconds: true })}
        />
      )
    case 'integer':
      return (
        <InputNumber<number>
          id={id}
          value={typeof value === 'number' ? value : null}
          min={field.min}
          max={field.max}
          precision={0}
          suffix={field.unit}
          onChange={(n) => onChange(n ?? undefined)}
        />
      )
    case 'money':
      return field.scaled === undefined ? (
        <MoneyInput id={id} value={textOf(value)} onChange={onChange} />
      ) : (
        <ScaledInput id={id} field={field} value={textOf(value)} onChange={onChange} />
      )
    case 'choice':
      return <ChoiceInput label={label} field={field} value={value} onChange={onChange} />
    case 'multichoice':
      return (
        <Checkbox.Group
          aria-labelledby={label}
          value={[...listOf(value)]}
          options={field.options}
          onChange={onChange}
        />
      )
    case 'boolean':
      return <YesNo label={label} value={value} onChange={onChange} />
    case 'photo':
      return <PhotoInput label={label} value={textOf(value)} onChange={onChange} />
    case 'officers':
      return <OfficersInput id={id} label={field.label} value={value} onChange={onChange} />
    case 'articles':
      return <ArticlesInput label={field.label} value={value} onChange={onChange} />
    case 'rows':
      return <RowsInput Cell={FieldInput} id={id} field={field} value={value} onChange={onChange} />
    case 'dialogue':
      return <DialogueInput id={id} field={field} value={value} onChange={onChange} />
  }
}

type Of<K extends Field['kind']> = Extract<Field, { kind: K }>
type TextProps = Omit<Props, 'field'> &
  Readonly<{ field: Of<'text'> | Of<'longtext'> | Of<'idnumber'> | Of<'orgcode'> | Of<'phone'> }>

/** One line, or several; numbers of persons, bodies and telephones without blanks. */
function TextInput({ id, field, value, onChange }: TextProps) {
  const shared = { id, value: textOf(value) }
  switch (field.kind) {
    case 'text':
      return (
        <Input
          {...shared}
          maxLength={field.max}
          onPaste={insertPasted}
          onChange={(e) => onChange(e.target.value)}
        />
      )
    case 'longtext':
      return (
        <Input.TextArea
          {...shared}
          maxLength={field.max}
          autoSize={{ minRows: 3, maxRows: 18 }}
          onPaste={insertPasted}
          onChange={(e) => onChange(e.target.value)}
        />
      )
    case 'idnumber':
    case 'orgcode':
      return (
        <Input
          {...shared}
          maxLength={18}
          className="mono"
          onChange={(e) => onChange(e.target.value.toUpperCase().trim())}
        />
      )
    case 'phone':
      return <Input {...shared} type="tel" maxLength={20} onChange={(e) => onChange(e.target.value.trim())} />
  }
}

type ChoiceProps = Omit<Props, 'id' | 'field'> & Readonly<{ label: string; field: Of<'choice'> }>

/** A few options stand side by side, many in a list. */
function ChoiceInput({ label, field, value, onChange }: ChoiceProps) {
  return field.options.length <= 5 ? (
    <Radio.Group
      aria-labelledby={label}
      value={value}
      options={field.options}
      onChange={(e) => onChange(e.target.value)}
    />
  ) : (
    <Select
      aria-labelledby={label}
      allowClear
      value={textOf(value) || undefined}
      options={field.options}
      onChange={(v?: string) => onChange(v)}
    />
  )
}

type YesNoProps = Readonly<{ label: string; value: unknown; onChange: (value: boolean) => void }>

function YesNo({ label, value, onChange }: YesNoProps) {
  const { t } = useTranslation('document')
  return (
    <Radio.Group
      aria-labelledby={label}
      value={value}
      options={[
        { value: true, label: t('yes') },
        { value: false, label: t('no') },
      ]}
      onChange={(e) => onChange(e.target.value === true)}
    />
  )
}
