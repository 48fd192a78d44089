import { expect, it } from 'vitest'
import type { Fact } from '@liuhen/law/fact'
import { inForceOf } from './lent-facts.ts'

const LENDS = { events: ['item-listed'], once: 'list-adopted' }
const at = (hour: number): string => `2026-03-09T${String(hour).padStart(2, '0')}:00:00+08:00`
const fact = (name: string, hour: number): Fact => ({
  kind: 'event',
  name,
  at: at(hour),
  ref: `${name}-${hour}`,
  data: { scene: 'inspection' },
})

it('lends nothing before it is adopted, then what was listed by then, from then on', () => {
  expect(inForceOf([fact('item-listed', 9)], LENDS)).toEqual([])
  const facts = [fact('item-listed', 9), fact('list-adopted', 10), fact('item-listed', 11)]
  expect(inForceOf(facts, LENDS)).toEqual([
    { kind: 'event', name: 'item-listed', at: at(10), data: { scene: 'inspection' } },
  ])
})
