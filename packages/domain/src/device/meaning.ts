import type { Fact } from '@liuhen/law/fact'

/** What an entry of a register says of a device. Which entry says it stands in law/ (`means`). */
export const MEANINGS = [
  'listed',
  'checked',
  'issued',
  'returned',
  'faulty',
  'reported',
  'in-repair',
  'repaired',
  'lost',
  'retired',
] as const
export type Meaning = (typeof MEANINGS)[number]

type Declared = Readonly<{ name: string; means?: string | undefined }>
type Procedures = readonly Readonly<{ id: string; events: readonly Declared[] }>[]

const asMeaning = (word: string | undefined): Meaning | undefined => MEANINGS.find((m) => m === word)

/** How a register's entries are to be read. */
export type Reading = Readonly<{
  /** Ids of the procedures that list devices. */
  registers: readonly string[]
  means: (fact: Pick<Fact, 'kind' | 'name'>) => Meaning | undefined
}>

export const readingOf = (procedures: Procedures): Reading => {
  const known = procedures.filter(({ events }) => events.some((e) => asMeaning(e.means) === 'listed'))
  const byName = new Map(
    known.flatMap(({ events }) =>
      events.flatMap((e) => {
        const meaning = asMeaning(e.means)
        return meaning === undefined ? [] : [[e.name, meaning] as const]
      }),
    ),
  )
  return {
    registers: [...new Set(known.map((p) => p.id))],
    means: ({ kind, name }) => (kind === 'event' ? byName.get(name) : undefined),
  }
}
