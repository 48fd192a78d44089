import type { DocumentDefinition, Field } from '@liuhen/law/document-definition'

/** What was filled in, keyed by field id. */
export type FormData = Readonly<Record<string, unknown>>

export const fieldsOf = (definition: DocumentDefinition): readonly Field[] =>
  definition.sections.flatMap((section) => section.fields)

/** Nothing was filled in: absent, blank text, or an empty list. `false` and 0 are answers. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true
  if (typeof value === 'string') return value.trim() === ''
  return Array.isArray(value) && value.length === 0
}

/** Whether a field is asked at all, given its siblings (the form's fields, or the cells of its row). */
export function isAsked(field: Pick<Field, 'when'>, siblings: FormData): boolean {
  if (!field.when) return true
  const wanted: readonly unknown[] = [field.when.equals].flat()
  return [siblings[field.when.field]].flat().some((value) => wanted.includes(value))
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
