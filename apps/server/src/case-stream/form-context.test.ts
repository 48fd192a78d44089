import { describe, expect, it } from 'vitest'
import type { CaseEvent } from '@liuhen/domain/case/events'
import { evolveCase, initialCase } from '@liuhen/domain/case/state'
import { formContext } from './form-context.ts'

const agency = {
  name: '走马岭街道办事处',
  shortName: '走街',
  code: '420112',
  base: 'zoumaling',
  overlays: [],
  court: '某区人民法院',
}
const officer = { userId: 'u1', personId: 'p1', name: '王建国', certNo: '4201120001' }
const at = '2026-03-02T09:00:00+08:00'
const e = <T extends CaseEvent>(event: T): T => event

const events: CaseEvent[] = [
  e({
    type: 'LeadRegistered',
    schemaVersion: 1,
    occurredAt: at,
    data: {
      public: {
        leadNo: '案源〔2026〕1号',
        procedure: 'ordinary',
        law: { base: 'zoumaling', overlays: [], settings: {} },
        source: 'report',
        receivedAt: at,
      },
      internal: { title: '占用消防通道', summary: '堆放货物', place: '走马岭大道' },
    },
  }),
  e({
    type: 'PartyNamed',
    schemaVersion: 1,
    occurredAt: at,
    data: { public: { kind: 'person' }, personal: { kind: 'person', name: '李某' } },
  }),
  e({
    type: 'DocumentSubmitted',
    schemaVersion: 1,
    occurredAt: at,
    data: {
      public: {
        documentId: 'd1',
        type: 'filing-approval',
        step: 'filing',
        version: 1,
        dataHash: 'h',
        data: { facts: '堆放' },
      },
      internal: { data: { opinion: '拟立案' } },
    },
  }),
  e({
    type: 'DocumentIssued',
    schemaVersion: 1,
    occurredAt: at,
    data: {
      public: {
        documentId: 'd1',
        type: 'filing-approval',
        number: '走街立〔2026〕1号',
        issuedOn: '2026-03-02',
        dataHash: 'h',
      },
    },
  }),
]
const state = events.reduce((s, one) => evolveCase(s, one, officer), initialCase)
const question = { agency, step: 'inspection', actor: officer, now: '2026-03-02T23:30:00+08:00' }

describe('formContext', () => {
  it('offers agency, case and party, so that nothing is typed twice', () => {
    expect(formContext(state, question)).toMatchObject({
      agency: { name: '走马岭街道办事处', court: '某区人民法院' },
      case: { title: '占用消防通道', sourceLabel: '投诉举报', leadNo: '案源〔2026〕1号' },
      party: { name: '李某', speaker: '李某' },
      step: { place: '走马岭大道' },
      actor: { name: '王建国', certNo: '4201120001' },
    })
  })
  it('offers what an issued document says, with its number and day', () => {
    expect(formContext(state, question).documents['filing-approval']).toMatchObject({
      facts: '堆放',
      opinion: '拟立案',
      number: '走街立〔2026〕1号',
      issuedOn: '2026-03-02',
    })
  })
  it('offers nothing of a document that is not issued', () => {
    const before = events.slice(0, 3).reduce((s, one) => evolveCase(s, one, officer), initialCase)
    expect(formContext(before, question).documents).toEqual({})
  })
  it('offers the document that the form is about, in the words of the law', () => {
    const words = {
      procedure: { id: 'p', name: '普通程序', act: '行政处罚' },
      documentName: () => '立案审批表',
      sceneName: (code: string) => code,
    }
    expect(formContext(state, { ...question, about: 'd1', words }).about).toEqual({
      id: 'd1',
      name: '立案审批表',
      number: '走街立〔2026〕1号',
      issuedOn: '2026-03-02',
      said: { facts: '堆放', opinion: '拟立案' },
    })
    const served = evolveCase(
      state,
      e({
        type: 'DocumentServed',
        schemaVersion: 1,
        occurredAt: at,
        data: {
          public: { documentId: 'd1', mode: 'direct', servedAt: at },
          internal: {
            recordingIds: [],
            place: '门店',
            by: [{ personId: 'p1', name: '王建国', as: 'officer' }],
          },
          personal: { recipient: '李某' },
        },
      }),
      officer,
    )
    expect(formContext(served, { ...question, about: 'd1', words }).about).toMatchObject({
      service: {
        mode: 'direct',
        at,
        place: '门店',
        recipient: '李某',
        by: [{ personId: 'p1', name: '王建国' }],
      },
    })
    expect(formContext(state, { ...question, about: 'unknown', words })).not.toHaveProperty('about')
  })
  it('tells how the matter ended, and no longer once the decision is undone', () => {
    const words = {
      procedure: { id: 'p', name: '普通程序', act: '行政处罚' },
      documentName: () => '行政处罚决定书',
      sceneName: (code: string) => code,
      resultOf: () => '罚款',
      notes: [
        {
          name: 'decision-overturned',
          title: '决定被撤销',
          subject: '',
          fields: [],
          about: [],
          fulfils: [],
          means: 'undone',
        },
      ],
    }
    const ended = (s: typeof state) => formContext(s, { ...question, words }).case.outcome
    expect(ended(state)).toBe('罚款')
    if (state.kind === 'none') throw new Error('no case')
    const undone = { kind: 'event', name: 'decision-overturned', at: '2026-03-20T09:00:00+08:00' } as const
    const before = { ...undone, at: '2026-03-01T09:00:00+08:00' }
    expect(ended({ ...state, facts: [...state.facts, undone] })).toBeUndefined()
    expect(ended({ ...state, facts: [before, ...state.facts] })).toBe('罚款')
  })
  it('reads today in China time', () => {
    expect(formContext(state, { ...question, now: '2026-03-02T16:30:00Z' }).now.date).toBe('2026-03-03')
  })
})
