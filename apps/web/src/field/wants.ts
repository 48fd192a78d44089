import type { FieldCase } from '@liuhen/api/routes/field'

type Notice = FieldCase['wants']['notices'][number]

export const noticesFor = ({ wants }: FieldCase, scene: string): readonly Notice[] =>
  wants.notices.filter(({ scenes }) => scenes.length === 0 || scenes.includes(scene))

/** The prescribed words alone; a text that prescribes none leaves them to the officer. */
export const noticesIn = (file: FieldCase, scene: string): readonly string[] =>
  noticesFor(file, scene).flatMap(({ wording }) => (wording === undefined ? [] : [wording]))

/** What several texts name alike is marked once. */
export const keyContentOf = ({ wants }: Pick<FieldCase, 'wants'>) => [
  ...new Map(wants.keyContent.map((one) => [one.code, one])).values(),
]
