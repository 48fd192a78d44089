import { expect, test } from 'vitest'
import { openOutbox, type Part } from './outbox.ts'

const server = () => {
  const known = new Map<number, Part['ranges']>()
  const down = { begin: false, before: false, after: false, refuses: false }
  const refusal = new Error('refused')
  const post = {
    begin: async () => {
      if (down.begin) throw new Error('unreachable')
      return 'viewing'
    },
    tell: async (_: string, { part, ranges }: Part) => {
      if (down.refuses) throw refusal
      if (down.before) throw new Error('unreachable')
      if (!known.has(part)) known.set(part, ranges)
      if (down.after) throw new Error('unreachable')
    },
    refused: (error: unknown) => error === refusal,
  }
  return { known, down, post, all: () => [...known.values()].flat() }
}
const [one, two] = [
  { from: 0, to: 5 },
  { from: 5, to: 9 },
]

test('what could not be sent goes with the next report', async () => {
  const { post, down, all } = server()
  const outbox = openOutbox(post)
  down.before = true
  await outbox.send([one])
  expect(all()).toEqual([])
  down.before = false
  await outbox.send([two])
  expect(all()).toEqual([one, two])
})

test('a part whose answer was lost is sent again under its number, and counts once', async () => {
  const { post, down, all } = server()
  const outbox = openOutbox(post)
  down.after = true
  await outbox.send([one])
  down.after = false
  await outbox.send([])
  await outbox.send([two])
  expect(all()).toEqual([one, two])
})

test('a viewing that could not be opened is opened by the next report', async () => {
  const { post, down, all } = server()
  const outbox = openOutbox(post)
  down.begin = true
  await outbox.open()
  await outbox.send([one])
  down.begin = false
  await outbox.send([two])
  expect(all()).toEqual([one, two])
})

test('what the server refuses is not sent for ever', async () => {
  const { post, down, all } = server()
  const outbox = openOutbox(post)
  down.refuses = true
  await outbox.send([one])
  down.refuses = false
  await outbox.send([])
  expect(all()).toEqual([])
})
