import type { NoteField } from '@liuhen/law/event-fields'
import { describe, expect, it } from 'vitest'
import { MAX_LIST, MAX_TEXT, noteDataProblems } from './note-data.ts'

const field = (type: NoteField['type'], more: Partial<NoteField> = {}): NoteField => ({
  key: 'x',
  label: '甲',
  type,
  options: [],
  open: false,
  required: false,
  ...more,
})
const options = [{ value: 'a', label: '一' }]
const takes = (f: NoteField, x: Parameters<typeof noteDataProblems>[1][string]): boolean =>
  noteDataProblems([f], { x }).length === 0

describe('what is typed of a fact', () => {
  it('is of the kind that its event asks for', () => {
    expect(takes(field('yes-no'), true)).toBe(true)
    expect(takes(field('yes-no'), 'true')).toBe(false)
    expect(takes(field('number'), 3)).toBe(true)
    expect(takes(field('number'), '3')).toBe(false)
    expect(takes(field('date'), '2026-03-02')).toBe(true)
    expect(takes(field('date'), '2026-13-02')).toBe(false)
    expect(takes(field('moment'), '2026-03-02T08:00:00+08:00')).toBe(true)
    expect(takes(field('moment'), '2026-03-02')).toBe(false)
  })

  it('is one of the options, unless other words are taken', () => {
    expect(takes(field('choice', { options }), 'a')).toBe(true)
    expect(takes(field('choice', { options }), 'b')).toBe(false)
    expect(takes(field('choice', { options, open: true }), 'b')).toBe(true)
    expect(takes(field('list', { options }), ['a'])).toBe(true)
    expect(takes(field('list', { options }), ['a', 'b'])).toBe(false)
    expect(takes(field('list', { options }), 'a')).toBe(false)
  })

  it('has a size', () => {
    const word = 'x'.repeat(MAX_TEXT)
    expect(takes(field('text'), word)).toBe(true)
    expect(takes(field('text'), `${word}x`)).toBe(false)
    const many = Array.from({ length: MAX_LIST }, () => 'b')
    expect(takes(field('list', { open: true }), many)).toBe(true)
    expect(takes(field('list', { open: true }), [...many, 'b'])).toBe(false)
  })

  it('names everything that must be said, and nothing that is not asked', () => {
    expect(noteDataProblems([field('text', { required: true })], { x: ' ' })).toMatchObject([
      { todo: '请填写“甲”' },
    ])
    expect(noteDataProblems([field('text')], { y: 1 })).toMatchObject([{ message: '填写了本事项不问的内容' }])
    expect(noteDataProblems([field('text')], {})).toEqual([])
  })
})
