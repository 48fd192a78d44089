import { expect, it } from 'vitest'
import { indexOf } from './fact-index.ts'
import { askStands } from './stands.ts'
import { timed } from './world.ts'
import type { World } from './world.ts'

const [MORNING, NOON] = ['2026-03-06T09:00:00+08:00', '2026-03-06T12:00:00+08:00']
const ask = askStands({
  op: 'stands',
  stands: { kind: 'event', name: 'archived' },
  unless: { kind: 'event', name: 'reopened' },
})

/** `subject`: which of the facts is in question. */
const stands = (told: readonly (readonly [string, string])[], subject?: number): boolean => {
  const facts = told.map(([name, at], order) => ({ ...timed({ kind: 'event', name, at }), order }))
  const procedure = { eachParty: [] }
  const world = { procedure, index: indexOf(facts), count: facts.length, subject: facts[subject ?? -1] }
  return ask(world as unknown as World).holds
}

it('does not stand before it has happened', () => {
  expect(stands([])).toBe(false)
  expect(stands([['reopened', MORNING]])).toBe(false)
})

it('stands until it is taken back, and again when it happens once more', () => {
  const told = [
    ['archived', MORNING],
    ['reopened', NOON],
    ['archived', NOON],
  ] as const
  expect(stands(told.slice(0, 1))).toBe(true)
  expect(stands(told.slice(0, 2))).toBe(false)
  expect(stands(told)).toBe(true)
})

it('still stands for the fact in question that takes it back', () => {
  const told = [
    ['archived', MORNING],
    ['reopened', NOON],
  ] as const
  expect(stands(told, 1)).toBe(true)
  expect(stands([...told, ['reopened', NOON]], 2)).toBe(false)
})
