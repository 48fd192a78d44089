import { DocumentDefinition } from '@liuhen/law/document-definition'
import type { StepView } from '@liuhen/law/evaluation'
import { describe, expect, it } from 'vitest'
import { clubContext, clubEvent, clubLaw, clubLead, clubStep } from '../../../../test/club.ts'
import type { CaseContext } from '../case/context.ts'
import type { CaseEvent } from '../case/events.ts'
import { type CaseState, evolveCase, initialCase, type OpenCase } from '../case/state.ts'
import type { Actor } from '../event.ts'
import { isRefusal } from '../refusal.ts'
import { correctCan, effectCan, notInForce } from './correction.ts'
import { serveDocument } from './serve.ts'
import { differencesOf } from './differences.ts'
import { submitDocument } from './submit.ts'

const now = '2026-03-20T09:00:00+08:00'
const ada: Actor = { userId: 'a', personId: 'ada', name: '阿达', roles: ['officer'], agencyId: 'club' }

const form = (id: string, name: string, more: object, fields: object[]) =>
  DocumentDefinition.parse({
    id,
    name,
    effectiveFrom: '2026-01-01',
    requiredBy: [],
    audience: 'main',
    sections: [{ title: '内容', fields }],
    ...more,
  })
const notice = form('notice', '通知书', { numbering: { word: '通' } }, [
  { id: 'who', label: '姓名', kind: 'text', compartment: 'personal' },
  { id: 'fee', label: '金额', kind: 'money' },
  {
    id: 'things',
    label: '物品',
    kind: 'rows',
    columns: [
      { id: 'name', label: '名称', kind: 'text' },
      { id: 'count', label: '数量', kind: 'integer' },
    ],
  },
])
const approval = form('approval', '更正审批表', { repeatable: true }, [
  {
    id: 'changes',
    label: '逐处对照',
    kind: 'rows',
    from: 'about.changes',
    columns: [
      { id: 'part', label: '位置', kind: 'text' },
      { id: 'original', label: '原文', kind: 'longtext' },
      { id: 'amended', label: '更正为', kind: 'longtext' },
    ],
  },
])
const old = { who: '张三', fee: '500000', things: [{ name: '球', count: 2 }] }
const amended = {
  who: '张三',
  fee: '300000',
  things: [
    { name: '球', count: 2 },
    { name: '网', count: 1 },
  ],
}

const step = clubStep('mend', ['approval'], { name: '更正', optional: true, corrects: 'approval' })
let made = 0
const by = (forbidden = false, steps: StepView[] = [step]): CaseContext =>
  clubContext(now, ada, {
    law: clubLaw({
      evaluate: () => ({ steps, duties: [], findings: [], keeping: [] }),
      against: (_q, fact) =>
        forbidden && fact.name === 'document-corrected'
          ? [{ code: 'unserved', effect: 'refuse', message: '没有送达', todo: '送达', citations: [] }]
          : [],
      document: (type) => [notice, approval].find((d) => d.id === type),
    }),
    newId: () => `d${(made += 1)}`,
    hash: (value) => JSON.stringify(value),
    nextNumber: () => {
      throw new Error('a correction takes no number')
    },
  })
const event = clubEvent(now)
const fold = (events: readonly CaseEvent[], from: CaseState = initialCase): OpenCase => {
  const state = events.reduce<CaseState>((s, e) => evolveCase(s, e, ada), from)
  if (state.kind === 'none') throw new Error('no case')
  return state
}
const submitted = (documentId: string, type: string, data: object, about?: string) =>
  event('DocumentSubmitted', {
    public: { documentId, type, step: 'mend', version: 1, dataHash: '0', ...(about && { about }) },
    internal: { data },
  })
const issued = (documentId: string, type: string, number?: string) =>
  event('DocumentIssued', {
    public: { documentId, type, issuedOn: '2026-03-16', dataHash: '0', ...(number && { number }) },
  })
const start = fold([
  clubLead(now),
  submitted('old', 'notice', old),
  issued('old', 'notice', '球通〔2026〕1号'),
])
const approved = (changes: object) =>
  fold([submitted('yes', 'approval', { changes }, 'old'), issued('yes', 'approval')], start)
const correct = (state: CaseState, data: Record<string, unknown> = amended, ctx = by()) =>
  submitDocument(state, { type: 'notice', step: 'mend', about: 'old', data }, ctx)
const changes = differencesOf(notice, old, amended)

describe('the differences of two versions', () => {
  it('hide nothing that is kept: seconds and who a named person is are told where the paper prints both alike', () => {
    const timed = form('timed', '记录', {}, [
      { id: 'at', label: '时间', kind: 'datetime' },
      { id: 'by', label: '人员', kind: 'officers' },
      { id: 'note', label: '备注', kind: 'text' },
    ])
    const one = {
      at: '2026-03-20T09:00:05+08:00',
      by: [{ personId: 'p1', name: '甲', certNo: '1' }],
      note: '',
    }
    const other = { at: '2026-03-20T09:00:35+08:00', by: [{ personId: 'p2', name: '甲', certNo: '1' }] }
    const [at, by] = differencesOf(timed, one, other)
    expect(at?.original).toContain('9时00分05秒')
    expect(at?.amended).toContain('9时00分35秒')
    expect(by?.original).toContain('p1')
    expect(by?.amended).toContain('p2')
    expect(differencesOf(timed, one, { ...one, note: undefined })).toEqual([])
  })
  it('are told field by field in words, tables row by row', () => {
    expect(changes).toEqual([
      { part: '金额', original: '5,000.00元', amended: '3,000.00元' },
      { part: '物品第2行', original: '（空）', amended: '名称：网；数量：1' },
    ])
    expect(differencesOf(notice, old, { ...old })).toEqual([])
  })
})

