import { DocumentDefinition } from '@liuhen/law/document-definition'
import type { StepView } from '@liuhen/law/evaluation'
import { describe, expect, it } from 'vitest'
import type { CaseContext } from '../case/context.ts'
import { initialCase, evolveCase, type OpenCase } from '../case/state.ts'
import type { Actor } from '../event.ts'
import { isRefusal } from '../refusal.ts'
import { serveDocument, signDocument } from './decide.ts'
import type { DocumentState } from './state.ts'
import { submitDocument } from './submit.ts'

/** A tennis club: the guards are tested, not a statute. */
const now = '2026-03-02T09:00:00Z'
const person = (personId: string, ...roles: Actor['roles']): Actor => ({
  userId: `u-${personId}`,
  personId,
  name: personId,
  roles,
  agencyId: 'club',
})
const ada = person('ada', 'officer')

const definition = (id: string, more: object = {}) =>
  DocumentDefinition.parse({
    id,
    name: id,
    effectiveFrom: '2020-01-01',
    requiredBy: [],
    audience: 'main',
    served: true,
    approvals: [],
    signatures: [],
    sections: [
      { title: '正文', fields: [{ id: 'text', label: '正文', kind: 'text', compartment: 'internal' }] },
    ],
    ...more,
  })
const definitions = [
  definition('letter'),
  definition('card', { repeatable: true }),
  definition('pact', {
    signatures: [
      { role: 'party', label: '当事人' },
      { role: 'officer', label: '执法人员' },
    ],
  }),
]

const step = (id: string, types: readonly string[]): StepView => ({
  id,
  name: id,
  stage: 'only',
  status: 'begun',
  optional: false,
  by: ['officer'],
  documents: types.map((type) => ({ type, required: true, done: false })),
  recordings: [],
  before: [],
  missing: [],
  citations: [],
})

const by = (actor: Actor): CaseContext => ({
  now,
  actor,
  self: { personId: actor.personId ?? '', name: actor.name },
  law: {
    evaluate: () => ({
      steps: [step('write', ['letter', 'card']), step('again', ['letter'])],
      duties: [],
      findings: [],
      keeping: [],
    }),
    against: () => [],
    document: (type) => definitions.find((d) => d.id === type),
    approvers: () => [],
    event: () => undefined,
    caseNumberFrom: undefined,
  },
  newId: () => 'new',
  hash: () => '0',
  nextNumber: () => '1号',
})

const paper = (id: string, more: Partial<DocumentState> = {}): DocumentState => ({
  id,
  type: 'letter',
  step: 'write',
  version: 1,
  status: 'submitted',
  data: {},
  dataHash: '0',
  submittedAt: '2026-03-01T09:00:00Z',
  submittedBy: { personId: 'ada', name: 'ada' },
  approvals: [],
  signatures: [],
  served: [],
  ...more,
})

const club = (...papers: readonly DocumentState[]): OpenCase => {
  const opened = evolveCase(
    initialCase,
    {
      type: 'LeadRegistered',
      schemaVersion: 1,
      occurredAt: '2026-03-01T08:00:00Z',
      data: {
        public: {
          leadNo: '1',
          procedure: 'club',
          law: { base: 'club', overlays: [], settings: {} },
          source: 'report',
          receivedAt: '2026-03-01T08:00:00Z',
        },
        internal: { title: '入会', summary: '想打球', realName: false },
      },
    },
    ada,
  )
  if (opened.kind === 'none') throw new Error('no case')
  return {
    ...opened,
    handlers: [{ personId: 'ada', name: 'ada' }],
    documents: Object.fromEntries(papers.map((p) => [p.id, p])),
  }
}

const refusalOf = (ruling: unknown): string | undefined => (isRefusal(ruling) ? ruling.code : undefined)

describe('a returned paper', () => {
  const returned = paper('d', { status: 'returned' })
  const again = { type: 'letter', step: 'write', data: {}, documentId: 'd' }

  it('comes back as its next version', () => {
    expect(submitDocument(club(returned), again, by(ada))).toMatchObject([
      { type: 'DocumentSubmitted', data: { public: { documentId: 'd', version: 2 } } },
      { type: 'DocumentIssued' },
    ])
  })
  it('does not come back as a paper of another type, nor in another step', () => {
    expect(refusalOf(submitDocument(club(returned), { ...again, type: 'card' }, by(ada)))).toBe('wrong-state')
    expect(refusalOf(submitDocument(club(returned), { ...again, step: 'again' }, by(ada)))).toBe(
      'wrong-state',
    )
  })
  it('does not come back beside another of its kind that took its place', () => {
    expect(refusalOf(submitDocument(club(returned, paper('e')), again, by(ada)))).toBe('duplicate')
  })
})

describe('a service', () => {
  const issued = paper('d', { status: 'issued', issuedAt: '2026-03-02T08:30:40Z' })
  const serveAt = (servedAt: string) =>
    serveDocument(
      club(issued),
      { documentId: 'd', mode: 'direct', servedAt, recipient: '张三', by: [], recordingIds: [] },
      by(ada),
    )

  it('is not said to be before the paper was issued, nor ahead', () => {
    expect(refusalOf(serveAt('2026-03-01T08:30:00Z'))).toBe('incomplete')
    expect(refusalOf(serveAt('2026-03-02T08:29:59Z'))).toBe('incomplete')
    expect(refusalOf(serveAt('2026-03-02T09:00:01Z'))).toBe('incomplete')
  })
  it('may be in the minute of the issue', () => {
    expect(serveAt('2026-03-02T08:30:00Z')).toMatchObject([{ type: 'DocumentServed' }])
  })
})

describe('the time of a signature', () => {
  const signAt = (signedAt: string) =>
    signDocument(
      club(paper('d', { type: 'pact', submittedAt: '2026-03-02T08:30:00Z' })),
      { documentId: 'd', role: 'party', name: '张三', strokes: '[]', signedAt },
      by(ada),
    )
  const recorded = (at: string) => [{ type: 'DocumentSigned', data: { public: { signedAt: at } } }]

  it('is what the device says, within the paper and now', () => {
    expect(signAt('2026-03-02T08:45:00Z')).toMatchObject(recorded('2026-03-02T08:45:00Z'))
  })
  it('is refused before the paper was there, and ahead of now', () => {
    expect(refusalOf(signAt('2026-03-02T08:00:00Z'))).toBe('incomplete')
    expect(refusalOf(signAt('2026-03-02T10:00:00Z'))).toBe('incomplete')
  })
  it('is kept within the bounds when the clock of the device differs by seconds', () => {
    expect(signAt('2026-03-02T09:00:20Z')).toMatchObject(recorded(now))
    expect(signAt('2026-03-02T08:29:40Z')).toMatchObject(recorded('2026-03-02T08:30:00Z'))
  })
})
