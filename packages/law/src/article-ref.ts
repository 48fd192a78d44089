const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']
const UNITS = ['', '十', '百', '千']

/** 50 → 五十, 105 → 一百零五, 1198 → 一千一百九十八; from 1 to 9999, as articles are counted. */
export function numeral(n: number): string {
  const digits = Array.from(String(n), Number)
  const said = digits.map((digit, i) =>
    digit === 0 ? '零' : `${DIGITS[digit] ?? ''}${UNITS[digits.length - 1 - i] ?? ''}`,
  )
  return said.join('').replace(/零+/g, '零').replace(/零$/, '').replace(/^一十/, '十')
}

const NUMBER = '[1-9][0-9]{0,3}|[一二三四五六七八九十百千零〇两]+'
const PIECE = `(?:第?(?:${NUMBER})条(?:之(?:${NUMBER}))?|第?(?:${NUMBER})款|第?（(?:${NUMBER})）项?|第?(?:${NUMBER})[项目])`
/** Places in full, one or several; `第十条第一、二项` counts in a way of its own and is nobody's to rewrite. */
const PLACES = new RegExp(`^第?(?:${NUMBER})条(?:${PIECE}|之(?:${NUMBER}))*(?:[、，至和及]${PIECE}+)*$`)
/** Digits, or 第 and a numeral; a numeral alone may be a part of a text that counts otherwise (四). */
const ALONE = new RegExp(`^(?:第(${NUMBER})|([1-9][0-9]{0,3}))$`)
const PART = new RegExp(`第?(${NUMBER})(条|款)`, 'g')
const BRACKETED_ITEM = new RegExp(`第?（(${NUMBER})）项?`, 'g')
const BARE_ITEM = new RegExp(`(第?)(${NUMBER})(项|目)`, 'g')

const counted = (number: string): string => (/^[0-9]/.test(number) ? numeral(Number(number)) : number)

/**
 * The place in a law as papers cite it: `50`, `50条`, `五十条` → `第五十条`; `51条1款（2）` → `第五十一条第一款第（二）项`.
 * What is not a place in full, or several of them, (`二（三）`, `附件1`, `第十条第一、二项`) stays as it is.
 */
export function canonicalArticle(typed: string): string {
  const text = typed
    .replace(/\s+/gu, '')
    .replace(/[０-９]/gu, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replaceAll('(', '（')
    .replaceAll(')', '）')
  const [, ordinal, digits] = ALONE.exec(text) ?? []
  const alone = ordinal ?? digits
  if (alone !== undefined) return `第${counted(alone)}条`
  if (!PLACES.test(text)) return typed.trim()
  return text
    .replace(PART, (_, number: string, unit: string) => `第${counted(number)}${unit}`)
    .replace(BRACKETED_ITEM, (_, number: string) => `第（${counted(number)}）项`)
    .replace(BARE_ITEM, (whole: string, ordinal: string, number: string, unit: string) =>
      ordinal === '' && unit === '项' ? `第（${counted(number)}）项` : ordinal === '' ? `第${whole}` : whole,
    )
}

/** A law's title in its brackets: 消防法 → 《消防法》; a number behind the title stays outside of them. */
export const bookTitle = (title: string): string =>
  /^《.*》(（[^《》]*）)?$/u.test(title) || title === '' ? title : `《${title}》`
