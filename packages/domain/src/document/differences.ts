import type { DocumentDefinition, Field } from '@liuhen/law/document-definition'
import { fieldsOf, type FormData, isAsked, isEmpty, isRecord } from './form-data.ts'
import { rowsIn, sayExactly, sayRow, sayValue } from './say-value.ts'

/** One place in which two versions of a paper differ, in words. */
export type Difference = Readonly<{ part: string; original: string; amended: string }>

const NOTHING = '（空）'

const shown = (said: string): string => (said === '' ? NOTHING : said)

/** Both say the same, down to what no paper prints: the order of keys and what is empty do not count. */
const isSame = (a: unknown, b: unknown): boolean => {
  if (a === b || (isEmpty(a) && isEmpty(b))) return true
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((one, i) => isSame(one, b[i]))
  if (!isRecord(a) || !isRecord(b)) return false
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => isSame(a[key], b[key]))
}

/** Two values that differ, in words that differ: where papers print them alike, what they do not print is told, too. */
const toldApart = (
  part: string,
  [old, now]: readonly [unknown, unknown],
  [said, exactly]: readonly [(value: unknown) => string, (value: unknown) => string],
): Difference[] => {
  if (isSame(old, now)) return []
  const say = said(old) === said(now) ? exactly : said
  return [{ part, original: shown(say(old)), amended: shown(say(now)) }]
}

const inRows = (field: Extract<Field, { kind: 'rows' }>, before: unknown, after: unknown): Difference[] => {
  const [old, now] = [rowsIn(before), rowsIn(after)]
  const count = Math.max(old.length, now.length)
  return Array.from({ length: count }, (_, i) =>
    toldApart(
      `${field.label}第${i + 1}行`,
      [old[i] ?? {}, now[i] ?? {}],
      [
        (row) => sayRow(field.columns, isRecord(row) ? row : {}),
        (row) => sayRow(field.columns, isRecord(row) ? row : {}, sayExactly),
      ],
    ),
  ).flat()
}

const inField = (field: Field, before: FormData, after: FormData): Difference[] => {
  const [old, now] = [before, after].map((data) => (isAsked(field, data) ? data[field.id] : undefined))
  if (field.kind === 'rows') return inRows(field, old, now)
  return toldApart(
    field.label,
    [old, now],
    [(value) => sayValue(field, value), (value) => sayExactly(field, value)],
  )
}

/** The fields of the text. The handler's opinion is an approval and no part of it. */
const compared = (definition: DocumentDefinition): readonly Field[] =>
  fieldsOf(definition).filter((field) => field.id !== definition.opinionField)

/** Field by field, tables row by row, in what two versions differ: nothing that is kept may change unseen. */
export const differencesOf = (
  definition: DocumentDefinition,
  before: FormData,
  after: FormData,
): Difference[] => compared(definition).flatMap((field) => inField(field, before, after))

/** Labels of the fields in which two versions differ and that touch the party's rights: of themselves, or so that it must be asked. */
export const rightsTouched = (
  definition: DocumentDefinition,
  before: FormData,
  after: FormData,
  kind: NonNullable<Field['rights']>,
): string =>
  compared(definition)
    .filter((field) => field.rights === kind && inField(field, before, after).length > 0)
    .map(({ label }) => label)
    .join('、')

/** Where a paper that approves a correction keeps the differences, so that nobody types them. */
export const CHANGES = 'about.changes'
/** Where it keeps what of them touches rights (`rightsTouched`). */
const RIGHTS = { 'about.rightsChanged': 'always', 'about.rightsAsked': 'ask' } as const

/** What nobody types in a form: it is put together from the paper that is corrected and its correction. */
export const isComputed = ({ from }: Pick<Field, 'from'>): boolean =>
  [from ?? []].flat().some((path) => path === CHANGES || path in RIGHTS)

const pathOf = (field: Field): string | undefined =>
  [field.from ?? []].flat().find((path) => path === CHANGES || path in RIGHTS)

/** The computed fields of a form that approves a correction of `form` from `before` to `after`; without `after` nothing has changed. */
export const computedFields = (
  definition: DocumentDefinition,
  form: DocumentDefinition,
  before: FormData,
  after: FormData | undefined,
): FormData =>
  Object.fromEntries(
    fieldsOf(definition).flatMap((field): (readonly [string, unknown])[] => {
      const path = pathOf(field)
      if (path === undefined) return []
      if (path === CHANGES) return [[field.id, after === undefined ? [] : differencesOf(form, before, after)]]
      const kind = RIGHTS[path as keyof typeof RIGHTS]
      return [[field.id, after === undefined ? '' : rightsTouched(form, before, after, kind)]]
    }),
  )

export const changesField = (definition: DocumentDefinition): Field | undefined =>
  fieldsOf(definition).find((field) => [field.from ?? []].flat().includes(CHANGES))
