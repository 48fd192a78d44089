import type { CaseWorkspace } from '@liuhen/api/routes/cases'

type NoteField = CaseWorkspace['notes'][number]['fields'][number]
type Datum = string | number | boolean | string[]

/** What was typed, as the rules read it: a question of yes or no always has an answer, what is empty is left out. */
export function noteData(
  fields: readonly NoteField[],
  typed: Readonly<Record<string, unknown>>,
): Record<string, Datum> {
  const data: Record<string, Datum> = {}
  for (const { key, type } of fields) {
    const value = typed[key]
    if (type === 'yes-no') data[key] = value === true
    else if (Array.isArray(value)) {
      const words = value.filter((v) => typeof v === 'string' && v.trim() !== '').map((v: string) => v.trim())
      if (words.length > 0) data[key] = words
    } else if (typeof value === 'number') data[key] = value
    else if (typeof value === 'string' && value.trim() !== '') data[key] = value.trim()
  }
  return data
}
