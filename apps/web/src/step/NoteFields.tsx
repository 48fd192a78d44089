import { AutoComplete, Checkbox, Form, Input, InputNumber, Select, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { YuanNumber } from '../form/YuanNumber.tsx'
import { PersonName } from '../people/PersonName.tsx'
import { DayInput } from '../time/DayInput.tsx'
import { InstantInput } from '../time/InstantInput.tsx'
import { useReal } from '../time/use-real.ts'

type NoteField = CaseWorkspace['notes'][number]['fields'][number]
type Props = Readonly<{
  fields: readonly NoteField[]
  /** The recording scenes of the step: of a list of scenes, only these are meant here. */
  scenes: readonly string[]
}>

/** What the procedure wants to know of a fact, one control for each kind of answer. */
export function NoteFields({ fields, scenes }: Props) {
  const { t } = useTranslation('case')
  const real = useReal()
  return fields.map((field) => (
    <Form.Item
      key={field.key}
      name={['data', field.key]}
      label={field.label}
      {...(field.known === undefined ? {} : { initialValue: field.known })}
      {...(field.type === 'yes-no' ? { valuePropName: 'checked' } : {})}
      {...(field.open && field.options.length > 0 ? { extra: t('notes.open') } : {})}
      {...(field.open && field.type === 'list' ? { extra: t('notes.openList') } : {})}
      rules={[
        ...(field.required ? [{ required: true, message: t('notes.needed', { label: field.label }) }] : []),
        ...(field.type === 'date' ? [real.day] : field.type === 'moment' ? [real.moment] : []),
      ]}
    >
      {controlOf(field, { scenes, separator: t('notes.separator'), hint: field.wanted && t('notes.wanted') })}
    </Form.Item>
  ))
}

type Asked = Readonly<{ scenes: readonly string[]; separator: string; hint: string | undefined }>

function controlOf(field: NoteField, { scenes, separator, hint }: Asked) {
  switch (field.type) {
    case 'choice': {
      const here = field.options.filter((o) => field.from !== 'scenes' || scenes.includes(o.value))
      const options = here.length > 0 ? here : field.options
      return field.open ? (
        <OpenChoice options={options} placeholder={hint} />
      ) : (
        <Select allowClear options={options} placeholder={hint} />
      )
    }
    case 'list':
      return field.open ? (
        <Select mode="tags" tokenSeparators={[separator]} options={[...field.options]} placeholder={hint} />
      ) : (
        <Checkbox.Group className="note-list" options={[...field.options]} />
      )
    case 'yes-no':
      return <Switch />
    case 'date':
      return <DayInput />
    case 'moment':
      return <InstantInput />
    case 'number':
      return <InputNumber className="note-number" />
    case 'person':
      return <PersonName />
    case 'money':
      return <YuanNumber className="note-number" />
    case 'text':
      return <Input maxLength={200} placeholder={hint} />
  }
}

type OpenProps = Readonly<{
  id?: string
  options: NoteField['options']
  placeholder: string | undefined
  value?: string
  onChange?: (value: string | undefined) => void
}>

/** One of the offered answers, shown by its word and kept by its code, or words of one's own. */
function OpenChoice({ options, value, onChange, ...rest }: OpenProps) {
  const shown = options.find((o) => o.value === value)?.label ?? value
  const byWord = (word: string | undefined): string | undefined =>
    options.find((o) => o.label === word)?.value ?? word
  return (
    <AutoComplete
      {...rest}
      allowClear
      value={shown}
      options={options.map(({ label }) => ({ value: label }))}
      onChange={(word: string | undefined) => onChange?.(byWord(word))}
    />
  )
}
