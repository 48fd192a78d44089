import { describe, expect, it } from 'vitest'
import { namesOfThings, onlyThing, thingsFor } from './note-things.ts'
import { notesBySubject } from './notes-by-subject.ts'

type File = Parameters<typeof thingsFor>[1]

const file = {
  documents: [
    { id: 'd1', name: '询问笔录' },
    { id: 'd2', name: '处罚决定书', number: '某罚〔2026〕1号' },
    { id: 'd3', name: '作废的', voided: { by: '甲', at: '', reason: '' } },
  ],
  recordings: [{ id: 'r1' }],
  noted: [
    { ref: 'n1', name: 'third-party-filming', title: '有人拍摄', at: '' },
    { ref: 'n2', name: 'act-ended', title: '终结', at: '' },
  ],
} as unknown as File
const words = {
  kind: (kind: string) => kind,
  recording: (r: { id: string }) => r.id,
  noted: (n: { title: string }) => n.title,
  wholeFile: 'all',
}
const values = (about: string[]) => thingsFor(about, file, words).map((g) => g.options.map((o) => o.value))

describe('what a fact can be about', () => {
  it('is the whole file, the papers that still hold and the recordings, as its event wants', () => {
    expect(values(['document'])).toEqual([['d1', 'd2']])
    expect(values(['recording', 'case-file'])).toEqual([['case-file'], ['r1']])
  })

  it('is an earlier fact of the kind that the rules tie it to', () => {
    expect(thingsFor(['third-party-filming'], file, words)).toEqual([
      { label: 'noted', options: [{ value: 'n1', label: '有人拍摄' }] },
    ])
  })

  it('is nothing for a fact that stands for itself', () => {
    expect(values([])).toEqual([])
  })

  it('is called by its kind or by the fact that is registered first, while there is none', () => {
    const notes = [{ name: 'information-formed', title: '形成信息' }] as unknown as Parameters<
      typeof namesOfThings
    >[1]['notes']
    expect(
      namesOfThings(['recording', 'information-formed', 'gone'], { notes }, { recording: '音像' }),
    ).toEqual(['音像', '形成信息'])
  })

  it('is chosen already where there is only one thing', () => {
    expect(onlyThing(thingsFor(['recording'], file, words))).toBe('r1')
    expect(onlyThing(thingsFor(['document'], file, words))).toBeUndefined()
  })
})

describe('facts to choose from', () => {
  const note = (name: string, title: string, subject: string) => ({
    name,
    title,
    subject,
    fields: [],
    about: [],
    fulfils: [],
  })
  const notes = [
    note('a', '音像中断', '音像记录'),
    note('b', '送达失败', '送达'),
    note('c', '恢复音像', '音像记录'),
  ]

  it('stand together by their matter, in the order of the law', () => {
    expect(notesBySubject(notes, '').map((g) => [g.subject, g.notes.map((n) => n.name)])).toEqual([
      ['音像记录', ['a', 'c']],
      ['送达', ['b']],
    ])
  })

  it('are found by words of their title or their matter', () => {
    expect(notesBySubject(notes, '音像 恢复').flatMap((g) => g.notes.map((n) => n.name))).toEqual(['c'])
    expect(notesBySubject(notes, '没有这个')).toEqual([])
  })
})
