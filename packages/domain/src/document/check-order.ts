import type { Field } from '@liuhen/law/document-definition'
import { type Instant, Instant as InstantSchema } from '@liuhen/law/fact'
import { chinaDate } from './china-time.ts'
import type { FormData } from './form-data.ts'
import { isCivilDate } from './identifiers.ts'

/** The fields among which one stands — a form's or a row's — with their values, and when it is. */
export type Siblings = Readonly<{
  fields: readonly Field[]
  data: FormData
  /** Path of the row: `items.0.`, or nothing. */
  prefix: string
  /** Absent where nobody knows: then nothing is late. */
  now: Instant | undefined
}>

type Problem = Readonly<{ path: string; message: string }>

const isTime = (value: unknown): value is string =>
  typeof value === 'string' && (isCivilDate(value) || InstantSchema.safeParse(value).success)

const minuteOf = (instant: string): number => Math.floor(Date.parse(instant) / 60_000)

/** Whether `a` lies before `b`: by the minute, as forms ask for it; a day alone is compared by its day in China. */
export const isBefore = (a: string, b: string): boolean =>
  isCivilDate(a) || isCivilDate(b) ? chinaDate(a) < chinaDate(b) : minuteOf(a) < minuteOf(b)

/** What a form says has happened has happened, and an end does not come before its beginning. */
export function checkOrder(
  field: Field,
  value: unknown,
  { fields, data, now }: Siblings,
): readonly Problem[] {
  if (!isTime(value)) return []
  const problems: Problem[] = []
  if (field.past === true && now !== undefined && isBefore(now, value))
    problems.push({ path: '', message: `“${field.label}”晚于现在，请填写实际发生的时间` })
  const first = fields.find((f) => f.id === field.notBefore)
  const start = first === undefined ? undefined : data[first.id]
  if (first !== undefined && isTime(start) && isBefore(value, start))
    problems.push({ path: '', message: `“${field.label}”早于“${first.label}”，请核对时间` })
  return problems
}
