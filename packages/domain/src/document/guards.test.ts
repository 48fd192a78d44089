import { DocumentDefinition } from '@liuhen/law/document-definition'
import { describe, expect, it } from 'vitest'
import { clubContext, clubLaw, clubLead, clubStep } from '../../../../test/club.ts'
import type { CaseContext } from '../case/context.ts'
import { initialCase, evolveCase, type OpenCase } from '../case/state.ts'
import type { Actor } from '../event.ts'
import { isRefusal } from '../refusal.ts'
import { documentCan } from './document-can.ts'
import { type SignDocument, signDocument } from './decide.ts'
import { serveDocument } from './serve.ts'
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
const ron = person('ron', 'legal-reviewer')
const zoe = person('zoe', 'archivist')

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
  definition('slip', { repeatable: true, provesService: true }),
  definition('pact', {
    signatures: [
      { role: 'party', label: '当事人' },
      { role: 'officer', label: '执法人员', min: 2 },
      { role: 'reviewer', label: '审核人员' },
      { role: 'chair', label: '主持人' },
    ],
  }),
]

const by = (actor: Actor): CaseContext =>
  clubContext(now, actor, {
    law: clubLaw({
      evaluate: () => ({
        steps: [clubStep('write', ['letter', 'card']), clubStep('again', ['letter'])],
        duties: [],
        findings: [],
        keeping: [],
      }),
      document: (type) => definitions.find((d) => d.id === type),
    }),
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
  retracted: [],
  ...more,
})

