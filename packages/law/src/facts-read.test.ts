import { expect, it } from 'vitest'
import { realLaw } from '../../../test/law/real-law.ts'
import { isProblem, selectLaw } from './combine.ts'
import { factsRead, printFactsRead } from './facts-read.ts'

const lawOf = (procedure: string) => {
  const selected = selectLaw(
    realLaw(),
    { base: 'zoumaling', overlays: [] },
    procedure,
    '2026-03-02T09:00:00+08:00',
  )
  if (isProblem(selected)) throw new Error(selected.message)
  return selected
}
const read = (procedure: string) => factsRead(lawOf(procedure))

it('names the facts of a procedure with what rules look at in them', () => {
  const facts = read('penalty-ordinary')
  expect(facts.find((f) => f.fact === 'document legal-review-opinion issued')?.data).toContainEqual(
    expect.objectContaining({ key: 'conclusion', values: expect.arrayContaining(['agree']) }),
  )
  expect(facts.find((f) => f.fact === 'event act-ended')?.label).toContain('终结')
  expect(facts.map((f) => f.fact)).toContain('step inspection begun')
})

it('says for every procedure what it reads, each fact once', () => {
  for (const { id } of realLaw().procedures) {
    const facts = read(id).map((f) => f.fact)
    expect(facts.length, id).toBeGreaterThan(0)
    expect(new Set(facts).size, id).toBe(facts.length)
  }
})

it('prints the marks of a case first, then a line for each fact and its data', () => {
  const lines = printFactsRead(read('penalty-ordinary'), lawOf('penalty-ordinary').procedure.flags)
  expect(lines[0]).toMatch(/^flag [a-z-]+　/)
  expect(lines.filter((l) => !/^(flag|document|event|recording|step|    )/.test(l))).toEqual([])
})
