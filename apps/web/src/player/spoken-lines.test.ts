import { expect, test } from 'vitest'
import { lineAt, spokenLines, typedIn, withPins } from './spoken-lines.ts'

const lines = [
  { q: '12', a: '' },
  { q: '12', a: '1234567890' },
  { q: '12', a: '' },
]
const record = { startAt: '2026-03-10T09:30:30+08:00', endAt: '2026-03-10T09:32:30+08:00', lines }

test('the time of a record is shared out over its lines by their length, from the beginning of the film', () => {
  const told = spokenLines(record, '2026-03-10T09:30:00+08:00')
  expect(told.map((line) => line.at)).toEqual([30, 60, 120])
  expect(lineAt(told, 10)).toBeUndefined()
  expect(lineAt(told, 60)?.n).toBe(2)
  expect(lineAt(told, 500)?.n).toBe(3)
})

test('a record without lines has none', () => {
  expect(spokenLines({ ...record, lines: [] }, record.startAt)).toEqual([])
})

test('a line that somebody heard stands there, and those between two of them share the time between', () => {
  const told = spokenLines(record, '2026-03-10T09:30:00+08:00')
  const pin = (line: number, atSeconds: number) => ({ line, atSeconds, by: '周敏', at: record.startAt })
  expect(withPins(told, [pin(1, 40), pin(3, 100)]).map((l) => l.at)).toEqual([40, 60, 100])
  expect(withPins(told, [pin(2, 65)])).toMatchObject([
    { at: 35 },
    { at: 65, pin: { by: '周敏' } },
    { at: 125 },
  ])
})

test('a line that was typed while the film was made stands at the second in which it was begun', () => {
  const typed = [
    { q: '12', a: '', askedAt: '2026-03-10T09:30:45+08:00' },
    { q: '12', a: '1234567890' },
    { q: '12', a: '', askedAt: '2026-03-10T09:31:55+08:00' },
    { q: '12', a: '', askedAt: '2026-03-10T10:40:00+08:00' },
  ]
  const told = spokenLines({ ...record, lines: typed }, '2026-03-10T09:30:00+08:00')
  // The recorder's clock was five seconds ahead: what it calls half past began five seconds earlier.
  const stamps = typedIn(told, { beganMs: Date.parse('2026-03-10T09:29:55+08:00'), seconds: 300 })
  expect(stamps.map(({ line, atSeconds }) => [line, atSeconds])).toEqual([
    [1, 50],
    [3, 120],
  ])
  const lines = withPins(told, [{ line: 3, atSeconds: 100, by: '周敏', at: record.startAt }], stamps)
  expect(lines[0]).toMatchObject({ at: 50, pin: { at: typed[0]?.askedAt } })
  expect(lines[2]).toMatchObject({ at: 100, pin: { by: '周敏' } })
})
