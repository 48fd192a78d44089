import { expect, it } from 'vitest'
import { realLaw } from '../../../../test/law/real-law.ts'
import { evaluate } from '../evaluate.ts'
import type { Fact } from '../fact.ts'

const on = (day: string): string => `2026-03-${day}T09:00:00+08:00`
const step = (name: string, state: string, day: string): Fact => ({ kind: 'step', name, state, at: on(day) })
const reopened: Fact = { kind: 'event', name: 'case-reopened', at: on('10') }
const before = [
  step('inspection', 'done', '02'),
  step('decision', 'done', '03'),
  step('service', 'begun', '04'),
  step('closing', 'done', '05'),
]
const statusOf = (id: string, facts: readonly Fact[]) =>
  evaluate(
    {
      procedure: 'penalty-ordinary',
      startedAt: on('01'),
      facts,
      selection: { base: 'fengtai', overlays: [], national: 'on' },
    },
    realLaw(),
    on('20'),
  ).steps.find((s) => s.id === id)?.status

it('goes once more through decision, service and closing, and keeps what was investigated', () => {
  const ids = ['inspection', 'decision', 'service', 'closing']
  expect(ids.map((id) => statusOf(id, before))).toEqual(['done', 'done', 'begun', 'done'])
  const after = ids.map((id) => statusOf(id, [...before, reopened]))
  expect(after[0]).toBe('done')
  for (const status of after.slice(1)) expect(['possible', 'blocked']).toContain(status)
  expect(statusOf('decision', [...before, reopened, step('decision', 'done', '11')])).toBe('done')
})

it('tells what came before from what came after by the place in the record, where the moment is the same', () => {
  const again = { ...step('closing', 'done', '10') }
  expect(statusOf('closing', [...before, reopened, again])).toBe('done')
  expect(statusOf('closing', [...before.slice(0, 3), again, reopened])).not.toBe('done')
})
