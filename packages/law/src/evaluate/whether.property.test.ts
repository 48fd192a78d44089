import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Condition } from '../schema/condition.ts'
import { checkCondition, holds } from './check-condition.ts'
import type { World } from './world.ts'

const FLAGS = ['rain', 'night', 'guest'] as const

const { condition } = fc.letrec<{ condition: Condition }>((tie) => {
  const several = fc.array(tie('condition'), { maxLength: 3 })
  return {
    condition: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(...FLAGS).map((flag): Condition => ({ op: 'flag', flag })),
      several.map((all): Condition => ({ op: 'all', all })),
      several.map((any): Condition => ({ op: 'any', any })),
      tie('condition').map((not): Condition => ({ op: 'not', not })),
    ),
  }
})

it('whether a condition holds is the same with and without asking why', () => {
  fc.assert(
    fc.property(condition, fc.subarray([...FLAGS]), (asked, flags) => {
      const asking = { conditions: new Map(), whether: new Map() }
      const world = { asking, caseLaw: {}, flags: new Set<string>(flags) } as unknown as World
      expect(holds(asked, world)).toBe(checkCondition(asked, world).holds)
    }),
  )
})
