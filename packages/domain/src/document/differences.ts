import type { DocumentDefinition, Field } from '@liuhen/law/document-definition'
import { fieldsOf, type FormData, isAsked } from './form-data.ts'
import { rowsIn, sayRow, sayValue } from './say-value.ts'

/** One place in which two versions of a paper differ, in words. */
export type Difference = Readonly<{ part: string; original: string; amended: string }>

const NOTHING = '（空）'

const shown = (said: string): string => (said === '' ? NOTHING : said)

const inRows = (field: Extract<Field, { kind: 'rows' }>, before: unknown, after: unknown): Difference[] => {
  const [old, now] = [rowsIn(before), rowsIn(after)]
  const count = Math.max(old.length, now.length)
  return Array.from({ length: count }, (_, i) => ({
    part: `${field.label}第${i + 1}行`,
    original: sayRow(field.columns, old[i] ?? {}),
    amended: sayRow(field.columns, now[i] ?? {}),
  }))
}

const inField = (field: Field, before: FormData, after: FormData): Difference[] => {
  const [old, now] = [before, after].map((data) => (isAsked(field, data) ? data[field.id] : undefined))
  if (field.kind === 'rows') return inRows(field, old, now)
  return [{ part: field.label, original: sayValue(field, old), amended: sayValue(field, now) }]
}

/** Field by field, tables row by row, what is printed differently. The handler's opinion is an approval and no part of the text. */
export const differencesOf = (
  definition: DocumentDefinition,
  before: FormData,
  after: FormData,
): Difference[] =>
  fieldsOf(definition)
    .filter((field) => field.id !== definition.opinionField)
    .flatMap((field) => inField(field, before, after))
    .filter(({ original, amended }) => original !== amended)
    .map(({ part, original, amended }) => ({ part, original: shown(original), amended: shown(amended) }))

/** Where a paper that approves a correction keeps the differences, so that nobody types them. */
export const CHANGES = 'about.changes'

export const changesField = (definition: DocumentDefinition): Field | undefined =>
  fieldsOf(definition).find((field) => [field.from ?? []].flat().includes(CHANGES))
