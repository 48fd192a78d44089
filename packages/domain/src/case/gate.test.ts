import { describe, expect, it } from 'vitest'
import { clubContext, clubEvent, clubLaw, clubLead, clubStep } from '../../../../test/club.ts'
import { DocumentDefinition } from '@liuhen/law/document-definition'
import type { Duty, Reason } from '@liuhen/law/evaluation'
import { approveDocument, recordRendering, returnDocument, signDocument } from '../document/decide.ts'
import { retractService } from '../document/retract-service.ts'
import { serveDocument } from '../document/serve.ts'
import { submitDocument } from '../document/submit.ts'
import { voidDocument } from '../document/void.ts'
import { type Actor, ROLES } from '../event.ts'
import { isRefusal } from '../refusal.ts'
import type { CaseContext } from './context.ts'
import type { CaseEvent } from './events.ts'
import { assignHandlers, type Decided, excuseDuty, flagCase, nameParty } from './open.ts'
import { noteFact } from './noting.ts'
import {
  archiveCase,
  assembleFile,
  exportPackage,
  linkRecording,
  noteRecording,
  publishDisclosure,
  withdrawDisclosure,
} from './record.ts'
import { type CaseState, evolveCase, initialCase } from './state.ts'
import { beginStep, completeStep } from './steps.ts'

/** Somebody with every role, who is a handler and not the author: only the law stands in the way. */
const now = '2026-03-02T09:00:00Z'
const all: Actor = { userId: 'u', personId: 'ada', name: 'ada', roles: [...ROLES], agencyId: 'club' }
const eva: Actor = { ...all, userId: 'e', personId: 'eva', name: 'eva' }
const blob = { sha256: 'a'.repeat(64), sizeBytes: 1, mime: 'video/mp4' }

const form = DocumentDefinition.parse({
  id: 'form',
  name: '申请',
  effectiveFrom: '2020-01-01',
  requiredBy: [],
  audience: 'main',
  approvals: ['handler'],
  signatures: [{ role: 'party', label: '申请人' }],
  served: true,
  repeatable: true,
  sections: [{ title: '申请', fields: [{ id: 'wish', label: '愿望', kind: 'text' }] }],
})

const duty: Duty = {
  id: 'd',
  rule: 'd',
  what: '还球',
  citations: [],
  why: '',
  since: now,
  state: 'open',
  effect: 'warn',
}

const forbidden: Reason = {
  code: 'nothing-goes',
  effect: 'refuse',
  message: '一律不准',
  todo: '修改章程',
  citations: [],
}

const under = (reasons: readonly Reason[]): CaseContext =>
  clubContext(now, all, {
    law: clubLaw({
      evaluate: () => ({
        steps: [clubStep('play', ['form'], { status: 'possible' }), clubStep('rest', ['form'])],
        duties: [duty],
        findings: [],
        keeping: [],
      }),
      against: () => reasons,
      document: () => form,
      approvers: () => ['handler'],
    }),
    hash: () => '0'.repeat(64),
  })

const event = clubEvent(now)

const submittedPaper = (documentId: string): CaseEvent =>
  event('DocumentSubmitted', {
    public: { documentId, type: 'form', step: 'rest', version: 1, dataHash: '0' },
    internal: { data: {} },
  })
const approvedPaper = (documentId: string): CaseEvent =>
  event('DocumentApproved', {
    public: { documentId, rank: 'handler', dataHash: '0' },
    internal: { by: { personId: 'ada' }, opinion: '同意' },
  })

const recording = {
  recordingId: 'r',
  scene: 'match',
  step: 'rest',
  from: now,
  to: now,
  medium: 'video' as const,
  blob,
}

