import { expect, test } from 'vitest'
import { atMost, limitTo } from './limit.ts'

test('bytes a second are shared by all, in the order in which they come', async () => {
  const waits: number[] = []
  let now = 0
  const wait = (ms: number) => {
    waits.push(ms)
    return Promise.resolve()
  }
  const limit = limitTo(1000, { nowMs: () => now, wait })
  await limit(500)
  await limit(500)
  await limit(500)
  expect(waits).toEqual([500, 1000])
  now = 5000
  await limit(500)
  expect(waits).toEqual([500, 1000])
})

test('no limit waits for nobody', async () => {
  await expect(limitTo(undefined)(1e12)).resolves.toBeUndefined()
})

test('so many work at once and no more, and a failure frees its place', async () => {
  const lane = atMost(2)
  let [running, most] = [0, 0]
  const work = (i: number) => async () => {
    running += 1
    most = Math.max(most, running)
    await Promise.resolve()
    running -= 1
    if (i === 1) throw new Error('one fails')
    return i
  }
  const results = await Promise.allSettled([0, 1, 2, 3, 4].map((i) => lane(work(i))))
  expect(most).toBe(2)
  expect(results.map((r) => r.status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
    'fulfilled',
  ])
})
