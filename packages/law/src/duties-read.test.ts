import { expect, it } from 'vitest'
import { realLaw } from '../../../test/law/real-law.ts'
import { isProblem, selectLaw } from './combine.ts'
import { dutiesRead, printDutiesRead } from './duties-read.ts'

const DAY = '2026-03-02'

const read = (procedure: string, base: string) => {
  const selected = selectLaw(realLaw(), { base, overlays: [] }, procedure, `${DAY}T09:00:00+08:00`)
  if (isProblem(selected)) throw new Error(selected.message)
  return dutiesRead(selected, DAY)
}

it('says which fact begins the period of a duty and which one fulfils it', () => {
  const archive = read('penalty-ordinary', 'zoumaling').find((d) => d.id === 'archive')
  expect(archive).toMatchObject({
    opens: expect.arrayContaining(['event act-ended']),
    clauses: expect.arrayContaining(['zml-25-1']),
  })
  expect(archive?.closes).not.toEqual([])
})

it('leaves out duties that no text of the case asks for', () => {
  const ids = (base: string) => read('penalty-ordinary', base).map((d) => d.id)
  expect(ids('zoumaling')).toContain('emergency-filing')
  expect(ids('fengtai')).not.toContain('emergency-filing')
})

it('prints two lines for each duty', () => {
  const duties = read('penalty-ordinary', 'zoumaling')
  expect(printDutiesRead(duties)).toHaveLength(2 * duties.length)
})
