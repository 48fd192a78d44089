import type { Field } from '@liuhen/law/document-definition'
import { expect, it } from 'vitest'
import { recorderOf, secondOf, spokenAt } from './stamps.ts'

const talk: Extract<Field, { kind: 'dialogue' }> = {
  id: 'talk',
  label: '询问内容',
  kind: 'dialogue',
  required: true,
  requiredBy: [],
  compartment: 'internal',
  max: 300,
  phrases: [],
  stamped: { device: 'no', startAt: 'from', ahead: 'ahead', printed: true },
}
const from = '2026-03-05T10:00:05+08:00'

it('tells the second of a recording from the true time, less what the recorder is ahead', () => {
  const recorder = recorderOf(talk, { no: 'DSJ-01', from, ahead: 5 })
  expect(recorder).toMatchObject({ device: 'DSJ-01' })
  expect(recorder && secondOf('2026-03-05T10:03:12+08:00', recorder)).toBe(192)
  expect(spokenAt('2026-03-05T11:03:12+08:00', recorder)).toBe('01:03:12')
})

it('tells the time of day where no recorder is told of, or it had not begun yet', () => {
  expect(recorderOf(talk, { no: 'DSJ-01' })).toBeUndefined()
  expect(recorderOf(talk, { from: '十点' })).toBeUndefined()
  expect(spokenAt('2026-03-05T10:03:12+08:00', undefined)).toBe('10:03:12')
  expect(spokenAt('2026-03-05T09:59:59+08:00', recorderOf(talk, { from }))).toBe('09:59:59')
})

it('knows no recorder of a record whose lines are not stamped', () => {
  const { stamped: _, ...plain } = talk
  expect(recorderOf(plain, { from })).toBeUndefined()
})