const state: CaseState = [
  clubLead(now),
  event('HandlersAssigned', {
    public: { count: 2 },
    internal: { handlers: [{ personId: 'ada' }, { personId: 'eva' }] },
  }),
  submittedPaper('waiting'),
  submittedPaper('unsigned'),
  approvedPaper('unsigned'),
  submittedPaper('issued'),
  event('DocumentIssued', {
    public: { documentId: 'issued', type: 'form', issuedOn: '2026-03-02', dataHash: '0' },
  }),
  event('CaseFileAssembled', { public: { items: [] } }),
].reduce<CaseState>((s, e) => evolveCase(s, e, eva), initialCase)

const reason = '有理由'
const served = { mode: 'direct', servedAt: now, recipient: '张三', by: [], recordingIds: [], reason }
const handedOver = evolveCase(
  state,
  event('DocumentServed', {
    public: { documentId: 'issued', mode: 'direct', servedAt: now },
    internal: { by: [], recordingIds: [] },
  }),
  eva,
)
const head: Actor = { ...eva, personId: 'hal', userId: 'hal', roles: ['unit-head'] }
const archive = { archiveNo: '1', why: '满了' }
const published = { disclosureId: 'x', documentId: 'issued', summary: {}, channel: 'portal' }
const shown = evolveCase(state, event('DisclosurePublished', { public: published }), eva)
const item = { no: 1, title: '申请', audience: 'main' as const, pageFrom: 1, pageTo: 1, sha256: '0' }
const exported = {
  packageId: 'p',
  purpose: '移送',
  recipient: '法院',
  audience: 'whole' as const,
  streams: [],
  documents: 0,
  recordings: 0,
}

const COMMANDS: Readonly<Record<string, (ctx: CaseContext) => Decided>> = {
  nameParty: (ctx) => nameParty(state, { kind: 'person', name: '张三' }, ctx),
  assignHandlers: (ctx) => assignHandlers(state, [{ personId: 'bob' }], ctx),
  flagCase: (ctx) => flagCase(state, { flag: 'f', on: true, reason }, ctx),
  noteFact: (ctx) => noteFact(state, { name: 'n', at: now, data: {}, reason }, ctx),
  excuseDuty: (ctx) => excuseDuty(state, { duty: 'd', reason }, ctx),
  beginStep: (ctx) => beginStep(state, { step: 'play', reason }, ctx),
  completeStep: (ctx) => completeStep(state, { step: 'rest', reason }, ctx),
  submitDocument: (ctx) => submitDocument(state, { type: 'form', step: 'rest', data: {}, reason }, ctx),
  approveDocument: (ctx) => approveDocument(state, { documentId: 'waiting', opinion: '同意' }, ctx),
  returnDocument: (ctx) => returnDocument(state, { documentId: 'waiting', opinion: '退回' }, ctx),
  voidDocument: (ctx) =>
    voidDocument(state, { documentId: 'waiting', reason }, { ...ctx, actor: eva, self: undefined }),
  signDocument: (ctx) =>
    signDocument(state, { documentId: 'unsigned', role: 'party', name: '张三', strokes: '[]', reason }, ctx),
  serveDocument: (ctx) => serveDocument(state, { documentId: 'issued', ...served }, ctx),
  retractService: (ctx) =>
    retractService(handedOver, { documentId: 'issued', serving: 0, reason }, { ...ctx, actor: head }),
  linkRecording: (ctx) =>
    linkRecording(state, { recording, facts: [{ kind: 'recording', name: 'match', at: now }] }, ctx),
  assembleFile: (ctx) => assembleFile(state, [item], ctx),
  archiveCase: (ctx) => archiveCase(state, archive, reason, ctx),
  publishDisclosure: (ctx) => publishDisclosure(state, published, ctx),
  withdrawDisclosure: (ctx) => withdrawDisclosure(shown, { reason }, ctx),
  exportPackage: (ctx) => exportPackage(state, exported, ctx),
}

describe.each(Object.entries(COMMANDS))('%s', (_name, decide) => {
  it('is refused where the law forbids its facts', () => {
    expect(decide(under([forbidden]))).toMatchObject({ code: 'law-gate', reasons: [forbidden] })
  })
  it('goes through where the law is silent', () => {
    const decided = decide(under([]))
    expect(isRefusal(decided) ? decided.reasons : []).toEqual([])
  })
})

