import type { DocumentDefinition, Field } from '@liuhen/law/document-definition'
import { chinaDate } from './china-time.ts'
import type { FormContext } from './form-context.ts'
import { fieldsOf, isEmpty, isRecord } from './form-data.ts'

/** The form as it opens: every field whose `from` leads to something. Nothing that is known is typed twice. */
export function prefill(definition: DocumentDefinition, context: FormContext): Record<string, unknown> {
  const data: Record<string, unknown> = {}
  for (const field of fieldsOf(definition)) {
    const value = valueOf(field, context, [field.from ?? []].flat())
    if (!isEmpty(value)) data[field.id] = value
  }
  return data
}

/** By the first of these paths that leads to something this field can hold. */
function valueOf(field: Field, root: unknown, paths: readonly string[]): unknown {
  for (const path of paths) {
    const value = convert(field, at(root, path))
    if (!isEmpty(value)) return value
  }
  return field.kind === 'rows' ? rowsOfLines(field, root) : undefined
}

/** One row of each line that somebody said; a stop at its end is the sentence's own. */
function rowsOfLines({ linesFrom, max }: Extract<Field, { kind: 'rows' }>, root: unknown): unknown {
  if (linesFrom === undefined) return undefined
  const { texts, none } = linesFrom
  const rows = texts.flatMap(({ path, into, set }) =>
    (text(at(root, path)) ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !none.includes(line.replace(/。$/u, '')))
      .map((line) => ({ ...set, [into]: line })),
  )
  return rows.slice(0, max)
}

/** Follows a dotted path through own properties only. */
function at(root: unknown, path: string): unknown {
  let value = root
  for (const key of path.split('.')) {
    if (!isRecord(value) || !Object.hasOwn(value, key)) return undefined
    value = value[key]
  }
  return value
}

const text = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value
  return typeof value === 'number' ? String(value) : undefined
}

function convert(field: Field, value: unknown): unknown {
  if (value === undefined || value === null) return undefined
  switch (field.kind) {
    case 'date': {
      const found = text(value)
      return found === undefined ? undefined : chinaDate(found)
    }
    case 'datetime': {
      const found = text(value)
      return found?.includes('T') ? found : undefined
    }
    case 'choice':
      return field.options.some((option) => option.value === value) ? value : undefined
    case 'multichoice':
      return Array.isArray(value)
        ? value.filter((one) => field.options.some((option) => option.value === one))
        : undefined
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined
    case 'integer':
      return typeof value === 'number' ? value : undefined
    case 'officers':
      return Array.isArray(value) ? value.filter(isRecord).map(officer) : undefined
    case 'rows':
      return Array.isArray(value) ? value.filter(isRecord).map((item) => row(field.columns, item)) : undefined
    case 'articles':
    case 'dialogue':
      return Array.isArray(value) ? value : undefined
    default:
      return text(value)
  }
}

const officer = (person: Readonly<Record<string, unknown>>) => ({
  personId: text(person['personId']) ?? '',
  name: text(person['name']) ?? '',
  certNo: text(person['certNo']) ?? '',
})

/** A column's own `from` is a path within the item; without one the column takes the item's value of the same name. */
function row(columns: readonly Field[], item: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const cells = columns.map(
    (column) => [column.id, valueOf(column, item, [column.from ?? column.id].flat())] as const,
  )
  return Object.fromEntries(cells.filter(([, value]) => !isEmpty(value)))
}
