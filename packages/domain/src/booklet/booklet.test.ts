import { describe, expect, it } from 'vitest'
import type { Actor } from '../event.ts'
import { isRefusal } from '../refusal.ts'
import { drawBooklet, evolveBooklet, initialBooklet, numberIn, returnBooklet, voidBlank } from './booklet.ts'

const now = '2026-03-02T09:00:00+08:00'
const ada: Actor = { userId: 'a', personId: 'ada', name: '阿达', roles: ['officer'], agencyId: 'club' }
const bob: Actor = { ...ada, userId: 'b', personId: 'bob', name: '包勃' }
const head: Actor = { ...ada, userId: 'h', personId: 'hal', name: '何主任', roles: ['unit-head'] }
const at = (actor: Actor) => ({ now, actor })
let taken = 0
const drawing = {
  type: 'ticket',
  word: '当罚',
  year: 2026,
  prefix: '球当罚〔2026〕',
  take: () => Promise.resolve((taken += 1)),
  holder: { personId: 'ada', name: '阿达', roles: ['officer' as const] },
}
const ask = { type: 'ticket', count: 25, holderId: 'ada' }
const drawn = async () => {
  const events = await drawBooklet(
    initialBooklet,
    ask,
    { ...drawing, take: () => Promise.resolve(7) },
    at(ada),
  )
  if (isRefusal(events)) throw new Error('refused')
  return events.reduce(evolveBooklet, initialBooklet)
}
const codeOf = (ruling: object) => (isRefusal(ruling) ? ruling.code : 'ok')

describe('a booklet of pre-numbered papers', () => {
  it('pen-52: is a range of numbers in the hands of one officer', async () => {
    expect(await drawn()).toMatchObject({ from: 7, to: 31, holder: { personId: 'ada' } })
    expect(numberIn('球当罚〔2026〕', 7)).toBe('球当罚〔2026〕7号')
  })
  it('takes no number when it is refused', async () => {
    expect(codeOf(await drawBooklet(initialBooklet, ask, drawing, at(bob)))).toBe('not-permitted')
    const clerk = { ...drawing, holder: { ...drawing.holder, roles: ['intake-clerk' as const] } }
    expect(codeOf(await drawBooklet(initialBooklet, ask, clerk, at(head)))).toBe('not-found')
    expect(taken).toBe(0)
    expect(codeOf(await drawBooklet(initialBooklet, ask, drawing, at(head)))).toBe('ok')
    expect(taken).toBe(1)
  })
  it('lets a blank go only with its reason, and never one that stands on a paper', async () => {
    const s = await drawn()
    const why = { seq: 8, why: 'lost' as const, note: '执勤途中遗失' }
    expect(codeOf(voidBlank(s, why, 'open', at(ada)))).toBe('ok')
    expect(codeOf(voidBlank(s, why, 'used', at(ada)))).toBe('wrong-state')
    expect(codeOf(voidBlank(s, why, 'voided', at(ada)))).toBe('wrong-state')
    expect(codeOf(voidBlank(s, why, undefined, at(ada)))).toBe('not-found')
    expect(codeOf(voidBlank(s, why, 'open', at(bob)))).toBe('not-permitted')
  })
  it('comes back once, with every number that is still open named', async () => {
    const s = await drawn()
    const events = returnBooklet(s, { reason: '年底交回' }, [30, 31], at(head))
    if (isRefusal(events)) throw new Error('refused')
    expect(events).toMatchObject([{ data: { public: { seqs: [30, 31] } } }])
    expect(codeOf(returnBooklet(events.reduce(evolveBooklet, s), { reason: '再交' }, [], at(head)))).toBe(
      'wrong-state',
    )
  })
})
