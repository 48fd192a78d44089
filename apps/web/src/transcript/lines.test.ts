import { describe, expect, it } from 'vitest'
import {
  editLines,
  lineNow,
  linesToSend,
  nextLine,
  parseClock,
  stamped,
  tenthClock,
  withoutLine,
} from './lines.ts'

const said = editLines([
  { from: 1, speaker: '周敏', text: '请出示证件。' },
  { from: 4, speaker: '陈某', text: '在这里。' },
])

describe('writing down what is heard', () => {
  it('Enter ends the line where the film stands and begins the next there, for who speaks in turn', () => {
    const { lines, at } = nextLine(said, 1, 6.04)
    expect(lines.map(({ from, to, speaker }) => [from, to, speaker])).toEqual([
      [1, undefined, '周敏'],
      [4, 6, '陈某'],
      [6, undefined, '周敏'],
    ])
    expect(lines.find((l) => l.key === at)?.from).toBe(6)
  })
  it('a line between two others begins between them, wherever the film stands', () => {
    expect(nextLine(said, 0, 9).lines.map((l) => l.from)).toEqual([1, 4, 4])
    expect(nextLine(said, 1, 2).lines.map((l) => [l.from, l.to])).toEqual([
      [1, undefined],
      [4, undefined],
      [4, undefined],
    ])
  })
  it('the first line begins where the film stands', () => {
    expect(nextLine([], 0, 3.26).lines).toMatchObject([{ from: 3.3, text: '' }])
  })
  it('sends what says something, in the order of the film', () => {
    const late = stamped(nextLine(said, 1, 8).lines, 1, 'from', 5)
    expect(linesToSend(late)).toEqual([
      { from: 4, to: 8, speaker: '陈某', text: '在这里。' },
      { from: 5, speaker: '周敏', text: '请出示证件。' },
    ])
  })
  it('taking a line away leaves the cursor in the one before', () => {
    expect(withoutLine(said, 2)).toMatchObject({ at: 1, lines: [{ key: 1 }] })
    expect(withoutLine(said, 1)).toMatchObject({ at: 2 })
  })
})

describe('reading along', () => {
  it('shows the line that is spoken, and none in a pause', () => {
    const lines = [
      { from: 1, to: 3, text: 'a' },
      { from: 6, text: 'b' },
    ]
    expect([0, 2, 4, 6, 60].map((now) => lineNow(lines, now))).toEqual([-1, 0, -1, 1, 1])
  })
})

it('reads and writes times as people type them', () => {
  expect(['1:02:03.5', '62：03', '12', '00:03.26', 'x', '1:2:3:4', ''].map(parseClock)).toEqual([
    3723.5,
    3723,
    12,
    3.3,
    undefined,
    undefined,
    undefined,
  ])
  expect([0, 59.96, 62.5, 3723.5].map(tenthClock)).toEqual(['00:00.0', '01:00.0', '01:02.5', '01:02:03.5'])
})
