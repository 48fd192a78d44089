import type { Field } from '@liuhen/law/document-definition'
import { isBlank, isSame } from './same.ts'

type Data = Readonly<Record<string, unknown>>
/** A field in which two versions differ. */
export type Difference = Readonly<{ field: Field; before: unknown; after: unknown }>

const same = (a: unknown, b: unknown): boolean => (isBlank(a) && isBlank(b)) || isSame(a, b)

/** Field by field, in the order of the form. */
export const differencesOf = (fields: readonly Field[], before: Data, after: Data): Difference[] =>
  fields.flatMap((field) =>
    same(before[field.id], after[field.id])
      ? []
      : [{ field, before: before[field.id], after: after[field.id] }],
  )

/** Who changed a field since both had the same; without knowing what both had, both may have. */
export const changedBy = (
  { field, before: theirs, after: mine }: Difference,
  base: Data | undefined,
): 'mine' | 'theirs' | 'both' => {
  if (base === undefined) return 'both'
  if (same(base[field.id], theirs)) return 'mine'
  return same(base[field.id], mine) ? 'theirs' : 'both'
}
