import { CaseEventData } from '@liuhen/domain/case/events'
import { expect, test } from 'vitest'
import { disclosedParts } from './disclosed-parts.ts'

const main = new Set(['decision'])

test('a court gets everything', () => {
  expect(disclosedParts('whole', { type: 'DocumentApproved', documentId: 'review' }, main)).toHaveLength(3)
})

test('a party gets nothing of a paper of the sub volume, not even its public part', () => {
  for (const type of Object.keys(CaseEventData).filter((t) => t.startsWith('Document')))
    expect([type, disclosedParts('party', { type, documentId: 'review' }, main)]).toEqual([type, []])
})

test("a party gets a main paper's data, never opinions, strokes or the particulars of others", () => {
  expect(disclosedParts('party', { type: 'DocumentSubmitted', documentId: 'decision' }, main)).toEqual([
    'public',
    'internal',
  ])
  for (const type of ['DocumentApproved', 'DocumentSigned', 'DocumentServed'])
    expect(disclosedParts('party', { type, documentId: 'decision' }, main)).toEqual(['public'])
})

test('a party never gets an informant, a list of internal papers, or a type that nobody has weighed', () => {
  expect(disclosedParts('party', { type: 'LeadRegistered' }, main)).toEqual(['public'])
  expect(disclosedParts('party', { type: 'CaseFileAssembled' }, main)).toEqual([])
  expect(disclosedParts('party', { type: 'SomethingNew' }, main)).toEqual([])
  const personal = Object.keys(CaseEventData).filter((type) =>
    disclosedParts('party', { type, documentId: 'decision' }, main).includes('personal'),
  )
  expect(personal).toEqual(['PartyNamed'])
})
