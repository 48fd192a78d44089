import { Button, Input, InputNumber, Select, Space } from 'antd'
import { useTranslation } from 'react-i18next'
import { optionsAsValue, optionsIn } from '@liuhen/law/several'
import type { SettingView } from '@liuhen/api/routes/settings'
import { YuanNumber } from '../form/YuanNumber.tsx'
import type { Draft } from './SettingsPage.tsx'

type Value = Draft[string]
type Props = Readonly<{ setting: SettingView; value: Value; onChange: (value: Value) => void }>

/** A number with its unit, a choice, or words; emptied, it is taken back and the default reading holds. */
export function ValueField({ setting, value, onChange }: Props) {
  const { t } = useTranslation('settings')
  const { label, number, options, open } = setting
  const empty = t(open === undefined ? 'byDefault' : 'notSet')
  if (number)
    return (
      <Space wrap>
        <NumberField {...{ label, number, empty, value, onChange }} />
        {options.map((o) => (
          <Button
            key={String(o.value)}
            type={value === o.value ? 'primary' : 'default'}
            aria-pressed={value === o.value}
            onClick={() => onChange(value === o.value ? null : o.value)}
          >
            {o.label}
          </Button>
        ))}
      </Space>
    )
  if (setting.several) return <Several {...{ setting, value, onChange }} />
  if (options.length > 0) return <Choice {...{ setting, value, onChange }} />
  return (
    <Input
      aria-label={label}
      maxLength={500}
      placeholder={t('words')}
      value={typeof value === 'string' ? value : ''}
      onChange={(e) => onChange(e.target.value === '' ? null : e.target.value)}
    />
  )
}

type NumberProps = Pick<Props, 'value' | 'onChange'> &
  Readonly<{ label: string; number: NonNullable<SettingView['number']>; empty: string }>

function NumberField({ label, number: { unit, min, max, money }, empty, value, onChange }: NumberProps) {
  const same = {
    min,
    max,
    className: 'setting-number',
    placeholder: empty,
    value: typeof value === 'number' ? value : null,
    onChange,
  }
  return money ? (
    <YuanNumber {...same} label={label} />
  ) : (
    <InputNumber<number> {...same} aria-label={label} precision={0} suffix={unit} />
  )
}

/** Values are of several types; a list of choices knows them by their place. */
function Choice({ setting, value, onChange }: Props) {
  const { t } = useTranslation('settings')
  const { label, options } = setting
  const at = options.findIndex((o) => o.value === value)
  return (
    <Select<number>
      aria-label={label}
      className="setting-choice"
      value={at}
      options={[
        { value: -1, label: t('byDefault') },
        ...options.map((o, i) => ({ value: i, label: o.label })),
      ]}
      onChange={(i) => onChange(options[i]?.value ?? null)}
    />
  )
}

/** Some of the words; none of them, and the default reading holds. */
function Several({ setting, value, onChange }: Props) {
  const { t } = useTranslation('settings')
  const words = setting.options.filter((o) => o.label === o.value)
  const chosen = optionsIn(value).filter((w) => words.some((o) => o.value === w))
  return (
    <Select<string[]>
      aria-label={setting.label}
      mode="multiple"
      className="setting-choice"
      placeholder={t('byDefault')}
      value={chosen}
      options={words.map((o) => ({ value: o.label, label: o.label }))}
      onChange={(next) => onChange(optionsAsValue(next))}
    />
  )
}
