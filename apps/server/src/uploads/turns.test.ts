import { expect, test, vi } from 'vitest'
import { createTurns } from './turns.ts'

const never = (): void => undefined

test('no more bytes are held at once than there is room for, and who asks first is first', async () => {
  const turns = createTurns(10, 1_000)
  const order: string[] = []
  const take = async (name: string, bytes: number) => {
    const turn = await turns.take(bytes, never)
    order.push(name)
    return turn
  }
  const a = await take('a', 6)
  const b = take('b', 6)
  const c = take('c', 1)
  const large = take('large', 99)
  await Promise.resolve()
  expect(order).toEqual(['a'])
  a.end()
  a.end()
  await Promise.all([b, c])
  expect(order).toEqual(['a', 'b', 'c'])
  ;(await b).end()
  ;(await c).end()
  await large
  expect(order).toEqual(['a', 'b', 'c', 'large'])
})

test('one that keeps its turn is cut off only when others wait', async () => {
  vi.useFakeTimers()
  const turns = createTurns(10, 1_000)
  const cut = vi.fn()
  const slow = await turns.take(10, cut)
  vi.advanceTimersByTime(5_000)
  expect(cut).not.toHaveBeenCalled()
  const next = turns.take(10, never)
  vi.advanceTimersByTime(1_000)
  expect(cut).toHaveBeenCalledOnce()
  slow.end()
  await next
  vi.useRealTimers()
})
