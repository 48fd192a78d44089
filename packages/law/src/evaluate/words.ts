import { instantOfMs } from '../civil-date.ts'
import type { Rank } from '../fact.ts'

export const RANK_NAMES: Readonly<Record<Rank, string>> = {
  handler: '承办人',
  'unit-head': '承办机构负责人',
  'deputy-head': '分管负责人',
  'agency-head': '机关负责人',
  collective: '负责人集体讨论',
}

export const STATE_NAMES: Record<string, string> = {
  submitted: '提交',
  returned: '退回',
  refused: '拒签',
  voided: '作废',
  corrected: '更正',
  approved: '批准',
  signed: '签名',
  issued: '制发',
  served: '送达',
}

/** 2026年3月5日9时05分, China time. */
export function sayMoment(ms: number): string {
  const [year, month, day, hour, minute] = instantOfMs(ms).split(/[-T:]/)
  return `${year}年${Number(month)}月${Number(day)}日${Number(hour)}时${minute}分`
}

/** Puts what a check found into a message. An unknown placeholder stays visible, so that it is noticed. */
export const fill = (message: string, facts: Readonly<Record<string, string | number>>): string =>
  !message.includes('{')
    ? message
    : message.replace(/\{(\w+)\}/g, (whole, key: string) => String(facts[key] ?? whole))
