import { expect, it } from 'vitest'
import { inTurn } from './in-turn.ts'

it('begins the next only when the one before has ended, also when that failed', async () => {
  const turn = inTurn<string>()
  const seen: string[] = []
  let answer = (): void => undefined
  const slow = turn(async () => {
    seen.push('first begins')
    await new Promise<void>((resolve) => {
      answer = resolve
    })
    seen.push('first ends')
    throw new Error('lost')
  })
  const next = turn(async () => {
    seen.push('second begins')
    return 'second'
  })
  await Promise.resolve()
  expect(seen).toEqual(['first begins'])
  answer()
  await expect(slow).rejects.toThrow('lost')
  expect(await next).toBe('second')
  expect(seen).toEqual(['first begins', 'first ends', 'second begins'])
})
