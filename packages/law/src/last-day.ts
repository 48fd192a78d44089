import { endOfDay } from './civil-date.ts'
import { provisionAt } from './combine.ts'
import type { CaseLaw } from './combine.ts'
import type { DocumentDefinition, LastDay } from './document-definition.ts'
import { Limit } from './schema/limit.ts'
import { computeLimit } from './time-limit.ts'

type FormData = Readonly<Record<string, unknown>>

/** The period of the provision in force on the day; or so many days as the form itself says, which no holiday moves. */
function limitOf(rule: LastDay, day: string, data: FormData, caseLaw: CaseLaw): Limit | undefined {
  if ('days' in rule) {
    const value = data[rule.days]
    return typeof value === 'number' ? { value, unit: 'day', roll: false } : undefined
  }
  const found = Limit.safeParse(provisionAt(caseLaw, rule.provision, day)?.values[rule.value])
  return found.success ? found.data : undefined
}

function lastDayOf(rule: LastDay, data: FormData, caseLaw: CaseLaw): string | undefined {
  const first = data[rule.after]
  if (typeof first !== 'string' || first.length < 10) return undefined
  const day = first.slice(0, 10)
  const limit = limitOf(rule, day, data, caseLaw)
  if (limit === undefined) return undefined
  const computed = computeLimit(endOfDay(day), limit, caseLaw.law.calendar)
  return computed.ok ? computed.due.slice(0, 10) : undefined
}

/** The last days that the law computes for a form as it opens; what somebody typed stays. */
export const proposeLastDays = (
  caseLaw: CaseLaw,
  definition: DocumentDefinition,
  data: FormData,
): Record<string, string> =>
  Object.fromEntries(
    definition.sections
      .flatMap((section) => section.fields)
      .flatMap((field) => {
        if (field.kind !== 'date' || field.lastDay === undefined || data[field.id] !== undefined) return []
        const day = lastDayOf(field.lastDay, data, caseLaw)
        return day === undefined ? [] : [[field.id, day] as const]
      }),
  )
