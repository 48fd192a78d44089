import { Instant } from '@liuhen/law/fact'
import type { NoteField } from '@liuhen/law/event-fields'
import type { Reason } from '@liuhen/law/evaluation'
import type { JsonRecord } from './events.ts'

export const MAX_TEXT = 2000
export const MAX_LIST = 100

const problem = (message: string, todo: string): Reason => ({
  code: 'datum-invalid',
  effect: 'refuse',
  message,
  todo,
  citations: [],
})

const DAY = /^\d{4}-\d{2}-\d{2}$/
const isDay = (value: unknown): boolean =>
  typeof value === 'string' && DAY.test(value) && !Number.isNaN(Date.parse(value))
const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= MAX_TEXT

const isOffered = ({ options, open }: NoteField, value: unknown): boolean =>
  isText(value) && (open || options.length === 0 || options.some((o) => o.value === value))

const isList = (field: NoteField, value: unknown): boolean =>
  Array.isArray(value) && value.length <= MAX_LIST && value.every((v) => isOffered(field, v))

const TODO: Readonly<Record<NoteField['type'], string>> = {
  text: `请填写文字，不超过${MAX_TEXT}字`,
  person: '请选择人员，或者写明姓名',
  choice: '请从所列选项中选择',
  list: `请从所列选项中选择，不超过${MAX_LIST}项`,
  'yes-no': '请选择是或者否',
  date: '请填写日期',
  moment: '请填写日期和时间',
  number: '请填写数字',
  money: '请按元填写金额，最多两位小数',
}

const fits = (field: NoteField, value: unknown): boolean => {
  switch (field.type) {
    case 'text':
    case 'person':
      return isText(value)
    case 'choice':
      return isOffered(field, value)
    case 'list':
      return isList(field, value)
    case 'yes-no':
      return typeof value === 'boolean'
    case 'date':
      return isDay(value)
    case 'moment':
      return Instant.safeParse(value).success
    case 'number':
      return typeof value === 'number' && Number.isFinite(value)
    case 'money':
      return Number.isSafeInteger(value) && Number(value) >= 0
  }
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0)

/** What was typed against what the event asks for: everything asked for, nothing else, each of its kind and size. */
export const noteDataProblems = (fields: readonly NoteField[], data: JsonRecord): readonly Reason[] => {
  const asked = new Set(fields.map((f) => f.key))
  const strange = Object.keys(data).some((key) => !asked.has(key))
  return [
    ...(strange ? [problem('填写了本事项不问的内容', '请刷新页面，按所列各项重新填写')] : []),
    ...fields.flatMap((field) => {
      const value = data[field.key]
      if (isEmpty(value))
        return field.required ? [problem(`没有填写“${field.label}”`, `请填写“${field.label}”`)] : []
      return fits(field, value) ? [] : [problem(`“${field.label}”填写不正确`, TODO[field.type])]
    }),
  ]
}
