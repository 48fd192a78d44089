import { expect, test } from 'vitest'
import { insertAt, insertMany, moveBy, removeAt, restamp, splitAt, turnsOf, write } from './turns.ts'
import type { Turn } from './turns.ts'

const NOW = '2026-03-10T09:30:05+08:00'
const talk: readonly Turn[] = [
  { q: '甲', a: '子', at: NOW },
  { q: '乙', a: '丑寅' },
  { q: '丙', a: '' },
]

test('a line gets the time at which it was begun, keeps it, and loses it when it is emptied', () => {
  const place = { i: 2, part: 'a' } as const
  const begun = write(talk, place, '我', NOW)
  expect(begun[2]).toEqual({ q: '丙', a: '我', answeredAt: NOW })
  expect(write(begun, place, '我在', '2026-03-10T09:31:00+08:00')[2]).toMatchObject({ answeredAt: NOW })
  expect(write(begun, place, '', NOW)[2]).toEqual({ q: '丙', a: '' })
})

test('nothing is stamped afterwards: who goes on in a line without a time leaves it without one', () => {
  expect(write(talk, { i: 1, part: 'q' }, '乙？', NOW)[1]).toEqual({ q: '乙？', a: '丑寅' })
  expect(write(talk, { i: 2, part: 'a' }, '我')[2]).toEqual({ q: '丙', a: '我' })
})

test('a time is taken anew or taken off by hand', () => {
  expect(restamp(talk, { i: 1, part: 'a' }, NOW)[1]).toEqual({ q: '乙', a: '丑寅', answeredAt: NOW })
  expect(restamp(talk, { i: 0, part: 'q' })[0]).toEqual({ q: '甲', a: '子' })
})

test('typing in one line leaves every other the very same object, so that only that one is drawn again', () => {
  const next = write(talk, { i: 1, part: 'q' }, '乙乙', NOW)
  expect(next[0]).toBe(talk[0])
  expect(next[2]).toBe(talk[2])
})

test('a question is put in the middle, taken out, and moved', () => {
  const put = insertAt(talk, 1)
  expect(put.turns.map((t) => t.q)).toEqual(['甲', '', '乙', '丙'])
  expect(put.place).toEqual({ i: 1, part: 'q' })
  expect(removeAt(put.turns, 1)).toEqual({ turns: talk, place: { i: 0, part: 'a' } })
  const moved = moveBy(talk, { i: 0, part: 'a' }, 1)
  expect(moved.turns.map((t) => t.q)).toEqual(['乙', '甲', '丙'])
  expect(moved.place).toEqual({ i: 1, part: 'a' })
  expect(moveBy(talk, { i: 0, part: 'q' }, -1).turns).toBe(talk)
})

test('what stands behind the caret becomes the next question, and nothing of it is lost', () => {
  const question = splitAt([{ q: '姓名？住哪里？', a: '李某，住甲路', at: NOW, answeredAt: NOW }], {
    i: 0,
    part: 'q',
    caret: 3,
  })
  expect(question.turns).toEqual([
    { q: '姓名？', a: '', at: NOW },
    { q: '住哪里？', a: '李某，住甲路', answeredAt: NOW },
  ])
  const answer = splitAt(talk, { i: 1, part: 'a', caret: 1 })
  expect(answer.turns.slice(1, 3)).toEqual([
    { q: '乙', a: '丑' },
    { q: '', a: '寅' },
  ])
  expect(answer.place).toEqual({ i: 2, part: 'q', caret: 0 })
})

test('several lines take the place of an empty one, or stand behind the one that is not', () => {
  const more = [
    { q: '丁', a: '卯' },
    { q: '戊', a: '辰' },
  ]
  expect(
    insertMany(insertAt(talk, 1).turns, 1, more)
      .turns.map((t) => t.q)
      .join(''),
  ).toBe('甲丁戊乙丙')
  expect(
    insertMany(talk, 2, more)
      .turns.map((t) => t.q)
      .join(''),
  ).toBe('甲乙丙丁戊')
})

test('what a draft holds is read whatever it is', () => {
  expect(turnsOf([{ q: '甲', a: 3, at: '' }, null])).toEqual([
    { q: '甲', a: '' },
    { q: '', a: '' },
  ])
  expect(turnsOf('甲')).toEqual([])
})

test('reading lines leaves each the very same object', () => {
  expect(turnsOf([...talk]).every((turn, i) => turn === talk[i])).toBe(true)
})
