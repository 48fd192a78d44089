import type { DocumentDefinition, Field } from '@liuhen/law/document-definition'
import type { Fact } from '@liuhen/law/fact'
import { fieldsOf } from './form-data.ts'

/** Something that may be picked for a field: what is shown of it, and what it fills. */
export type PickedEntry = Readonly<{
  show: (string | number)[]
  fill: Record<string, string>
  /** The provision that it belongs to, as the register has it. */
  under?: string
}>

/** As the field keeps it: money in a form is a text of digits, in an entry a number, both in fen. */
const asFilled = (field: Field | undefined, value: unknown): string | undefined => {
  if (field?.kind === 'money') return typeof value === 'number' ? String(Math.round(value)) : undefined
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined
}

type Shown = NonNullable<Extract<Field, { kind: 'text' }>['pick']>['show'][number]

/** Words as they are, amounts in fen as numbers, and a number with the unit that the entry names. */
const shownOf = (shown: Shown, data: NonNullable<Fact['data']>): (string | number)[] => {
  const value = data[typeof shown === 'string' ? shown : shown.datum]
  if (typeof value !== 'string' && typeof value !== 'number') return []
  if (typeof shown === 'string') return [value]
  const unit = data[shown.by]
  const said = typeof unit === 'string' ? shown.units[unit] : undefined
  return said === undefined ? [] : [`${value}${said}`]
}

/** By field: what the agency's registers lend to this case for it. */
export function picksFor(
  definition: DocumentDefinition,
  facts: readonly Fact[],
): Record<string, PickedEntry[]> {
  const fields = fieldsOf(definition)
  const byId = new Map(fields.map((field) => [field.id, field]))
  const picks = fields.flatMap((field) => {
    if (field.kind !== 'text' || field.pick === undefined) return []
    const { event, show, fill, under } = field.pick
    const entries = facts.filter((f) => f.kind === 'event' && f.name === event).map((f) => f.data ?? {})
    const found = entries.map((data): PickedEntry => {
      const filled = Object.entries(fill).flatMap(([id, key]) => {
        const value = asFilled(byId.get(id), data[key])
        return value === undefined ? [] : [[id, value] as const]
      })
      const belongs = under === undefined ? undefined : data[under.datum]
      return {
        show: show.flatMap((one) => shownOf(one, data)),
        fill: Object.fromEntries(filled),
        ...(typeof belongs === 'string' && { under: belongs }),
      }
    })
    return found.length === 0 ? [] : [[field.id, found] as const]
  })
  return Object.fromEntries(picks)
}
