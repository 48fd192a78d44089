import { expect, it } from 'vitest'
import { noteData } from './note-data.ts'

const field = (key: string, type: 'text' | 'yes-no' | 'number' | 'list') => ({
  key,
  type,
  label: key,
  options: [],
  open: false,
  required: false,
})

it('answers every question of yes or no, and leaves out what is empty or was not asked', () => {
  const fields = [
    field('cause', 'text'),
    field('to', 'text'),
    field('spoken', 'yes-no'),
    field('n', 'number'),
  ]
  expect(noteData(fields, { cause: ' 设备故障 ', to: ' ', n: 0, other: 'x' })).toEqual({
    cause: '设备故障',
    spoken: false,
    n: 0,
  })
})

it('keeps what was ticked or written as a list, and no empty one', () => {
  const fields = [field('told', 'list'), field('shown', 'list')]
  expect(noteData(fields, { told: ['place', ' 其他 ', ''], shown: [] })).toEqual({ told: ['place', '其他'] })
})
