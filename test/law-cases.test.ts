import { neverQuiet, runCase } from '@liuhen/law/run-case'
import { describe, expect, test } from 'vitest'
import { lawCases } from './law/law-cases.ts'
import { realLaw } from './law/real-law.ts'

// Every example beside the packs, through the evaluator. An example that names a clause must have a result that cites it.
const law = realLaw()
const known = new Set([
  ...law.packs.flatMap((p) => [...p.clauses.keys()]),
  ...law.provisions.map((p) => p.id),
])
const cases = lawCases()

describe.each([...new Set(cases.map((c) => c.file))])('%s', (file) => {
  test.each(cases.filter((c) => c.file === file).map((c) => [`${c.one.id} ${c.one.title}`, c] as const))(
    '%s',
    (_name, { one, pack }) => {
      expect([...one.clauses, ...one.unreached].filter((id) => !known.has(id))).toEqual([])
      expect(one.clauses.length + one.unreached.length).toBeGreaterThan(0)
      expect(runCase(one, pack, law).failures).toEqual([])
    },
  )
})

test('every refusal, warning and finding that an example expects also stays away in one', () => {
  expect(neverQuiet(cases.map(({ one, pack }) => runCase(one, pack, law)))).toEqual([])
})

test('no two examples of a pack have the same id', () => {
  const ids = cases.map((c) => `${c.pack} ${c.one.id}`)
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
})
