import { isRecord } from '@liuhen/domain/document/form-data'
import { printDate, printDatetime, printSecond } from '@liuhen/domain/document/china-time'
import { bookTitle } from '@liuhen/law/article-ref'
import type { Field } from '@liuhen/law/document-definition'
import nzh from 'nzh'

/** 12345678 fen → 123,456.78 */
export function moneyFigure(fen: string): string {
  const digits = fen.padStart(3, '0')
  const yuan = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${yuan}.${digits.slice(-2)}`
}

/** 500000 fen → 人民币伍仟元整. Built from digits: no amount passes through a floating-point number. */
export function moneyCapital(fen: string): string {
  const digits = fen.padStart(3, '0')
  const cents = digits.slice(-2).replace(/0+$/, '')
  return nzh.cn.toMoney(cents === '' ? digits.slice(0, -2) : `${digits.slice(0, -2)}.${cents}`)
}

export const printMoney = (fen: string): string => `${moneyCapital(fen)}（¥${moneyFigure(fen)}）`

const text = (value: unknown): string => {
  if (typeof value === 'string') return value
  return typeof value === 'number' ? String(value) : ''
}

/** A value as it stands on paper; '' where there is nothing. */
export function printValue(field: Field, value: unknown): string {
  switch (field.kind) {
    case 'date':
      return typeof value === 'string' && value !== '' ? printDate(value) : ''
    case 'datetime':
      if (typeof value !== 'string' || value === '') return ''
      return field.seconds === true ? printSecond(value) : printDatetime(value)
    case 'money':
      return typeof value === 'string' && /^\d+$/.test(value) ? printMoney(value) : ''
    case 'integer':
      return typeof value === 'number' ? `${value}${field.unit ?? ''}` : ''
    case 'boolean':
      return typeof value === 'boolean' ? (value ? '是' : '否') : ''
    case 'choice':
      return field.options.find((option) => option.value === value)?.label ?? ''
    case 'multichoice':
      return labels(field.options, value).join('、')
    case 'officers':
      return list(value)
        .map((person) => `${text(person['name'])}（证号：${text(person['certNo'])}）`)
        .join('、')
    case 'articles':
      return list(value).map(printArticle).join('、')
    case 'rows':
    case 'photo':
    case 'dialogue':
      return ''
    default:
      return text(value)
  }
}

export const printArticle = (article: Readonly<Record<string, unknown>>): string =>
  `${bookTitle(text(article['title']))}${text(article['article'])}`

const list = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter(isRecord) : []

const labels = (
  options: readonly Readonly<{ value: string; label: string }>[],
  value: unknown,
): readonly string[] =>
  options
    .filter((option) => Array.isArray(value) && value.includes(option.value))
    .map((option) => option.label)

export { list as recordsOf, text as plainText }
