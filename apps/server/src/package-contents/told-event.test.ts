import { expect, it } from 'vitest'
import { titleOf } from './told-event.ts'

it('calls the opinion of the handler an opinion, and that of a head an approval', () => {
  expect(titleOf({ type: 'DocumentApproved', rank: 'handler' }, true)).toBe('承办人签署意见')
  expect(titleOf({ type: 'DocumentApproved', rank: 'unit-head' }, true)).toBe('批准文书')
})
it('names what belongs to a recording by its own words, and what it does not know by its type', () => {
  expect(titleOf({ type: 'RecordingLinked' }, true)).toBe('关联音像记录')
  expect(titleOf({ type: 'RecordingLinked' }, false)).toBe('归入案件')
  expect(titleOf({ type: 'RecordingChainKept' }, false)).toBe('登记现场录制的切片链')
  expect(titleOf({ type: 'Unheard' }, true)).toBe('Unheard')
})
