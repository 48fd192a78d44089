import type { FieldCase } from '@liuhen/api/routes/field'

/** The prescribed words alone; a text that prescribes none leaves them to the officer. */
export const noticesIn = ({ wants }: Pick<FieldCase, 'wants'>): readonly string[] =>
  wants.notices.flatMap(({ wording }) => (wording === undefined ? [] : [wording]))

/** What several texts name alike is marked once. */
export const keyContentOf = ({ wants }: Pick<FieldCase, 'wants'>) => [
  ...new Map(wants.keyContent.map((one) => [one.code, one])).values(),
]
