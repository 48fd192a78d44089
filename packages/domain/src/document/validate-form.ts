import type { DocumentDefinition, Field } from '@liuhen/law/document-definition'
import { Instant } from '@liuhen/law/fact'
import { checkOrder, type Siblings } from './check-order.ts'
import { fieldsOf, type FormData, isAsked, isEmpty, isRecord } from './form-data.ts'
import { scaledAmount } from './scaled.ts'
import { checkValue } from './validate-field.ts'

/** Where (`items.0.name`), what to do, and the clauses that name the element. */
export type FieldProblem = Readonly<{ path: string; message: string; clauses: readonly string[] }>

/** Everything that keeps a form from being submitted; empty when it is complete. Never stops at the first. */
export function validateForm(
  definition: DocumentDefinition,
  data: FormData,
  now?: Instant,
): readonly FieldProblem[] {
  const fields = fieldsOf(definition)
  const known = new Set(fields.map((field) => field.id))
  const strangers = Object.keys(data)
    .filter((key) => !known.has(key))
    .map((key) => ({ path: key, message: '所填内容里有表单没有的一项，请刷新页面后重填', clauses: [] }))
  const all: Siblings = { fields, data, prefix: '', now }
  return [...fields.flatMap((field) => checkField(field, all)), ...strangers]
}

function checkField(field: Field, all: Siblings): readonly FieldProblem[] {
  const { data: siblings, prefix, now } = all
  if (!isAsked(field, siblings)) return []
  const value = siblings[field.id]
  const path = prefix + field.id
  if (isEmpty(value)) return field.required ? [missing(field, path)] : []
  switch (field.kind) {
    case 'rows':
      return checkRows(field, value, path, now)
    case 'dialogue':
      return checkDialogue(field, value, path)
    default:
      return [
        ...checkValue(field, value),
        ...checkOrder(field, value, all),
        ...checkScaled(field, value, siblings),
      ].map((problem) => ({
        path: path + problem.path,
        message: problem.message,
        clauses: field.requiredBy,
      }))
  }
}

/** What is so many times another amount is not typed otherwise. */
function checkScaled(field: Field, value: unknown, siblings: FormData) {
  const fen = scaledAmount(field, siblings)
  if (fen === undefined || fen === value) return []
  const padded = fen.padStart(3, '0')
  const yuan = `${padded.slice(0, -2)}.${padded.slice(-2)}`
  return [{ path: '', message: `“${field.label}”与基数和倍数（百分比）算得的${yuan}元不一致` }]
}

const VERBS: Partial<Record<Field['kind'], string>> = {
  photo: '选择',
  choice: '选择',
  multichoice: '勾选',
  date: '选择',
  datetime: '选择',
  boolean: '选择',
  officers: '选择',
  articles: '引用',
  rows: '逐项登记',
  dialogue: '记录',
}

const missing = (field: Field, path: string): FieldProblem => ({
  path,
  message: `请${VERBS[field.kind] ?? '填写'}“${field.label}”`,
  clauses: field.requiredBy,
})

function checkRows(
  field: Extract<Field, { kind: 'rows' }>,
  value: unknown,
  path: string,
  now: Instant | undefined,
): readonly FieldProblem[] {
  const say = (message: string): FieldProblem => ({ path, message, clauses: field.requiredBy })
  if (!Array.isArray(value) || !value.every(isRecord)) return [say(`“${field.label}”请逐行填写`)]
  if (value.length < field.min) return [say(`“${field.label}”至少登记${field.min}行`)]
  if (value.length > field.max) return [say(`“${field.label}”最多${field.max}行，请另立一份`)]
  const ids = new Set(field.columns.map((column) => column.id))
  return value.flatMap((row: FormData, i) => [
    ...field.columns.flatMap((column) =>
      checkField(column, { fields: field.columns, data: row, prefix: `${path}.${i}.`, now }),
    ),
    ...Object.keys(row)
      .filter((key) => !ids.has(key))
      .map(() => say(`“${field.label}”第${i + 1}行有表格没有的一栏，请刷新页面后重填`)),
  ])
}

function checkDialogue(
  field: Extract<Field, { kind: 'dialogue' }>,
  value: unknown,
  path: string,
): readonly FieldProblem[] {
  const say = (at: string, message: string): FieldProblem => ({
    path: at,
    message,
    clauses: field.requiredBy,
  })
  if (!Array.isArray(value)) return [say(path, `“${field.label}”请一问一答地记录`)]
  if (value.length > field.max) return [say(path, `“${field.label}”最多${field.max}组问答，请另作一份笔录`)]
  return value.flatMap((turn, i) => {
    const { q, a, at, answeredAt, ...more } = isRecord(turn) ? turn : {}
    const stamps = [at, answeredAt].filter((stamp) => stamp !== undefined)
    if (Object.keys(more).length > 0 || !stamps.every((stamp) => Instant.safeParse(stamp).success))
      return [say(`${path}.${i}`, `第${i + 1}问里有笔录没有的内容或者记错的时间，请删去该问重新记录`)]
    if (typeof q !== 'string' || isEmpty(q))
      return [say(`${path}.${i}.q`, `第${i + 1}问没有内容，请补写或删去`)]
    if (typeof a !== 'string' || isEmpty(a))
      return [say(`${path}.${i}.a`, `第${i + 1}问没有回答；不答的，请记“（沉默）”或“（拒绝回答）”`)]
    return []
  })
}
