import { expect, test } from 'vitest'
import { actOf, phraseNoOf } from './line-keys.ts'

const line = { text: '甲乙', from: 1, to: 1, part: 'q', isTurnEmpty: false } as const
const press = (key: string, more: Partial<Parameters<typeof actOf>[0]> = {}) => ({
  key,
  code: key,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  ...more,
})

test('Enter goes on, Shift and Enter write a new line, Alt and Enter put a question below or above', () => {
  expect(actOf(press('Enter'), line)).toEqual({ do: 'next' })
  expect(actOf(press('Enter', { shiftKey: true }), line)).toBeUndefined()
  expect(actOf(press('Enter', { altKey: true }), line)).toEqual({ do: 'insert', above: false })
  expect(actOf(press('Enter', { altKey: true, shiftKey: true }), line)).toEqual({ do: 'insert', above: true })
})

test('Enter waits in an answer that nobody has given, and an arrow leaves it open', () => {
  const empty = { ...line, part: 'a', text: ' ', from: 1, to: 1 } as const
  expect(actOf(press('Enter'), empty)).toEqual({ do: 'wait' })
  expect(actOf(press('ArrowDown'), empty)).toEqual({ do: 'next' })
  expect(actOf(press('Enter'), { ...empty, text: '（沉默）' })).toEqual({ do: 'next' })
})

test('an arrow leaves a line only from its end', () => {
  expect(actOf(press('ArrowUp'), line)).toBeUndefined()
  expect(actOf(press('ArrowUp'), { ...line, from: 0, to: 0 })).toEqual({ do: 'back' })
  expect(actOf(press('ArrowDown'), { ...line, from: 2, to: 2 })).toEqual({ do: 'next' })
  expect(actOf(press('ArrowDown'), { ...line, from: 0, to: 2 })).toBeUndefined()
})

test('Backspace takes out a question only when nothing stands in it and its answer', () => {
  expect(actOf(press('Backspace'), { ...line, text: '', from: 0, to: 0 })).toBeUndefined()
  expect(actOf(press('Backspace'), { ...line, text: '', from: 0, to: 0, isTurnEmpty: true })).toEqual({
    do: 'remove',
  })
})

test('letters with Alt are told by their place, digits are phrases, Ctrl is left alone', () => {
  expect(actOf(press('ß', { altKey: true, code: 'KeyS' }), line)).toEqual({ do: 'split' })
  expect(phraseNoOf(press('¡', { altKey: true, code: 'Digit1' }))).toBe(1)
  expect(phraseNoOf(press('1', { code: 'Digit1' }))).toBeUndefined()
  expect(actOf(press('ArrowUp', { ctrlKey: true }), { ...line, from: 0, to: 0 })).toBeUndefined()
})
