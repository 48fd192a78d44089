import { expect, test } from 'vitest'
import { onceEach } from './once-each.ts'

const REFUSED = new Error('refused')
const LOST = new Error('lost')

/** A server that knows keys, and loses the answers that it is told to lose. */
const serverThat = (answers: readonly ('ok' | 'lost' | 'refused')[]) => {
  const done = new Map<string, string>()
  const plan = [...answers]
  const send = async (input: string, key: string): Promise<string> => {
    const how = plan.shift() ?? 'ok'
    if (how === 'refused') throw REFUSED
    if (!done.has(key)) done.set(key, input)
    if (how === 'lost') throw LOST
    return `id of ${done.get(key)}`
  }
  return { done, send }
}
const commands = () => {
  let n = 0
  return onceEach<string>({
    newKey: () => `key ${(n += 1)}`,
    isRefusal: (e) => e === REFUSED,
    same: (a, b) => a === b,
  })
}

test('whose answer was lost is sent again as it was, though the form says something else by now', async () => {
  const { done, send } = serverThat(['lost', 'ok'])
  const { once } = commands()
  await expect(once('lead', 'at 9:00', send, true)).rejects.toBe(LOST)
  expect(await once('lead', 'at 9:01', send, true)).toBe('id of at 9:00')
  expect([...done.values()]).toEqual(['at 9:00'])
})

test('what was refused is sent anew, as it is said now', async () => {
  const { done, send } = serverThat(['refused', 'ok'])
  const { once } = commands()
  await expect(once('lead', 'too short', send, true)).rejects.toBe(REFUSED)
  expect(await once('lead', 'long enough', send, true)).toBe('id of long enough')
  expect(done.size).toBe(1)
})

test('what may change is done again when it changed, after what was lost is settled', async () => {
  const { done, send } = serverThat(['lost', 'ok', 'ok'])
  const { once, isDone } = commands()
  await expect(once('party', '周某', send)).rejects.toBe(LOST)
  expect(isDone('party')).toBe(false)
  expect(await once('party', '吴某', send)).toBe('id of 吴某')
  expect(await once('party', '吴某', send)).toBe('id of 吴某')
  expect([...done.values()]).toEqual(['周某', '吴某'])
})
