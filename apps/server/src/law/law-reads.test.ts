import { describe, expect, it } from 'vitest'
import { join } from 'node:path'
import { loadLibrary } from './library.ts'
import { listClauses, listPacks } from './law-reads.ts'
import { rulesByClause } from './rules-naming.ts'

const library = await loadLibrary(join(import.meta.dirname, '../../../../law'))

describe('the law of this installation', () => {
  it('is read whole from its folder', () => {
    expect(listPacks(library.law).items.map((p) => p.id)).toContain('zoumaling')
  })
  it('leads from a clause to the rules that carry it out', () => {
    const clauses = listClauses(library.law, 'zoumaling')
    if ('refused' in clauses) throw new Error('refused')
    expect(clauses.items.length).toBeGreaterThan(50)
    expect(clauses.items.some((c) => c.rules.length > 0)).toBe(true)
  })
  it('says of an unknown pack that there is none', () => {
    expect(listClauses(library.law, 'nowhere')).toMatchObject({ code: 'not-found' })
  })
  it('names no rule by a clause that no pack and no provision has', () => {
    const known = new Set([
      ...library.law.provisions.map((p) => p.id),
      ...library.law.packs.flatMap((p) => [...p.clauses.keys()]),
    ])
    expect([...rulesByClause(library.law).keys()].filter((id) => !known.has(id))).toEqual([])
  })
})
