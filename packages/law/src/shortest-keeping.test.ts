import { describe, expect, test } from 'vitest'
import type { Pack } from './schema/pack.ts'
import { shortestKeeping } from './shortest-keeping.ts'

const limit = (value: number | null, unit: string | null) => ({ value, unit, from: 'made', clause: 'x-1' })
const pack = (title: string, retention: object | null) =>
  ({ title, params: { retention } }) as unknown as Pack

describe('the shortest period of all texts', () => {
  test('is the shortest with a number, in days counted low', () => {
    const packs = [
      pack('十年', { caseFile: limit(10, 'year') }),
      pack('半年', { caseFile: limit(10, 'year'), patrolAV: limit(6, 'month') }),
      pack('不定', { avDefault: limit(null, null) }),
      pack('不说', null),
    ]
    expect(shortestKeeping(packs)).toEqual({ days: 168, title: '半年', clause: 'x-1' })
  })
  test('is absent where no text gives one', () => {
    expect(shortestKeeping([pack('不说', null)])).toBeUndefined()
  })
})
