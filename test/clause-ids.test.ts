import { expect, test } from 'vitest'
import { clausesIn, knownClauses, namedClauses } from './law/named-clauses.ts'

// A test that names a clause in its title claims to carry it out. A clause that no text has would be a claim of nothing.
const known = knownClauses()

test('every clause that a test names in its title is a clause of some text', () => {
  const files = namedClauses()
  expect(files.length).toBeGreaterThan(100)
  const wrong = files.flatMap(({ path, clauses }) =>
    clauses.filter((id) => !known.has(id)).map((id) => `${path}: ${id}`),
  )
  expect(wrong).toEqual([])
})

test('a title with a clause that nobody wrote is found (negative control)', () => {
  const nobodys = ['zml', 99, 9].join('-')
  expect(clausesIn(`test('${nobodys} and zml-21-2: two', () => {`, known)).toEqual([nobodys, 'zml-21-2'])
  expect(known.has(nobodys)).toBe(false)
})
