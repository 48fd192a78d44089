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
  return typeof value === 'string' ? value : undefined
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
        show: show.flatMap((key) => {
          const value = data[key]
          return typeof value === 'string' || typeof value === 'number' ? [value] : []
        }),
        fill: Object.fromEntries(filled),
        ...(typeof belongs === 'string' && { under: belongs }),
      }
    })
    return found.length === 0 ? [] : [[field.id, found] as const]
  })
  return Object.fromEntries(picks)
}
