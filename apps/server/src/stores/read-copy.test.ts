import { describe, expect, test } from 'vitest'
import { paceOf } from './read-copy.ts'

describe('the budget of reading', () => {
  test('lets nothing wait that is behind it, and everything that is ahead of it', async () => {
    let ms = 0
    const pauses: number[] = []
    const pace = paceOf({
      bytesPerSecond: 1000,
      nowMs: () => ms,
      pause: (wait) => {
        pauses.push(wait)
        ms += wait
        return Promise.resolve()
      },
    })
    await pace(500)
    expect(pauses).toEqual([500])
    ms += 2000
    await pace(1500)
    expect(pauses).toEqual([500])
    await pace(1000)
    expect(pauses).toEqual([500, 500])
  })
})
