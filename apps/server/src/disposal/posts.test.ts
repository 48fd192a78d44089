import { DISPOSAL_APPROVERS, DISPOSERS } from '@liuhen/domain/disposal/can'
import { expect, test } from 'vitest'
import { realLaw } from '../../../../test/law/real-law.ts'

/** From whom the law takes an act, wherever it declares it. */
const postsOf = (name: string): readonly (readonly string[])[] =>
  realLaw()
    .procedures.flatMap((p) => p.events.filter((e) => e.name === name))
    .map((e) => (e.by ?? []).map((one) => (typeof one === 'string' ? one : one.role)))

test.each([
  ['disposal-requested', DISPOSERS],
  ['disposal-approved', DISPOSAL_APPROVERS],
  ['disposal-carried-out', DISPOSERS],
])('whoever does this in a batch may do it in a case: %s', (name, posts) => {
  const all = postsOf(name)
  expect(all.length).toBeGreaterThan(0)
  for (const allowed of all) expect(allowed).toEqual(expect.arrayContaining([...posts]))
})
