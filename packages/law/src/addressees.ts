import type { DocumentDefinition } from './document-definition.ts'

/** Between the names of a list. A comma inside a firm's Latin name (`Co., Ltd.`, `Co.，Ltd.`) is part of the name. */
const BETWEEN = /[、；;\r\n]|(?<![A-Za-z.]\s*)，|，(?!\s*[A-Za-z])|(?<=\p{Script=Han}),(?=\p{Script=Han})/u

/** What a form says where there is nobody. */
const NOBODY = /^(?:[/／\\\-－–—]*|(?:无|没有)。?)$/u

const namesIn = (value: unknown, isList: boolean): readonly string[] =>
  typeof value === 'string'
    ? (isList ? value.split(BETWEEN) : [value])
        .map((name) => name.trim())
        .filter((name) => !NOBODY.test(name))
    : []

/** Those on whom a paper says it is served, each name once, in the order of its kind's fields; empty where its kind names none. */
export const addresseesOf = (
  { servedOn = [] }: Pick<DocumentDefinition, 'servedOn'>,
  data: Readonly<Record<string, unknown>>,
): readonly string[] => [
  ...new Set(
    servedOn.flatMap((field) =>
      typeof field === 'string' ? namesIn(data[field], false) : namesIn(data[field.list], true),
    ),
  ),
]

/**
 * By a name in the earlier text, the same party's name as corrected. Who stands in both is the same; of the rest one takes
 * the other's place where there are as many of them, and otherwise somebody was taken out or added. Who was taken out is
 * left out.
 */
export function nameAsCorrected(
  before: readonly string[],
  after: readonly string[],
): ReadonlyMap<string, string> {
  const [gone, come] = [
    before.filter((name) => !after.includes(name)),
    after.filter((name) => !before.includes(name)),
  ]
  const renamed = gone.length === come.length ? come : []
  return new Map(
    before.flatMap((name) => {
      const now = after.includes(name) ? name : renamed[gone.indexOf(name)]
      return now === undefined ? [] : [[name, now] as const]
    }),
  )
}
