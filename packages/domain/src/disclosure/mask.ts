/** Surnames of two characters that occur; any other person's surname is taken as one. */
const COMPOUND_SURNAMES = new Set(
  '欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 令狐 慕容 宇文 长孙 司徒 司空 夏侯 端木 百里 呼延 轩辕 南宫 独孤 拓跋 申屠 公冶 太史 澹台 濮阳 淳于 单于 赫连 钟离 仲孙 闻人 万俟'.split(
    ' ',
  ),
)

/** 张三 → 张某, 张小三 → 张某某, 欧阳修 → 欧阳某, 买买提·艾力 → 买某某. What is left never tells two people of one surname apart. */
export const maskName = (name: string): string => {
  const chars = Array.from(name.trim())
  if (chars.length === 0) return ''
  if (chars.some((c) => c === '·' || c === '•' || c === ' ')) return `${chars[0]}某某`
  const surname = COMPOUND_SURNAMES.has(chars.slice(0, 2).join('')) && chars.length > 2 ? 2 : 1
  const given = Math.min(2, Math.max(1, chars.length - surname))
  return chars.slice(0, surname).join('') + '某'.repeat(given)
}

/** What is known of the person, to be found again in free text. */
export type Known = Readonly<{
  names: readonly string[]
  /** Addresses, phone numbers and ID numbers as the case has them. */
  secrets: readonly string[]
}>

const ID_NUMBER = /(?<![0-9A-Za-z])[1-9]\d{16}[\dXx](?![0-9A-Za-z])/g
const OLD_ID_NUMBER = /(?<!\d)[1-9]\d{14}(?!\d)/g
const MOBILE = /(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)/g
const LANDLINE = /(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)/g
const PLATE = /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·]?[A-Z0-9]{5,6}/g

const longestFirst = (a: string, b: string): number => b.length - a.length

/** Takes out of a sentence whatever points to a natural person. Organisations and amounts stay. */
export const maskText = (text: string, known: Known): string => {
  const secrets = known.secrets.filter((s) => s.trim().length > 3).toSorted(longestFirst)
  const names = known.names.filter((n) => Array.from(n.trim()).length > 1).toSorted(longestFirst)
  const withoutSecrets = secrets.reduce((t, s) => t.replaceAll(s.trim(), '（略）'), text)
  const withoutNames = names.reduce((t, n) => t.replaceAll(n.trim(), maskName(n)), withoutSecrets)
  return withoutNames
    .replaceAll(ID_NUMBER, '（证件号码略）')
    .replaceAll(OLD_ID_NUMBER, '（证件号码略）')
    .replaceAll(MOBILE, '（电话略）')
    .replaceAll(LANDLINE, '（电话略）')
    .replaceAll(PLATE, '（号牌略）')
}
