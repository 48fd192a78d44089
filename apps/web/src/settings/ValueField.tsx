import { Button, Input, InputNumber, Select, Space } from 'antd'
import { useTranslation } from 'react-i18next'
import type { SettingView } from '@liuhen/api/routes/settings'
import type { Draft } from './SettingsPage.tsx'

type Value = Draft[string]
type Props = Readonly<{ setting: SettingView; value: Value; onChange: (value: Value) => void }>

/** A number with its unit, a choice, or words; emptied, it is taken back and the default reading holds. */
export function ValueField({ setting, value, onChange }: Props) {
  const { t } = useTranslation('settings')
  const { label, number, options } = setting
  if (number)
    return (
      <Space wrap>
        <InputNumber<number>
          aria-label={label}
          min={number.min}
          max={number.max}
          precision={0}
          suffix={number.unit}
          className="setting-number"
          placeholder={t('notSet')}
          value={typeof value === 'number' ? value : null}
          onChange={(n) => onChange(n)}
        />
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
