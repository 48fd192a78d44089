import { DocumentDefinition } from '@liuhen/law/document-definition'
import { describe, expect, it } from 'vitest'
import { clubContext, clubLaw, clubLead, clubStep } from '../../../../test/club.ts'
import { approveDocument, returnDocument, signDocument } from '../document/decide.ts'
import { serveDocument } from '../document/serve.ts'
import { documentCan } from '../document/document-can.ts'
import type { DocumentState } from '../document/state.ts'
import { submitDocument } from '../document/submit.ts'
import { type Actor, ROLES } from '../event.ts'
import { isRefusal } from '../refusal.ts'
import { caseCan, stepCan } from './case-can.ts'
import { isClosed } from './closed.ts'
import type { CaseContext } from './context.ts'
import { assignHandlers, type Decided, excuseDuty, flagCase, nameParty } from './open.ts'
import { noteFact } from './noting.ts'
import { archiveCase, assembleFile, exportPackage, linkRecording, withdrawDisclosure } from './record.ts'
import { initialCase, evolveCase, type OpenCase } from './state.ts'
import { beginStep, completeStep } from './steps.ts'

const now = '2026-03-02T09:00:00Z'
const ada: Actor = { userId: 'u', personId: 'ada', name: 'ada', roles: [...ROLES], agencyId: 'club' }

const definition = (id: string, more: object = {}) =>
  DocumentDefinition.parse({
    id,
    name: id,
    effectiveFrom: '2020-01-01',
    requiredBy: [],
    audience: 'main',
    served: true,
    repeatable: true,
    approvals: ['unit-head'],
    signatures: [{ role: 'party', label: '当事人' }],
    sections: [{ title: '正文', fields: [{ id: 'text', label: '正文', kind: 'text' }] }],
    ...more,
  })
const papers = [definition('letter'), definition('notice', { afterArchiving: true })]

const view = (id: string, type: string) => clubStep(id, [type], { status: 'possible' })
const law = clubLaw({
  evaluate: () => ({
    steps: [view('write', 'letter'), view('announce', 'notice')],
    duties: [],
    findings: [],
    keeping: [],
  }),
  document: (type) => papers.find((d) => d.id === type),
  approvers: () => ['unit-head'],
})
const ctx = clubContext(now, ada, { law })

const paper = (id: string, type: string, status: DocumentState['status']): DocumentState => ({
  id,
  type,
  step: 'write',
  version: 1,
  status,
  data: {},
  dataHash: '0',
  submittedAt: now,
  submittedBy: { personId: 'eva' },
  approvals: [],
  signatures: [],
  served: [],
  retracted: [],
})
const lead = evolveCase(initialCase, clubLead(now), ada) as OpenCase
const running: OpenCase = {
  ...lead,
  handlers: [{ personId: 'ada' }],
  file: [],
  documents: {
    letter: paper('letter', 'letter', 'submitted'),
    issued: paper('issued', 'letter', 'issued'),
    notice: paper('notice', 'notice', 'submitted'),
  },
}
const archived: OpenCase = { ...running, archive: { archiveNo: '1', why: '满了', at: now } }

const recording = {
  recordingId: 'r',
  scene: 's',
  step: 'write',
  from: now,
  to: now,
  medium: 'video' as const,
  blob: { sha256: '0'.repeat(64), sizeBytes: 1, mime: 'video/mp4' },
}
const serving = { mode: 'direct', servedAt: now, recipient: '张三', by: [], recordingIds: [] }
const opinion = { opinion: '同意' }
const ink = { role: 'party', name: '张三', strokes: '[]' }
const item = { no: 1, title: '信', audience: 'main' as const, pageFrom: 1, pageTo: 1, sha256: '0' }

/** Nobody approves in a case of their own. */
const head: CaseContext = { ...ctx, actor: { ...ada, personId: 'hal' }, self: { personId: 'hal' } }

