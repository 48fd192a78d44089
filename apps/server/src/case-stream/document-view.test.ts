import { describe, expect, it } from 'vitest'
import { clubLaw } from '../../../../test/club.ts'
import type { OpenCase } from '@liuhen/domain/case/state'
import type { DocumentState } from '@liuhen/domain/document/state'
import type { Actor, Role } from '@liuhen/domain/event'
import { DocumentDefinition } from '@liuhen/law/document-definition'
import type { Rank } from '@liuhen/law/fact'
import { documentView } from './document-view.ts'

const at = '2026-03-02T09:00:00+08:00'
const definition = DocumentDefinition.parse({
  id: 'decision',
  name: '决定书',
  effectiveFrom: '2020-01-01',
  requiredBy: [],
  audience: 'main',
  served: true,
  signatures: [{ role: 'party', label: '当事人签收', refusable: true }],
  sections: [{ title: '正文', fields: [{ id: 'facts', label: '事实', kind: 'longtext' }] }],
})
const ranks: Rank[] = ['handler', 'unit-head', 'agency-head']
const law = clubLaw({ document: () => definition, approvers: () => ranks })
const wang = { personId: 'wang', name: '王建国' }
const state: OpenCase = {
  kind: 'open',
  leadNo: '1',
  procedure: 'p',
  law: { base: 'national', overlays: [], settings: {} },
  source: 'report',
  receivedAt: at,
  title: 't',
  summary: 's',
  handlers: [wang],
  flags: [],
  steps: {},
  begun: {},
  documents: {},
  recordings: [],
  facts: [],
  withdrawn: [],
  packages: [],
}
const doc = (over: Partial<DocumentState> = {}): DocumentState => ({
  id: 'd',
  type: 'decision',
  step: 'decision',
  version: 1,
  status: 'submitted',
  data: {},
  dataHash: 'h',
  submittedAt: at,
  submittedBy: wang,
  approvals: [{ rank: 'handler', by: wang, opinion: '提请审批', at }],
  signatures: [],
  served: [],
  retracted: [],
  ...over,
})
const actor = (personId: string, role: Role): Actor => ({
  userId: personId,
  personId,
  name: personId,
  roles: [role],
  agencyId: 'a',
})
const view = (d: DocumentState, who: Actor) => documentView(d, { state, law, actor: who })
const handler = actor('wang', 'officer')
const head = actor('chen', 'unit-head')
const chief = actor('zhou', 'agency-head')

describe('documentView', () => {
  it('shows whose opinion comes next and who still waits', () => {
    expect(view(doc(), handler).approvals.map((a) => a.state)).toEqual(['approved', 'next', 'waiting'])
  })
  it('shows who returned it and why', () => {
    const returned = { rank: 'unit-head', by: { personId: 'chen', name: '陈中队' }, opinion: '事实不清', at }
    const shown = view(doc({ status: 'returned', returned }), handler)
    expect(shown).toMatchObject({ state: 'returned', can: { resubmit: true, approve: false, sign: false } })
    expect(shown.approvals[1]).toMatchObject({ state: 'returned', by: '陈中队', opinion: '事实不清' })
  })
  it('lets approve only whoever holds the next rank and did not write the paper', () => {
    expect(view(doc(), head).can.approve).toBe(true)
    expect(view(doc(), chief).can.approve).toBe(false)
    expect(view(doc({ submittedBy: { personId: 'chen', name: '陈中队' } }), head).can.approve).toBe(false)
  })
  it('is approved but not issued while a signature is wanted', () => {
    const approvals = ranks.map((rank) => ({ rank, by: wang, opinion: '同意', at }))
    expect(view(doc({ approvals }), handler)).toMatchObject({
      state: 'approved',
      signatures: [{ role: 'party', need: 1, got: [], ownHand: false, can: true }],
      can: { sign: true, serve: false },
    })
  })
  it('is to be served by the handlers once it is issued', () => {
    const issued = doc({ status: 'issued', number: '1号', issuedOn: '2026-03-02' })
    expect(view(issued, handler).can).toMatchObject({ serve: true, sign: false })
    expect(view(issued, chief)).toMatchObject({
      can: { serve: false },
      why: { serve: [{ message: '您不是本案承办人' }], sign: [{ message: '这份文书已不能签名' }] },
    })
    expect(view(doc({ ...issued, served: [{ no: 0, mode: 'direct', at, by: [] }] }), handler).state).toBe(
      'served',
    )
  })
})
