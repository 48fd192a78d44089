import { addMonths } from '@liuhen/law/civil-date'
import type { Citation } from '@liuhen/law/evaluation'
import type { RetentionYears } from './order.ts'

export type RetentionRule = Readonly<{ years: RetentionYears; citation: Citation }>

export type RetentionInput = Readonly<{
  /** The day of archiving: no text fixes another beginning. */
  from: string
  /** What the agency's packs say of case files. */
  packs: readonly RetentionRule[]
  national: readonly RetentionRule[]
  /** The agency's retention schedule, consented to by the archives authority: takes the place of the national default. */
  schedule?: RetentionRule & Readonly<{ approval: string }>
}>

export type Retention = Readonly<{
  /** Last day on which it must be kept; absent when kept for ever. Never rolled to a workday. */
  keptUntil?: string
  /** One sentence with every rule that was weighed. */
  why: string
  rule: RetentionRule
}>

const weight = (years: RetentionYears): number => (years === 'permanent' ? Number.POSITIVE_INFINITY : years)
const term = (years: RetentionYears): string => (years === 'permanent' ? '永久' : `${years}年`)

const chineseDate = (date: string): string => {
  const [y, m, d] = date.split('-').map(Number)
  return `${y}年${m}月${d}日`
}

/** The longest of the applicable rules. Throws when there is none: what no text fixes is the administrator's to set. */
export const explainRetention = (input: RetentionInput): Retention => {
  const { schedule } = input
  const rules = [...input.packs, ...(schedule === undefined ? input.national : [schedule])]
  const [first, ...others] = rules
  if (first === undefined) throw new Error('no retention rule applies to the case file')
  const rule = others.reduce((best, r) => (weight(r.years) > weight(best.years) ? r : best), first)
  const weighed = rules.map((r) => `依据${r.citation.cite}${term(r.years)}`)
  const approved = schedule === undefined ? '' : `（保管期限表经档案主管部门同意：${schedule.approval}）`
  const head = `自归档之日${chineseDate(input.from)}起保存：${weighed.join('；')}${approved}`
  const longest = rules.length > 1 ? '，取较长者' : ''
  if (rule.years === 'permanent') return { why: `${head}${longest}，永久保存。`, rule }
  const keptUntil = addMonths(input.from, rule.years * 12)
  return {
    keptUntil,
    why: `${head}${longest}，至${chineseDate(keptUntil)}，次日起方可提出处置。`,
    rule,
  }
}
