import { describe, expect, test } from 'vitest'
import { sequenceOf, type SequenceFile } from './sequence.ts'

const minute = 60_000
const file = (
  fileName: string,
  from: number,
  to: number,
  more: Partial<SequenceFile> = {},
): SequenceFile => ({
  id: fileName,
  fileName,
  fromMs: from * minute,
  toMs: to * minute,
  ...more,
})
const segment = (n: number, from: number, to: number) =>
  file(`s${n}.mp4`, from, to, { session: { id: 'S1', segment: n } })

describe('files of one device', () => {
  test('that follow each other say nothing', () => {
    const files = [file('MOVI0011.mp4', 0, 10), file('MOVI0012.mp4', 10, 20), file('MOVI0013.mp4', 40, 50)]
    for (const { id } of files) expect(sequenceOf(id, files)).toEqual([])
  })

  test('whose counter leaps are missing the numbers between, told at both', () => {
    const files = [file('MOVI0011.mp4', 0, 10), file('MOVI0015.mp4', 20, 30)]
    expect(sequenceOf('MOVI0015.mp4', files)).toEqual([
      { kind: 'missing', otherId: 'MOVI0011.mp4', from: 12, to: 14 },
    ])
    expect(sequenceOf('MOVI0011.mp4', files)).toEqual([
      { kind: 'missing', otherId: 'MOVI0015.mp4', from: 12, to: 14 },
    ])
  })

  test('whose names are times count nothing', () => {
    const files = [file('20260310_0930.mp4', 0, 10), file('20260310_1130.mp4', 120, 130)]
    expect(sequenceOf('20260310_0930.mp4', files)).toEqual([])
  })

  test('of one session leave no second between them unsaid', () => {
    const files = [segment(1, 0, 10), segment(2, 13, 20), segment(4, 20, 25)]
    expect(sequenceOf('s1.mp4', files)).toEqual([{ kind: 'gap', otherId: 's2.mp4', seconds: 180 }])
    expect(sequenceOf('s4.mp4', files)).toEqual([{ kind: 'missing', otherId: 's2.mp4', from: 3, to: 3 }])
  })

  test('that say they ran at the same time are told so: a clock was set back', () => {
    const files = [file('a.mp4', 0, 30), file('b.mp4', 20, 40)]
    expect(sequenceOf('b.mp4', files)).toEqual([{ kind: 'overlap', otherId: 'a.mp4', seconds: 600 }])
  })

  test('are not judged when the one that is asked for is not among them', () => {
    expect(sequenceOf('x', [file('a.mp4', 0, 30)])).toEqual([])
  })
})