it('keeps nothing out that is true of the bytes already: what was learnt of a recording, and a rendering', () => {
  const linked = event('RecordingLinked', { public: recording, internal: { facts: [] } })
  const withRecording = evolveCase(state, linked, eva)
  const facts = [{ kind: 'recording' as const, name: 'match', at: now }]
  const noted = noteRecording(withRecording, { recordingId: 'r', what: '检查', facts }, under([forbidden]))
  const rendered = recordRendering(state, { documentId: 'issued', blob, pages: 1 }, { now })
  expect([isRefusal(noted), isRefusal(rendered)]).toEqual([false, false])
})

it('lets a recording into the case although rules warn: they wait as findings', () => {
  const warning: Reason = { ...forbidden, code: 'late', effect: 'warn' }
  const facts = [{ kind: 'recording' as const, name: 'match', at: now }]
  expect(linkRecording(state, { recording, facts }, under([warning]))).toMatchObject([
    { type: 'RecordingLinked' },
  ])
})

it('tells one gap once, with the articles of the whole and of its part', () => {
  const cited = (clause: string) => [{ clause, cite: clause, duty: '', layer: 'base' as const }]
  const whole: Reason = { ...forbidden, code: 'gap', effect: 'warn', citations: cited('a-1') }
  const part: Reason = { ...whole, code: 'late', partOf: 'gap', citations: cited('a-2') }
  const told = (...reasons: Reason[]) => {
    const decided = nameParty(state, { kind: 'person', name: '张三' }, under(reasons), undefined)
    return isRefusal(decided) ? decided.reasons.map((r) => [r.code, ...r.citations.map((c) => c.clause)]) : []
  }
  expect(told(whole, part)).toEqual([['gap', 'a-1', 'a-2']])
  expect(told(part)).toEqual([['late', 'a-2']])
  expect(told({ ...part, effect: 'refuse' }, whole)).toEqual([['late', 'a-2']])
})

it('records that a warning was overridden with the codes of its parts, and tells of it once', () => {
  const whole: Reason = { ...forbidden, code: 'gap', effect: 'warn', message: '缺' }
  const part: Reason = { ...whole, code: 'late', partOf: 'gap', message: '迟' }
  const decided = nameParty(state, { kind: 'person', name: '张三' }, under([whole, part]), reason)
  expect(decided).toMatchObject([
    {},
    {
      type: 'WarningOverridden',
      data: { public: { codes: ['gap', 'late'] }, internal: { messages: ['缺'] } },
    },
  ])
})

it('lets no recording go from one step to another, and into its own once', () => {
  const linked = event('RecordingLinked', { public: recording, internal: { facts: [] } })
  const again = evolveCase(state, linked, eva)
  expect(linkRecording(again, { recording, facts: [] }, under([]))).toEqual([])
  const other = { ...recording, step: 'play' }
  expect(linkRecording(again, { recording: other, facts: [] }, under([]))).toMatchObject({
    code: 'wrong-state',
  })
})

it.each([
  ['nameParty', (ctx: CaseContext, r?: string) => nameParty(state, { kind: 'person', name: '张三' }, ctx, r)],
  ['assignHandlers', (ctx: CaseContext, r?: string) => assignHandlers(state, [{ personId: 'bob' }], ctx, r)],
  ['assembleFile', (ctx: CaseContext, r?: string) => assembleFile(state, [item], ctx, r)],
  ['publishDisclosure', (ctx: CaseContext, r?: string) => publishDisclosure(state, published, ctx, r)],
])('%s goes through a warning with a reason, and not without', (_name, decide) => {
  const ctx = under([{ ...forbidden, code: 'late', effect: 'warn' }])
  expect(isRefusal(decide(ctx))).toBe(true)
  expect(isRefusal(decide(ctx, reason))).toBe(false)
})