const club = (...papers: readonly DocumentState[]): OpenCase => {
  const opened = evolveCase(initialCase, clubLead('2026-03-01T08:00:00Z'), ada)
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
  it('comes back about what it was about, which still holds', () => {
    const about = paper('d', { status: 'returned', about: 'e' })
    const submit = (e: DocumentState, more: { about?: string } = {}) =>
      submitDocument(
        club(about, { ...e, type: 'card' }, paper('f', { type: 'card' })),
        { ...again, ...more },
        by(ada),
      )
    const kept = [{ type: 'DocumentSubmitted', data: { public: { about: 'e' } } }, { type: 'DocumentIssued' }]
    expect(submit(paper('e'))).toMatchObject(kept)
    expect(submit(paper('e'), { about: 'e' })).toMatchObject(kept)
    expect(refusalOf(submit(paper('e'), { about: 'f' }))).toBe('wrong-state')
    expect(refusalOf(submit(paper('e', { status: 'voided' })))).toBe('not-found')
  })
  it('comes back by whoever carries the step out, on the screen as in the command', () => {
    for (const who of [ada, person('bob', 'officer'), zoe]) {
      const shown = documentCan(club(returned), who, returned, by(who).law, ['officer']).resubmit
      expect(shown === true).toBe(!isRefusal(submitDocument(club(returned), again, by(who))))
    }
    const dismissed = { ...club(returned), handlers: [{ personId: 'bob' }] }
    expect(documentCan(dismissed, ada, returned, by(ada).law, ['officer']).resubmit).not.toBe(true)
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
  it('is proved by its own receipt and by recordings of the same case', () => {
    const slip = (id: string, more: Partial<DocumentState> = {}) =>
      paper(id, { type: 'slip', about: 'd', ...more })
    const prove = (proof: Partial<Parameters<typeof serveDocument>[1]>) =>
      serveDocument(
        club(
          issued,
          slip('receipt'),
          slip('signed', { status: 'issued' }),
          slip('other', { about: 'e' }),
          slip('voided', { status: 'voided' }),
          slip('returned', { status: 'returned' }),
          slip('reply', { type: 'card' }),
        ),
        {
          documentId: 'd',
          mode: 'direct',
          servedAt: '2026-03-02T08:30:00Z',
          recipient: '张三',
          by: [],
          recordingIds: [],
          ...proof,
        },
        by(ada),
      )
    expect(refusalOf(prove({ recordingIds: ['elsewhere'] }))).toBe('incomplete')
    for (const receiptId of ['elsewhere', 'other', 'voided', 'returned', 'reply'])
      expect(refusalOf(prove({ receiptId })), receiptId).toBe('incomplete')
    for (const receiptId of ['receipt', 'signed'])
      expect(prove({ receiptId }), receiptId).toMatchObject([{ type: 'DocumentServed' }])
  })
  it('is not proved by a film that had ended before the paper was issued', () => {
    const film = (recordingId: string, to: string) => ({
      recordingId,
      scene: 'court',
      step: 's',
      from: '2026-03-02T08:00:00Z',
      to,
      medium: 'video' as const,
      blob: { sha256: '0'.repeat(64), sizeBytes: 1, mime: 'video/mp4' },
    })
    const films = [film('earlier', '2026-03-02T08:29:00Z'), film('during', '2026-03-02T08:35:00Z')]
    const prove = (recordingId: string) =>
      serveDocument(
        { ...club(issued), recordings: films },
        {
          documentId: 'd',
          mode: 'direct',
          servedAt: '2026-03-02T08:31:00Z',
          recipient: '张三',
          by: [],
          recordingIds: [recordingId],
        },
        by(ada),
      )
    expect(refusalOf(prove('earlier'))).toBe('incomplete')
    expect(prove('during')).toMatchObject([{ type: 'DocumentServed' }])
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

describe('the print of a finger', () => {
  const fingermark = { width: 64, height: 64, dots: '' }
  const sign = (more: Partial<SignDocument>) =>
    signDocument(
      club(paper('d', { type: 'pact' })),
      { documentId: 'd', role: 'party', name: '张三', strokes: '[]', fingermark, ...more },
      by(ada),
    )
  it('lies with the name, in the personal compartment, bound to what the paper says', () => {
    expect(sign({})).toMatchObject([
      { data: { public: { dataHash: expect.any(String) }, personal: { name: '张三', fingermark } } },
    ])
    expect(JSON.stringify(sign({})).match(/"width":64/g)).toHaveLength(1)
  })
  it('goes with a signature, and neither with a refusal nor with one for the agency', () => {
    const refusal = { reason: '不愿意签名', witnesses: [] }
    expect(refusalOf(sign({ refusal }))).toBe('wrong-state')
    expect(refusalOf(sign({ role: 'officer', by: { personId: 'ada' } }))).toBe('wrong-state')
  })
})

describe('a signature for the agency', () => {
  const pact = paper('d', { type: 'pact' })
  const begun = { write: { from: now, officers: [{ personId: 'bob' }] } }
  const signAs = (role: string, who: Actor, doc = pact) =>
    signDocument(
      { ...club(doc), begun },
      {
        documentId: 'd',
        role,
        by: { personId: who.personId ?? '', name: who.name },
        user: { personId: who.personId ?? '', name: who.name },
        strokes: '[]',
      },
      by(who),
    )

  it('is not given by a name that nobody on the roster bears', () => {
    const invented = { documentId: 'd', role: 'officer', name: '张无名', strokes: '[]' }
    expect(refusalOf(signDocument(club(pact), invented, by(ada)))).toBe('incomplete')
  })
  it('is given by the handler, and by the officer who took part in the step', () => {
    expect(refusalOf(signAs('officer', ada))).toBeUndefined()
    expect(refusalOf(signAs('officer', person('bob', 'officer')))).toBeUndefined()
  })
  it('is not given by who only reads the case, whatever the slot', () => {
    for (const role of ['officer', 'reviewer', 'chair'])
      expect(refusalOf(signAs(role, zoe))).toBe('not-permitted')
    expect(refusalOf(signAs('officer', person('eve', 'officer')))).toBe('not-permitted')
    expect(refusalOf(signAs('officer', ron))).toBe('not-permitted')
  })
  it('is given for the review by the reviewer who wrote the opinion, not by a colleague', () => {
    const opinion = { ...pact, submittedBy: { personId: 'ron' } }
    expect(refusalOf(signAs('reviewer', ron, opinion))).toBeUndefined()
    expect(refusalOf(signAs('reviewer', person('rex', 'legal-reviewer'), opinion))).toBe('not-permitted')
  })
  it('is taken on the pad from a colleague without an account, who has the capacity too', () => {
    const pad = (personId: string, roles: Actor['roles'], role: string) =>
      signDocument(club(pact), { documentId: 'd', role, by: { personId }, roles, strokes: '[]' }, by(ada))
    expect(refusalOf(pad('gus', ['unit-head'], 'chair'))).toBeUndefined()
    expect(refusalOf(pad('gus', ['archivist'], 'chair'))).toBe('not-permitted')
    expect(refusalOf(pad('gus', ['unit-head'], 'officer'))).toBe('not-permitted')
  })
})
