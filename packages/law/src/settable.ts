import { citeClause, citeProvision } from './citation.ts'
import { packAt } from './combine.ts'
import type { Citation } from './evaluation.ts'
import { inForce, NATIONAL_ALONE } from './law.ts'
import type { Law, LawSelection } from './law.ts'
import { sayYuan } from './say-yuan.ts'
import type { Setting } from './schema/setting.ts'
import { optionsIn } from './several.ts'

export type SettingValue = string | number | boolean | null
export type Settings = Readonly<Record<string, SettingValue>>

/** A setting that the agency may make, with those of its clauses that bind the agency. */
export type Settable = Readonly<{ setting: Setting; citations: readonly Citation[] }>

const packsOf = (law: Law, { base, overlays }: LawSelection, date: string) =>
  [...(base === NATIONAL_ALONE ? [] : [base]), ...overlays].flatMap((id) => packAt(law, id, date) ?? [])

/**
 * What the texts that the agency has chosen leave open. A setting that comes from regulations binds where one of their
 * clauses does, or where none of them speaks of its matter; one that only national law leaves open, everywhere.
 */
export function settableBy(law: Law, selection: LawSelection, date: string): readonly Settable[] {
  const packs = packsOf(law, selection, date)
  const isOfPack = (id: string) => law.packs.some((p) => p.clauses.has(id))
  return [...law.settings.values()].flatMap((setting) => {
    const local = setting.clauses.flatMap((id) =>
      packs.flatMap(({ pack, clauses }) => {
        const clause = clauses.get(id)
        return clause === undefined ? [] : [citeClause(clause, pack.title, pack.layer)]
      }),
    )
    const { whereNone } = setting
    const isSilent = whereNone !== undefined && packs.every(({ pack }) => pack.params[whereNone] === null)
    if (local.length === 0 && setting.clauses.some(isOfPack) && !isSilent) return []
    const national = setting.clauses.flatMap((id) => {
      const provision = inForce(
        law.provisions.filter((p) => p.id === id),
        date,
      )
      return provision === undefined ? [] : [citeProvision(provision)]
    })
    return [{ setting, citations: [...local, ...national] }]
  })
}

/** Each word is an option of its own, once; the reading that holds anyway is none of several. */
const areOptions = ({ options, default: reading }: Setting, value: SettingValue): boolean => {
  const words = optionsIn(value)
  const known = options.filter((o) => o.value !== reading)
  return (
    words.length > 0 &&
    new Set(words).size === words.length &&
    words.every((w) => known.some((o) => o.value === w))
  )
}

/** Why this may not be set; undefined when it may. Null takes the setting back: the default reading holds again. */
export function whyNotSettable(setting: Setting, value: SettingValue): string | undefined {
  const { label, number, options } = setting
  if (value === null || options.some((o) => o.value === value)) return undefined
  if (number !== undefined)
    return typeof value === 'number' && Number.isInteger(value) && value >= number.min && value <= number.max
      ? undefined
      : number.money
        ? `“${label}”应为${sayYuan(number.min)}至${sayYuan(number.max)}`
        : `“${label}”应为${number.min}至${number.max}的整数（${number.unit}）`
  if (setting.several && areOptions(setting, value)) return undefined
  if (options.length > 0) return `“${label}”请从列出的选项中选择`
  return typeof value === 'string' && value.trim() !== '' && value.length <= 500
    ? undefined
    : `“${label}”请填写1至500个字`
}

/** What is set, in the words of the setting. */
export function saySetting(setting: Setting, value: SettingValue): string {
  const option = setting.options.find((o) => o.value === value)
  if (option !== undefined) return option.label
  if (value === null) return setting.default === null ? '未设置' : saySetting(setting, setting.default)
  if (setting.number?.money && typeof value === 'number') return sayYuan(value)
  return `${value}${setting.number?.unit ?? ''}`
}
