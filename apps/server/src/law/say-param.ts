import { z } from 'zod'
import { sayLimit } from '@liuhen/law/time-limit'
import { PackLimit } from '@liuhen/law/schema/limit'

const FROM: Readonly<Record<string, string>> = {
  accepted: '受理',
  'act-ended': '执法行为终结',
  archived: '归档',
  'case-closed': '结案',
  'complete-materials': '材料齐全',
  'day-ended': '当日活动结束',
  'decision-made': '作出决定',
  executed: '执行完毕',
  filed: '立案',
  made: '制作完成',
  'permit-ended': '许可办结',
  'procedure-started': '启动程序',
  received: '接到',
  'returned-to-unit': '返回单位',
  stored: '存储',
}

const WORDS: Readonly<Record<string, string>> = {
  before: '事前告知',
  during: '开始时告知',
  'same-as-case': '与案卷同期',
  permanent: '永久',
  'long-term': '长期',
  'internal-only': '不向社会公开',
  must: '必录',
  'must-not': '不得录',
  'as-needed': '视情况录',
  may: '可以录',
  direct: '直接送达',
  leave: '留置送达',
  mail: '邮寄送达',
  electronic: '电子送达',
  entrusted: '委托送达',
  forwarded: '转交送达',
  'public-notice': '公告送达',
  fax: '传真',
  email: '电子邮件',
  written: '书面',
  any: '形式不限',
}
export const sayWord = (word: string): string => WORDS[word] ?? word

type Raw = Readonly<Record<string, unknown>>
const isRaw = (value: unknown): value is Raw =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const text = (raw: Raw, key: string): string | undefined => {
  const value = raw[key]
  return typeof value === 'string' ? value : undefined
}
const CLAUSE_KEYS = ['clause', 'voiceOnResume', 'continueAct', 'copyConsistency']
const CLAUSE = /^[a-z][a-z0-9]*(-[a-z0-9]+)+$/

/** Every clause on which a parameter rests. */
export const clausesOf = (value: unknown): string[] => {
  if (typeof value === 'string') return CLAUSE.test(value) && value.split('-')[1]?.match(/\d/) ? [value] : []
  if (Array.isArray(value)) return [...new Set(value.flatMap(clausesOf))]
  if (!isRaw(value)) return []
  const own = CLAUSE_KEYS.flatMap((key) => text(value, key) ?? [])
  return [
    ...new Set([
      ...own,
      ...Object.values(value)
        .filter((v) => isRaw(v) || Array.isArray(v))
        .flatMap(nested),
    ]),
  ]
}
const nested = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter(isRaw).flatMap(clausesOf) : clausesOf(value)

/** What every period has, whatever else a text adds to it. */
const { value, unit, from } = PackLimit.shape
const Period = z.object({ value, unit, from })

const sayPeriod = (raw: Raw): string | undefined => {
  const limit = Period.safeParse(raw)
  if (!limit.success) return undefined
  const period = limit.data
  const said = text(raw, 'qualitative')
  if (period.value === null || period.unit === null) return said ?? ''
  const length =
    said ?? `${raw['min'] === true ? '不少于' : ''}${sayLimit({ value: period.value, unit: period.unit })}`
  const reasons = Array.isArray(raw['reasons']) ? `${sayList(raw['reasons'])}：` : ''
  return `${reasons}${length}，自${FROM[period.from] ?? period.from}起${raw['soft'] === true ? '（一般）' : ''}`
}

const sayList = (list: readonly unknown[]): string =>
  list
    .map(sayParam)
    .filter((s) => s !== '')
    .join('；')

/** What a text says of one key of a parameter; of some keys, nothing. */
const sayKey = (key: string, value: unknown): string => {
  if (SILENT.has(key)) return ''
  if (key === 'strength') return value === 'must' ? '应当' : '可以'
  if (typeof value === 'number') return NUMBERS[key]?.replace('#', String(value)) ?? ''
  if (typeof value === 'boolean') return value ? (FLAGS[key] ?? '') : ''
  if (typeof value === 'string') return SPOKEN.has(key) ? sayWord(value) : ''
  return sayParam(value)
}

const sayThing = (raw: Raw): string => {
  const [from, to] = [text(raw, 'from'), text(raw, 'to')]
  if (Array.isArray(raw['ranks']) && Array.isArray(raw['said'])) return raw['said'].map(sayParam).join('→')
  const span = from !== undefined && to !== undefined ? [`自${from}至${to}`] : []
  const rest = Object.entries(raw).filter(([key]) => span.length === 0 || (key !== 'from' && key !== 'to'))
  return [...span, ...rest.map(([key, value]) => sayKey(key, value))].filter((s) => s !== '').join('，')
}

/** Keys that tell the program what it needs, and the reader nothing. */
const SILENT = new Set(['clause', 'note', 'ranks', 'scenes', 'acts', 'exceptProcedures', 'copyConsistency'])
const NUMBERS: Readonly<Record<string, string>> = { persons: '每#人', percent: '不少于#%' }
/** Marks that stand beside a value, where they are set. */
const FLAGS: Readonly<Record<string, string>> = {
  onSite: '当场',
  written: '书面记录',
  realNameOnly: '仅实名的',
  immediate: '立即',
  stopUse: '停止使用',
  mustBeBefore: '事先',
  keepCopy: '留存副本',
  noSupplement: '不得断续、补录',
  ifPossible: '有条件的',
  disc: '刻录光盘',
  whole: '全程',
  optional: '可以',
}
const SPOKEN = new Set([
  'said',
  'label',
  'to',
  'item',
  'from',
  'wording',
  'timing',
  'rule',
  'scope',
  'mode',
  'form',
])

/** A parameter in words. A text that only says that it is so has no more words than that. */
export function sayParam(value: unknown): string {
  if (typeof value === 'string')
    return CLAUSE.test(value) && clausesOf(value).length > 0 ? '应当' : sayWord(value)
  if (Array.isArray(value)) return sayList(value)
  if (!isRaw(value)) return ''
  const label = text(value, 'label')
  if (label !== undefined)
    return text(value, 'mode') === undefined ? label : `${label}（${sayWord(text(value, 'mode') ?? '')}）`
  const mode = text(value, 'mode')
  if (mode !== undefined && Array.isArray(value['requires']))
    return `${sayWord(mode)}：${value['requires'].map(sayParam).join('、')}`
  return sayPeriod(value) ?? sayThing(value)
}
