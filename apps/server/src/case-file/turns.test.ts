import { expect, it } from 'vitest'
import { turns } from './turns.ts'

const held = () => {
  const begun: number[] = []
  const ends: (() => void)[] = []
  const work = (n: number) => () =>
    new Promise<number>((done) => {
      begun.push(n)
      ends[n] = () => done(n)
    })
  return { begun, ends, work }
}
const settled = () => new Promise<void>((done) => setImmediate(done))

it('runs so many at once, lets so many wait in order, and turns away the rest', async () => {
  const take = turns({ atOnce: 2, waiting: 1 })
  const { begun, ends, work } = held()
  const all = [0, 1, 2].map((n) => take(work(n)))
  await settled()
  expect(begun).toEqual([0, 1])
  expect(await take(work(3))).toBeUndefined()
  ends[1]?.()
  await settled()
  expect(begun).toEqual([0, 1, 2])
  ends[0]?.()
  ends[2]?.()
  expect(await Promise.all(all)).toEqual([0, 1, 2])
})
it('gives a place back when the work fails', async () => {
  const take = turns({ atOnce: 1, waiting: 0 })
  await expect(take(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await take(() => Promise.resolve(1))).toBe(1)
})