describe('correcting an issued paper', () => {
  it('waits for an approval, and makes exactly what was approved', () => {
    for (const [state, data] of [
      [start, amended],
      [approved(changes), { ...amended, fee: '100000' }],
      [approved(changes.slice(1)), amended],
    ] as const) {
      const ruling = correct(state, data)
      expect(isRefusal(ruling) && ruling.code).toBe('wrong-state')
    }
  })
  it('makes another paper with the same number, and the earlier one stays as it was', () => {
    const state = approved(changes)
    const events = correct(state)
    if (isRefusal(events)) throw new Error(events.reasons[0]?.message)
    expect(events.map((e) => e.type)).toEqual(['DocumentSubmitted', 'DocumentIssued', 'DocumentCorrected'])
    const after = fold(events, state)
    const { by: id = '' } = after.documents['old']?.corrected ?? {}
    expect(after.documents['old']).toMatchObject({
      status: 'issued',
      data: old,
      corrected: { approvalId: 'yes' },
    })
    expect(after.documents[id]).toMatchObject({
      number: '球通〔2026〕1号',
      corrects: true,
      about: 'old',
      data: amended,
    })
  })
  it('ft-29-2: leaves the earlier paper in force while something is still wanted, and takes its place when nothing is', () => {
    const state = approved(changes)
    const events = correct(state, amended, by(true))
    if (isRefusal(events)) throw new Error(events.reasons[0]?.message)
    const pending = fold(events, state)
    const id = Object.keys(pending.documents).at(-1) ?? ''
    const paper = pending.documents[id]
    if (paper === undefined) throw new Error('no paper')
    expect(pending.documents['old']?.corrected).toBeUndefined()
    expect(effectCan(pending, paper, by(true))).toMatchObject([{ message: '没有送达' }])
    expect(correctCan(pending, ada, pending.documents['old'] ?? paper, [step])).toMatchObject([
      { code: 'duplicate' },
    ])
    const served = serveDocument(
      pending,
      { documentId: id, mode: 'direct', servedAt: now, recipient: '张三', by: [], recordingIds: [] },
      by(),
    )
    if (isRefusal(served)) throw new Error(served.reasons[0]?.message)
    expect(served.map((e) => e.type)).toEqual(['DocumentServed', 'DocumentCorrected'])
  })
  it('neither serves nor takes for what holds a paper that was corrected, nor takes a correction without effect', () => {
    const state = approved(changes)
    const decided = [correct(state, amended, by(true)), correct(state)]
    const [pending, after] = decided.map((d) => fold(isRefusal(d) ? [] : d, state))
    const lastOf = (s = state) => Object.values(s.documents).at(-1)
    const oldOf = (s = state) => s.documents['old'] ?? lastOf(s)
    const holds = (s = state, paper = oldOf(s)) => paper && notInForce(s, paper)?.reasons[0]?.message
    expect([holds(), holds(pending), holds(pending, lastOf(pending))]).toEqual([
      undefined,
      undefined,
      '这份更正件还没有生效',
    ])
    expect([holds(after), holds(after, lastOf(after))]).toEqual(['这份文书已经更正，不再以它为准', undefined])
    const { law, ...ctx } = by(true)
    const sent = { ...ctx, law: { ...law, document: () => ({ ...notice, served: true }) } }
    const serve = (s: OpenCase | undefined) =>
      serveDocument(
        s ?? state,
        { documentId: 'old', mode: 'direct', servedAt: now, recipient: '张三', by: [], recordingIds: [] },
        sent,
      )
    const [before, late] = [serve(pending), serve(after)]
    expect(before).toMatchObject([{ type: 'DocumentServed' }])
    expect(isRefusal(late) && late.reasons[0]?.message).toContain('不再送达原文书')
  })
  it('is offered only where a text gives the case a step for it, and of what is in force', () => {
    const old = start.documents['old']
    if (old === undefined) throw new Error('no paper')
    const { corrects: _corrects, ...plain } = step
    expect(correctCan(start, ada, old, [step])).toBe(true)
    expect(correctCan(start, ada, old, [plain])).toMatchObject([{ todo: expect.stringContaining('撤销') }])
    expect(correctCan(start, { ...ada, roles: ['publisher'] }, old, [step])).not.toBe(true)
    const events = correct(approved(changes))
    if (isRefusal(events)) throw new Error('refused')
    const after = fold(events, approved(changes))
    expect(correctCan(after, ada, after.documents['old'] ?? old, [step])).toMatchObject([
      { message: '这份文书已经更正' },
    ])
  })
})
