import { describe, expect, it } from 'vitest'
import { clubContext, clubEvent, clubLaw, clubLead } from '../../../../test/club.ts'
import type { CaseContext } from '../case/context.ts'
import type { CaseEvent } from '../case/events.ts'
import { type CaseState, evolveCase, initialCase } from '../case/state.ts'
import type { Actor } from '../event.ts'
import { isRefusal } from '../refusal.ts'
import { voidDocument } from './void.ts'

const now = '2026-03-02T09:00:00+08:00'
const ada: Actor = { userId: 'a', personId: 'ada', name: '阿达', roles: ['officer'], agencyId: 'club' }
const bob: Actor = { ...ada, userId: 'b', personId: 'bob', name: '包勃' }

const event = clubEvent(now)

const lead = clubLead(now)
const submitted = event('DocumentSubmitted', {
  public: { documentId: 'd', type: 'form', step: 'play', version: 1, dataHash: '0' },
  internal: { data: {} },
})
const issued = event('DocumentIssued', {
  public: { documentId: 'd', type: 'form', number: '球〔2026〕1号', issuedOn: '2026-03-02', dataHash: '0' },
})
const approvedBy = (rank: string) =>
  event('DocumentApproved', {
    public: { documentId: 'd', rank, dataHash: '0' },
    internal: { by: { personId: 'eva', rank }, opinion: '同意' },
  })
const served = event('DocumentServed', {
  public: { documentId: 'd', mode: 'direct', servedAt: now },
  internal: { recordingIds: [], by: [] },
})
const done = event('StepCompleted', {
  public: { step: 'play', from: now, to: now },
  internal: { officers: [], data: {} },
})
const receipt = event('DocumentSubmitted', {
  public: { documentId: 'r', type: 'receipt', step: 'play', version: 1, dataHash: '0', about: 'd' },
  internal: { data: {} },
})
const signedBy = (role: string) =>
  event('DocumentSigned', {
    public: { documentId: 'd', role, method: 'handwriting', dataHash: '0', signedAt: now },
    internal: { strokes: '[]' },
    personal: { name: '张三' },
  })
const reassigned = event('HandlersAssigned', {
  public: { count: 1 },
  internal: { handlers: [{ personId: 'bob' }] },
})
const archived = event('CaseArchived', { public: { archiveNo: '1', why: '满了' } })
const numbered = event('CaseNumbered', { public: { caseNo: '球〔2026〕1号' } })

const after = (...events: CaseEvent[]): CaseState =>
  [lead, ...events].reduce<CaseState>((s, e) => evolveCase(s, e, ada), initialCase)

const by = (actor: Actor): CaseContext =>
  clubContext(now, actor, {
    law: clubLaw({
      caseNumberFrom: 'form',
    }),
  })
const attempt = (state: CaseState, actor = ada, reason = '起止时间填反了') =>
  voidDocument(state, { documentId: 'd', reason }, by(actor))

describe('voiding a paper', () => {
  it('keeps it and its number, with who and why', () => {
    const state = after(submitted, issued)
    const events = attempt(state)
    if (isRefusal(events)) throw new Error(events.reasons[0]?.message)
    expect(events).toMatchObject([
      { type: 'DocumentVoided', data: { public: { documentId: 'd', number: '球〔2026〕1号' } } },
    ])
    const next = events.reduce<CaseState>((s, e) => evolveCase(s, e, ada), state)
    if (next.kind === 'none') throw new Error('no case')
    expect(next.documents['d']).toMatchObject({
      status: 'voided',
      number: '球〔2026〕1号',
      voided: { by: { name: '阿达' }, reason: '起止时间填反了' },
    })
    expect(next.facts.at(-1)).toMatchObject({ kind: 'document', name: 'form', state: 'voided', ref: 'd' })
  })
  it('takes back a paper that the handler alone has approved', () => {
    expect(isRefusal(attempt(after(submitted, approvedBy('handler'), issued)))).toBe(false)
  })
  it('takes back a paper that only people of the agency have signed', () => {
    expect(isRefusal(attempt(after(submitted, signedBy('officer'))))).toBe(false)
  })
  it.each([
    ['by an author who was taken off the case', after(submitted, reassigned), ada, '承办人'],
    ['once somebody from outside has signed', after(submitted, signedBy('party')), ada, '当事人'],
    ['by anybody but its author', after(submitted), bob, '只有制作人'],
    ['once it was served', after(submitted, issued, served), ada, '已经送达'],
    [
      'once a superior approved and it is issued',
      after(submitted, approvedBy('agency-head'), issued),
      ada,
      '负责人批准',
    ],
    ['once its step is done', after(submitted, issued, done), ada, '环节已经完成'],
    ['once another paper is about it', after(submitted, issued, receipt), ada, '其他文书'],
    ['once the case bears its number', after(submitted, issued, numbered), ada, '编号'],
    ['after archiving', after(submitted, issued, archived), ada, '归档'],
    ['without a reason', after(submitted), ada, '理由'],
  ])('is refused %s', (what, state, actor, message) => {
    const ruling = attempt(state, actor, what === 'without a reason' ? ' ' : '起止时间填反了')
    if (!isRefusal(ruling)) throw new Error('not refused')
    expect(ruling.reasons[0]?.message).toContain(message)
  })
})
