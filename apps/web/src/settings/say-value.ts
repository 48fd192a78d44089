import type { SettingView } from '@liuhen/api/routes/settings'
import { sayYuan } from '@liuhen/law/say-yuan'

type Setting = Pick<SettingView, 'number' | 'options'>

/** A value of a setting as people say it; undefined for one that is taken back, so that the default reading holds. */
export function sayValue(
  { number, options }: Setting,
  value: SettingView['set']['value'],
): string | undefined {
  if (value === null) return undefined
  const option = options.find((o) => o.value === value)
  if (option) return option.label
  if (typeof value !== 'number' || !number) return String(value)
  return number.money ? sayYuan(value) : `${value}${number.unit}`
}
