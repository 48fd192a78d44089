import { canonicalArticle } from '@liuhen/law/article-ref'
import type { Field } from '@liuhen/law/document-definition'
import { Instant } from '@liuhen/law/fact'
import { isCivilDate, isIdNumber, isOrgCode, isPhone } from './identifiers.ts'
import { isEmpty, isRecord } from './form-data.ts'

/** A complaint about one value; `path` is below the field ('' for the field itself). */
export type ValueProblem = Readonly<{ path: string; message: string }>

const here = (message: string): readonly ValueProblem[] => [{ path: '', message }]
const none: readonly ValueProblem[] = []
const when = (bad: boolean, message: string): readonly ValueProblem[] => (bad ? here(message) : none)

type SimpleField = Exclude<Field, { kind: 'rows' | 'dialogue' }>

/** Whether a value that is present fits its field's kind. Says in Chinese what to do. */
export function checkValue(field: SimpleField, value: unknown): readonly ValueProblem[] {
  switch (field.kind) {
    case 'integer':
      return integer(field, value)
    case 'boolean':
      return when(typeof value !== 'boolean', `“${field.label}”请选择“是”或“否”`)
    case 'multichoice':
      return manyOf(field, value)
    case 'officers':
      return officers(field, value)
    case 'articles':
      return articles(field, value)
    default:
      return typeof value === 'string' ? line(field, value) : here(`“${field.label}”应为文字，请重新填写`)
  }
}

type LineField = Exclude<
  SimpleField,
  { kind: 'integer' | 'boolean' | 'multichoice' | 'officers' | 'articles' }
>

function line(field: LineField, value: string): readonly ValueProblem[] {
  switch (field.kind) {
    case 'text':
      return text(field, value)
    case 'longtext':
      return tooLong(field, value)
    case 'date':
      return when(!isCivilDate(value), `“${field.label}”请按“2026-03-05”的样子填写真实存在的日期`)
    case 'datetime':
      return when(!Instant.safeParse(value).success, `“${field.label}”请选择日期和时间`)
    case 'money':
      return when(!/^(0|[1-9]\d{0,14})$/.test(value), `“${field.label}”请填写金额，最多两位小数`)
    case 'choice':
      return when(
        !field.options.some((option) => option.value === value),
        `“${field.label}”请从所列选项中选择一项`,
      )
    case 'photo':
      return when(!/^[0-9A-Za-z-]{1,64}$/.test(value), `“${field.label}”请从本案的照片中选择`)
    case 'idnumber':
      return when(!isIdNumber(value), `“${field.label}”的校验位或出生日期不对，请核对证件，末位“X”用大写`)
    case 'orgcode':
      return when(!isOrgCode(value), `“${field.label}”不是有效的18位统一社会信用代码，请核对营业执照`)
    case 'phone':
      return when(!isPhone(value), `“${field.label}”请填写手机号码或带区号的固定电话`)
  }
}

const tooLong = (field: Readonly<{ label: string; max: number }>, value: string) =>
  when(Array.from(value).length > field.max, `“${field.label}”最多${field.max}个字，请删减`)

function text(field: Extract<Field, { kind: 'text' }>, value: string): readonly ValueProblem[] {
  if (value.includes('\n')) return here(`“${field.label}”请写成一行`)
  const pattern = field.pattern === undefined ? undefined : new RegExp(`^(?:${field.pattern})$`, 'u')
  if (pattern && !pattern.test(value))
    return here(`“${field.label}”的格式不对${field.help ? `:${field.help}` : '，请核对后重填'}`)
  return tooLong(field, value)
}

function integer(field: Extract<Field, { kind: 'integer' }>, value: unknown): readonly ValueProblem[] {
  const fits =
    typeof value === 'number' && Number.isSafeInteger(value) && value >= field.min && value <= field.max
  return when(!fits, `“${field.label}”请填写${field.min}至${field.max}之间的整数`)
}

function manyOf(field: Extract<Field, { kind: 'multichoice' }>, value: unknown): readonly ValueProblem[] {
  const known =
    Array.isArray(value) &&
    new Set(value).size === value.length &&
    value.every((one) => field.options.some((option) => option.value === one))
  return when(!known, `“${field.label}”请从所列选项中勾选，每项一次`)
}

function officers(field: Extract<Field, { kind: 'officers' }>, value: unknown): readonly ValueProblem[] {
  if (!Array.isArray(value)) return here(`“${field.label}”请从人员名单中选择`)
  const people = value.filter(isRecord)
  const distinct = new Set(people.map((person) => person['personId']))
  if (people.length !== value.length || distinct.size !== value.length)
    return here(`“${field.label}”请从人员名单中选择，同一人只选一次`)
  if (people.length < field.min)
    return here(`“${field.label}”不得少于${field.min}人，请再选${field.min - people.length}人`)
  return people.flatMap((person, i) =>
    isEmpty(person['name']) || isEmpty(person['certNo'])
      ? [{ path: `.${i}`, message: `“${field.label}”第${i + 1}人缺姓名或执法证件编号，请在人员管理中补全` }]
      : [],
  )
}

function articles(field: Extract<Field, { kind: 'articles' }>, value: unknown): readonly ValueProblem[] {
  if (!Array.isArray(value)) return here(`“${field.label}”请引用法律条款`)
  return value.flatMap((one: unknown, i) => {
    const say = (message: string) => [{ path: `.${i}`, message }]
    const { title, article } = isRecord(one) ? one : {}
    if (typeof title !== 'string' || typeof article !== 'string' || isEmpty(title) || isEmpty(article))
      return say(`“${field.label}”第${i + 1}条请写全法律名称和条款号`)
    const cited = canonicalArticle(article)
    return article.trim() === cited ? [] : say(`“${field.label}”第${i + 1}条的条款号请写成“${cited}”`)
  })
}
