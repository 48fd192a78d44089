import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { definitionIds, lawDir } from './fixtures/load-definitions.ts'

const Entry = z.object({
  name: z.string(),
  kind: z.enum(['document', 'register', 'material']),
  in: z.array(z.string()).min(1),
  clauses: z.array(z.string()).min(1),
})
type Entry = z.infer<typeof Entry>

const listed = z
  .object({
    texts: z.array(Entry.extend({ id: z.string() })),
    national: z.array(Entry),
    besides: z.array(Entry),
    'market-regulation': z.array(z.object({ no: z.int(), name: z.string(), in: z.array(z.string()).min(1) })),
  })
  .parse(parse(readFileSync(join(import.meta.dirname, 'fixtures', 'papers-of-the-law.yaml'), 'utf8')))

const fileOf = ({ kind }: Pick<Entry, 'kind'>, place: string): string =>
  join(lawDir, kind === 'document' ? join('documents', place, 'document.yaml') : `${place}.yaml`)

/** Places that are not there, or that rest on none of the clauses for which they are said to be. */
const unfounded = (entry: Entry): string[] =>
  entry.in.filter((place) => {
    const file = fileOf(entry, place)
    if (!existsSync(file)) return true
    const text = readFileSync(file, 'utf8')
    return !entry.clauses.some((clause) => new RegExp(`\\b${clause}\\b(?!-)`).test(text))
  })

it('has every one of the 99 papers that the nine regulations name, each resting on a clause that names it', () => {
  expect(new Set(listed.texts.map((one) => one.id)).size).toBe(99)
  const found = [...listed.texts, ...listed.national, ...listed.besides].map((one) => [
    one.name,
    unfounded(one),
  ])
  expect(found.filter(([, places]) => places?.length !== 0)).toEqual([])
})

it('finds a paper that has no definition, and one that rests on another clause', () => {
  const entry = {
    name: '立案审批表',
    kind: 'document',
    in: ['filing-approval'],
    clauses: ['zml-8-3'],
  } as const
  const of = (change: Partial<Entry>) => unfounded(Entry.parse({ ...entry, ...change }))
  expect(of({})).toEqual([])
  expect(of({ in: ['no-such-paper'] })).toEqual(['no-such-paper'])
  expect(of({ clauses: ['zml-8'] })).toEqual(['filing-approval'])
})

it('has no definition that nobody asks for', () => {
  const papers = listed.texts.filter((one) => one.kind === 'document')
  const all = [...papers, ...listed.national, ...listed.besides, ...listed['market-regulation']]
  const asked = new Set(all.flatMap((one) => one.in))
  expect(definitionIds().filter((id) => !asked.has(id))).toEqual([])
})

it('has every one of the 56 forms of market regulation', () => {
  const forms = listed['market-regulation']
  expect(forms.map((one) => one.no)).toEqual(Array.from({ length: 56 }, (_, i) => i + 1))
  const ids = new Set(definitionIds())
  expect(forms.flatMap((one) => one.in).filter((id) => !ids.has(id))).toEqual([])
})
