import { isProblem, selectLaw } from '@liuhen/law/combine'
import { describe, expect, it } from 'vitest'
import { realLaw } from '../../../../test/law/real-law.ts'
import { termsOf } from './case-terms.ts'

const termsUnder = (base: string) => {
  const selected = selectLaw(realLaw(), { base, overlays: [] }, 'penalty-ordinary', '2026-03-04T01:00:00Z')
  if (isProblem(selected)) throw new Error(selected.message)
  return termsOf(selected)
}
const keys = (base: string) => termsUnder(base).labelFields.map((f) => f.key)

describe('what a recording’s label must say', () => {
  it('pxs-11-3: is unit and cause beside what the system knows of each recording', () => {
    expect(keys('pingxiang-scjg')).toEqual(['unit', 'cause'])
  })

  it('sjz-17-2, sjz-17-3: is order, name, class, place and content', () => {
    expect(keys('shijiazhuang-aj')).toEqual(['order', 'name', 'category', 'place', 'content'])
  })

  it('zml-25-3: is no more than case, party and handler', () => {
    expect(keys('zoumaling')).toEqual([])
  })
})

describe('facts that may be noted', () => {
  it('each belong to a matter, so that many of them can be looked through', () => {
    const subjects = new Set(termsUnder('zoumaling').notes.map((n) => n.subject))
    expect(subjects.size).toBeGreaterThan(3)
    expect([...subjects].every((s) => s !== '')).toBe(true)
  })
})
