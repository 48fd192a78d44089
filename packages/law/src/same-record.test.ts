import { describe, expect, it } from 'vitest'
import { caseOf, event, throughNotice } from '../../../test/law/timeline.ts'
import type { CaseRecord } from './evaluate.ts'
import { isSameRecord } from './same-record.ts'

const record: CaseRecord = caseOf(throughNotice.noticed, {
  flags: ['hearing-required'],
  settings: { a: null },
})
const [first, ...rest] = record.facts
if (first === undefined) throw new Error('the case has no facts')
const withFirst = (more: object): CaseRecord => ({ ...record, facts: [{ ...first, ...more }, ...rest] })

describe('two records', () => {
  it('are the same when they say the same, read once more', () => {
    expect(isSameRecord(record, structuredClone(record))).toBe(true)
  })
  it.each<[string, CaseRecord]>([
    ['one fact more', { ...record, facts: [...record.facts, event('x', record.startedAt)] }],
    ['one fact less', { ...record, facts: rest }],
    ['another order', { ...record, facts: [...rest, first] }],
    ['another mark', { ...record, flags: ['major-complex'] }],
    ['a setting that is set', { ...record, settings: { a: 0 } }],
    ['another setting', { ...record, settings: { b: null } }],
    ['another overlay', { ...record, selection: { ...record.selection, overlays: ['guoban-2017-14'] } }],
    ['another time', withFirst({ at: '2026-03-02T09:00:01+08:00' })],
    ['other data', withFirst({ data: { source: 'petition' } })],
    ['a list in place of a word', withFirst({ data: { source: ['report'] } })],
    ['no data', withFirst({ data: undefined })],
    ['other people', withFirst({ by: [{ personId: 'li' }] })],
  ])('differ by %s', (_what, other) => {
    expect(isSameRecord(record, other)).toBe(false)
    expect(isSameRecord(other, record)).toBe(false)
  })
})
