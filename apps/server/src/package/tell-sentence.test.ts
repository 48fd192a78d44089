import { expect, test } from 'vitest'
import type { RecordedCaseEvent } from '../case-stream/folded-case.ts'
import { tellSentence } from './tell-sentence.ts'

const plan = {
  words: { steps: { inquiry: '询问' }, facts: {}, scenes: {}, flags: {} },
  papers: { d1: '行政处罚决定书' },
}
const event = (type: string, data: object) =>
  ({ streamType: 'case', type, data }) as unknown as RecordedCaseEvent
const served = event('DocumentServed', {
  public: { documentId: 'd1', mode: 'direct', servedAt: '2026-05-18T09:10:30+08:00' },
  internal: { recordingIds: [], by: [], place: '某街 1 号' },
  personal: { recipient: '刘某' },
})
const returned = event('DocumentReturned', {
  public: { documentId: 'd1', rank: 'unit-head' },
  internal: { by: { personId: 'p', name: '陈某' }, opinion: '证据不足' },
})

test('whoever may read all of an event reads the sentence of the system', () => {
  const all = ['public', 'internal', 'personal'] as const
  expect(tellSentence(served, all, plan)).toBe('直接送达《行政处罚决定书》，受送达人：刘某')
  expect(tellSentence(returned, all, plan)).toContain('陈某退回《行政处罚决定书》：证据不足')
})

test('whoever may read the public part reads nothing of the others', () => {
  expect(tellSentence(served, ['public'], plan)).toBe('直接送达《行政处罚决定书》')
  expect(tellSentence(returned, ['public'], plan)).toBeUndefined()
  expect(tellSentence(served, [], plan)).toBeUndefined()
})

test('a paper that the recipient may not know of, or a word that an older plan lacks, gives no sentence', () => {
  expect(tellSentence(served, ['public'], { ...plan, papers: {} })).toBeUndefined()
})
