import { describe, expect, test } from 'vitest'
import { CaseEventData, type CaseEvent } from './events.ts'
import { isShredded, SHREDDED, withoutContent } from './shredded.ts'
import { type CaseState, evolveCase, initialCase } from './state.ts'

const at = '2026-03-02T09:00:00Z'
const nobody = { userId: '', name: SHREDDED }
const event = (type: CaseEvent['type'], pub: object): CaseEvent =>
  ({ type, schemaVersion: 1, occurredAt: at, data: { public: pub } }) as CaseEvent

const begun = event('LeadRegistered', {
  leadNo: '案源1',
  procedure: 'penalty-ordinary',
  law: { base: 'national', overlays: [], settings: {} },
  source: 'inspection',
  receivedAt: at,
})
const paper = { documentId: 'd', type: 'penalty-decision', dataHash: 'x' }
const left: readonly CaseEvent[] = [
  begun,
  event('HandlersAssigned', { count: 1 }),
  event('StepBegun', { step: 'decision', from: at }),
  event('StepCompleted', { step: 'decision', from: at, to: at }),
  event('FactNoted', { name: 'hold-placed', at }),
  event('DocumentSubmitted', { ...paper, step: 'decision', version: 1 }),
  event('DocumentApproved', { documentId: 'd', rank: 'agency-head', dataHash: 'x' }),
  event('DocumentSigned', {
    documentId: 'd',
    role: 'party',
    method: 'handwriting',
    dataHash: 'x',
    signedAt: at,
  }),
  event('DocumentIssued', { ...paper, issuedOn: '2026-03-02', number: '罚1' }),
  event('DocumentServed', { documentId: 'd', mode: 'direct', servedAt: at }),
  event('PackageExported', { packageId: 'p', audience: 'whole', streams: [], documents: 1, recordings: 0 }),
  event('CaseArchived', { archiveNo: '20260001', why: '归档' }),
]
const fold = (events: readonly CaseEvent[]): CaseState =>
  events.reduce((s, e) => evolveCase(s, e, nobody), initialCase)

describe('a case whose content is gone', () => {
  test('is still a case: its numbers, papers, steps and days are there, and no word of anybody', () => {
    expect(fold(left)).toMatchObject({
      kind: 'open',
      title: SHREDDED,
      handlers: [],
      steps: { decision: 'done' },
      documents: { d: { status: 'issued', number: '罚1', data: {}, served: [{ mode: 'direct' }] } },
      packages: [{ recipient: SHREDDED }],
      archive: { archiveNo: '20260001' },
    })
  })
  test('has no fact that nobody knows any more', () => {
    const { facts } = fold(left) as Extract<CaseState, { kind: 'open' }>
    expect(facts.map((f) => f.name)).toEqual(['penalty-decision', 'case-archived'])
  })
  test('has something in the place of every internal part that a type demands', () => {
    for (const type of Object.keys(CaseEventData)) {
      const e = event(type as CaseEvent['type'], {})
      if (!isShredded(e)) continue
      expect(withoutContent(e).data.internal, type).toBeDefined()
    }
  })
})
