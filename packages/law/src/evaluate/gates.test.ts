import { expect, it } from 'vitest'
import { realLaw } from '../../../../test/law/real-law.ts'
import { no } from './check.ts'
import type { Check } from './check.ts'
import { clockAt } from './clock.ts'
import { reasonBy } from './gates.ts'
import type { ReadyGate } from './gates.ts'
import type { World } from './world.ts'

const gate = realLaw().procedures.flatMap((p) => p.guards)[0]
const world = { clock: clockAt(Date.parse('2026-03-02T09:00:00+08:00')) } as World
const citations = [{ clause: 'club-1', cite: '会章', duty: '打球', layer: 'base' }] as const

const shut = (check: Check): ReadyGate => {
  if (gate === undefined) throw new Error('no guard')
  return { gate, cite: () => citations, when: undefined, needs: () => check, last: {} }
}

it('a gate remembers what it said where that tells nothing of a case, and no particulars of one', () => {
  const plain = shut(no())
  expect(reasonBy(plain, world)).toBe(reasonBy(plain, world))
  const personal = shut({ holds: false, facts: { missing: '李某的身份证号' } })
  expect(reasonBy(personal, world)?.facts).toEqual({ missing: '李某的身份证号' })
  expect(JSON.stringify(personal.last)).not.toContain('李某')
})