/** Each changes what the file rests on. */
const CHANGES: Readonly<Record<string, (s: OpenCase) => Decided>> = {
  nameParty: (s) => nameParty(s, { kind: 'person', name: '张三' }, ctx),
  assignHandlers: (s) => assignHandlers(s, [{ personId: 'bob' }], ctx),
  flagCase: (s) => flagCase(s, { flag: 'f', on: true, reason: '有理由' }, ctx),
  noteFact: (s) => noteFact(s, { name: 'n', at: now, data: {} }, ctx),
  beginStep: (s) => beginStep(s, { step: 'write' }, ctx),
  completeStep: (s) => completeStep(s, { step: 'write' }, ctx),
  submitDocument: (s) => submitDocument(s, { type: 'letter', step: 'write', data: {} }, ctx),
  approveDocument: (s) => approveDocument(s, { documentId: 'letter', ...opinion }, head),
  returnDocument: (s) => returnDocument(s, { documentId: 'letter', ...opinion }, head),
  signDocument: (s) => signDocument(s, { documentId: 'letter', ...ink }, ctx),
  serveDocument: (s) => serveDocument(s, { documentId: 'issued', ...serving }, ctx),
  linkRecording: (s) => linkRecording(s, { recording, facts: [] }, ctx),
  assembleFile: (s) => assembleFile(s, [item], ctx),
  archiveCase: (s) => archiveCase(s, { archiveNo: '2', why: '满了' }, undefined, ctx),
}

describe.each(Object.entries(CHANGES))('%s', (_name, change) => {
  it('is refused once the case is archived, and says so', () => {
    expect(change(archived)).toEqual(isClosed)
  })
  it('is not refused before', () => {
    expect(isRefusal(change(running))).toBe(false)
  })
})

describe('an archived case', () => {
  it('tells beforehand what it refuses, in the same words', () => {
    const can = caseCan(archived, ada)
    const named = Object.keys(can).filter((k): k is keyof typeof can => k in CHANGES)
    expect(named.map((k) => [k, can[k]])).toEqual(named.map((k) => [k, isClosed.reasons]))
    expect(named.map((k) => caseCan(running, ada)[k])).toEqual(named.map(() => true))
    const letter = documentCan(archived, ada, paper('x', 'letter', 'submitted'), law)
    expect(Object.values(letter)).toEqual(Object.values(letter).map(() => isClosed.reasons))
    expect(stepCan(archived, ada, view('write', 'letter'), law)).toEqual(isClosed.reasons)
    expect(stepCan(archived, ada, view('announce', 'notice'), law)).toBe(true)
  })
  it('still takes the papers that follow the file', () => {
    const notice = { type: 'notice', step: 'announce', data: {} }
    expect(isRefusal(submitDocument(archived, notice, ctx))).toBe(false)
    expect(isRefusal(approveDocument(archived, { documentId: 'notice', ...opinion }, head))).toBe(false)
    expect(isRefusal(signDocument(archived, { documentId: 'notice', ...ink }, ctx))).toBe(false)
  })
  it('is still exported, and its duties are still explained', () => {
    const { excuseDuty: excuse } = caseCan(archived, ada)
    expect(excuse).toBe(true)
    expect(excuseDuty(archived, { duty: 'd', reason: '道路中断' }, ctx)).toMatchObject({ code: 'not-found' })
    const statement = { packageId: 'p', audience: 'whole' as const, streams: [], documents: 1, recordings: 0 }
    const exported = exportPackage(archived, { ...statement, purpose: '移送', recipient: '法院' }, ctx)
    expect(isRefusal(exported)).toBe(false)
  })
})

describe('what the state of a case hinders', () => {
  it('is told after the right and before the attempt', () => {
    const [reader] = [{ ...ada, personId: 'eva', roles: ['supervisor' as const] }]
    for (const can of Object.values(caseCan(archived, reader)))
      expect(can).toMatchObject([{ code: 'not-permitted' }])
    expect(caseCan(running, ada).withdrawDisclosure).toMatchObject([{ message: '本案决定没有公示' }])
    expect(withdrawDisclosure(running, { reason: '撤销' }, ctx)).toMatchObject({
      reasons: caseCan(running, ada).withdrawDisclosure,
    })
    const shown = {
      ...running,
      disclosure: { disclosureId: 'd', documentId: 'notice', channel: 'portal', at: now },
    }
    expect(caseCan(shown, ada)).toMatchObject({
      withdrawDisclosure: true,
      publishDisclosure: [{ message: '本案决定已经公示' }],
    })
    expect(caseCan(running, ada).exportWhole).toMatchObject([{ message: '案件还没有已经签发的文书' }])
    expect(caseCan({ ...lead, handlers: running.handlers }, ada).archiveCase).toMatchObject([
      { message: '还没有组卷' },
    ])
  })
})
