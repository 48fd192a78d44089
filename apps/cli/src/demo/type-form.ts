import type { ResponseOf } from '@liuhen/api/route'
import type { getCase } from '@liuhen/api/routes/cases'
import type { getForm } from '@liuhen/api/routes/documents'
import { isAsked } from '@liuhen/domain/document/form-data'

type Opened = ResponseOf<typeof getForm>
type Data = Opened['data']
type Value = Data[string]
type Field = Opened['definition']['sections'][number]['fields'][number]
type Column = Exclude<Field, { kind: 'rows' | 'dialogue' }>
type NoteField = ResponseOf<typeof getCase>['notes'][number]['fields'][number]
type Answer = string | number | boolean | string[]

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** Something that the field takes: the first answer that is offered, its own name where words are asked for. */
const column = (field: Column, now: string): Value => {
  switch (field.kind) {
    case 'text':
    case 'longtext':
      return field.label
    case 'date':
      return now.slice(0, 10)
    case 'datetime':
      return now
    case 'integer':
      return Math.max(1, field.min)
    case 'money':
      return '10000'
    case 'choice':
      return field.options[0]?.value ?? ''
    case 'multichoice':
      return field.options.map((o) => o.value)
    case 'boolean':
      return true
    case 'idnumber':
      return '420112198005120032'
    case 'orgcode':
      return '92420112MA4K1N2P8L'
    case 'phone':
      return '13900000018'
    case 'photo':
      return ''
    case 'officers':
      return []
    case 'articles':
      return [{ title: field.label, article: '第一条' }]
  }
}

const row = (columns: readonly Column[], now: string): Value =>
  Object.fromEntries(columns.filter((c) => c.required).map((c) => [c.id, column(c, now)]))

const typed = (field: Field, now: string): Value => {
  switch (field.kind) {
    case 'rows':
      return Array.from({ length: Math.max(1, field.min) }, () => row(field.columns, now))
    case 'dialogue':
      return [{ q: field.label, a: '是' }]
    default:
      return column(field, now)
  }
}

/** Types what the form asks for and nobody has said yet: every field that it or a text of the case wants filled. */
export const typeForm = ({ definition, problems }: Opened, said: Data, now: string): Data => {
  const wanted = new Set(problems.map(({ path }) => path.split('.')[0]))
  const data = { ...said }
  for (const { fields } of definition.sections)
    for (const field of fields)
      if ((field.required || wanted.has(field.id)) && isAsked(field, data) && isEmpty(data[field.id]))
        data[field.id] = typed(field, now)
  return data
}

const answer = ({ type, options, label }: NoteField, now: string): Answer => {
  switch (type) {
    case 'text':
    case 'person':
      return label
    case 'choice':
      return options[0]?.value ?? label
    case 'yes-no':
      return true
    case 'date':
      return now.slice(0, 10)
    case 'moment':
      return now
    case 'number':
      return 1
    case 'money':
      return 10_000
    case 'list':
      return options.length === 0 ? [label] : options.map((o) => o.value)
  }
}

/** Answers what a registration asks for and nobody has said yet. Undefined stays unsaid. */
export const answerNote = (
  fields: readonly NoteField[],
  said: Readonly<Record<string, Answer | undefined>>,
  now: string,
): Record<string, Answer> => {
  const answers = fields.map((f) => [f.key, f.key in said ? said[f.key] : answer(f, now)] as const)
  return Object.fromEntries(answers.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])))
}
