import { DocumentDefinition } from '@liuhen/law/document-definition'
import type { Evaluation, Reason, StepView } from '@liuhen/law/evaluation'
import type { Fact, FactPerson } from '@liuhen/law/fact'
import { describe, expect, it } from 'vitest'
import { clubContext, clubLaw, clubStep } from '../../../../test/club.ts'
import { approveDocument, returnDocument, signDocument } from '../document/decide.ts'
import { serveDocument } from '../document/serve.ts'
import { submitDocument } from '../document/submit.ts'
import type { Actor } from '../event.ts'
import { isRefusal } from '../refusal.ts'
import type { CaseContext } from './context.ts'
import type { CaseEvent } from './events.ts'
import { type Decided, registerLead } from './open.ts'
import { type CaseState, evolveCase, initialCase } from './state.ts'
import { beginStep, completeStep } from './steps.ts'

/** A tennis club decides on membership: an imaginary law, so that the slice is tested and not a statute. */
const application = DocumentDefinition.parse({
  id: 'application',
  name: '入会申请',
  effectiveFrom: '2020-01-01',
  requiredBy: ['club-1'],
  audience: 'main',
  numbering: { word: '会' },
  approvals: ['handler', 'unit-head', 'agency-head'],
  opinionField: 'say',
  signatures: [{ role: 'party', label: '申请人', refusable: true }],
  served: true,
  sections: [
    {
      title: '申请',
      fields: [
        { id: 'wish', label: '愿望', kind: 'text', required: true, compartment: 'internal' },
        { id: 'name', label: '姓名', kind: 'text', required: true, compartment: 'personal' },
        { id: 'say', label: '推荐意见', kind: 'longtext', compartment: 'internal' },
      ],
    },
  ],
})

const needsTwo: Reason = {
  code: 'two-players',
  effect: 'refuse',
  message: '比赛须有两人',
  todo: '请再邀请一人',
  citations: [{ clause: 'club-2', cite: '《章程》第二条', duty: '两人比赛', layer: 'base' }],
}
const lateWarning: Reason = {
  ...needsTwo,
  code: 'late',
  effect: 'warn',
  message: '一般应在白天比赛',
  todo: '请改期',
}

const step = (id: string, facts: readonly Fact[], more: Partial<StepView>): StepView =>
  clubStep(id, [], {
    status: facts.some((f) => f.name === id && f.state === 'done')
      ? 'done'
      : facts.some((f) => f.name === id && f.state === 'begun')
        ? 'begun'
        : 'possible',
    ...more,
  })

const evaluate = (facts: readonly Fact[]): Evaluation => ({
  steps: [
    step('apply', facts, { documents: [{ type: 'application', required: true, done: false }] }),
    step('game', facts, {}),
    step('prize', facts, { endsBy: { name: 'prize-given', label: '颁奖' } }),
  ],
  duties: [],
  findings: [],
  keeping: [],
})

/** Two play; in the evening only with a reason. */
const against = (fact: Fact): Reason[] => {
  if (fact.name !== 'game' || fact.state !== 'begun') return []
  if ((fact.by ?? []).length < 2) return [needsTwo]
  return fact.at > '2026-03-02T18:00:00Z' ? [lateWarning] : []
}

const law = clubLaw({
  evaluate: ({ facts }) => evaluate(facts),
  against: (_, fact) => against(fact),
  document: (type) => (type === 'application' ? application : undefined),
  approvers: (type) => (type === 'application' ? ['handler', 'unit-head', 'agency-head'] : []),
  caseNumberFrom: 'application',
})

const actor = (personId: string, ...roles: Actor['roles']): Actor => ({
  userId: `u-${personId}`,
  personId,
  name: personId,
  roles,
  agencyId: 'club',
})
const ada: FactPerson = { personId: 'ada', name: 'ada', certNo: '420112001', certValidTo: '2027-01-01' }
const bob: FactPerson = { personId: 'bob', name: 'bob', certNo: '420112002', certValidTo: '2027-01-01' }
const players = actor('ada', 'officer')
const head = actor('carol', 'unit-head')
const chief = actor('dan', 'agency-head')

const as = (who: Actor, now = '2026-03-02T09:00:00Z'): CaseContext => {
  let n = 0
  return clubContext(now, who, {
    law,
    newId: () => `id-${(n += 1)}`,
    hash: (value) => JSON.stringify(value).length.toString(16).padStart(64, '0'),
    nextNumber: (word, date) => `${word}〔${date.slice(0, 4)}〕1号`,
  })
}

type Play = { state: CaseState; events: CaseEvent[] }
const begin: Play = { state: initialCase, events: [] }

/** Plays a decision; a refusal fails the test that did not expect it. */
const then = (play: Play, who: Actor, decide: (s: CaseState) => Decided): Play => {
  const decided = decide(play.state)
  if (isRefusal(decided)) throw new Error(JSON.stringify(decided.reasons))
  return {
    state: decided.reduce<CaseState>((s, e) => evolveCase(s, e, who), play.state),
    events: [...play.events, ...decided],
  }
}

const lead = {
  leadNo: '1',
  procedure: 'club',
  law: { base: 'club', overlays: [], settings: {} },
  source: 'report' as const,
  receivedAt: '2026-03-02T08:00:00Z',
  title: '入会',
  summary: '想打球',
}
const opened = then(begin, players, (s) => registerLead(s, lead, as(players)))
const types = (events: readonly CaseEvent[]): string[] => events.map((e) => e.type)
const codeOf = (d: Decided): string => (isRefusal(d) ? `${d.code}:${d.reasons[0]?.code}` : 'allowed')

describe('a case', () => {
  it('is registered once', () => {
    expect(types(opened.events)).toEqual(['LeadRegistered'])
    expect(codeOf(registerLead(opened.state, lead, as(players)))).toBe('duplicate:duplicate')
  })

  it('refuses a lead received in the future', () => {
    const future = { ...lead, receivedAt: '2026-03-02T10:00:00Z' }
    expect(codeOf(registerLead(initialCase, future, as(players)))).toBe('incomplete:incomplete')
  })
  it('is refused when what it tells of lies in the future', () => {
    const told = { ...lead, occurredAt: '2031-01-01T00:00:00Z' }
    expect(registerLead(initialCase, told, as(players))).toMatchObject({
      title: '填写的时间不对',
      reasons: [{ message: '发生时间晚于现在' }],
    })
  })

  it('refuses a step whose gate forbids it, with the clause', () => {
    const decided = beginStep(opened.state, { step: 'game', officers: [ada] }, as(players))
    expect(isRefusal(decided) && decided.reasons[0]?.citations[0]?.cite).toBe('《章程》第二条')
  })

  it('begins the same step when the gate holds', () => {
    const played = then(opened, players, (s) =>
      beginStep(s, { step: 'game', officers: [ada, bob] }, as(players)),
    )
    expect(types(played.events)).toEqual(['LeadRegistered', 'StepBegun'])
  })

  it('wants a stated reason where a rule only warns, and marks the event', () => {
    const late = as(players, '2026-03-02T20:00:00Z')
    const command = { step: 'game', officers: [ada, bob] }
    expect(codeOf(beginStep(opened.state, command, late))).toBe('incomplete:late')
    const played = then(opened, players, (s) => beginStep(s, { ...command, reason: '场地只有晚上空' }, late))
    const last = played.events.at(-1)
    expect(last?.type === 'WarningOverridden' && last.data.public.codes).toEqual(['late'])
  })

  it('completes a step only once and never before it began', () => {
    const played = then(opened, players, (s) =>
      beginStep(s, { step: 'game', officers: [ada, bob] }, as(players)),
    )
    const backwards = completeStep(played.state, { step: 'game', to: '2026-03-02T07:00:00Z' }, as(players))
    expect(codeOf(backwards)).toBe('incomplete:incomplete')
    const done = then(played, players, (s) => completeStep(s, { step: 'game' }, as(players)))
    expect(codeOf(completeStep(done.state, { step: 'game' }, as(players)))).toBe('wrong-state:wrong-state')
  })

  it('lets only the handlers carry it on once they are assigned', () => {
    const assigned = then(opened, players, () => [
      {
        type: 'HandlersAssigned',
        schemaVersion: 1,
        occurredAt: lead.receivedAt,
        data: { public: { count: 1 }, internal: { handlers: [bob] } },
      },
    ])
    expect(codeOf(beginStep(assigned.state, { step: 'game' }, as(players)))).toBe(
      'not-permitted:not-permitted',
    )
  })
})

describe('a step that an event ends', () => {
  it('is not reported as done by anybody, and says what ends it', () => {
    const outcome = completeStep(opened.state, { step: 'prize' }, as(players))
    expect(outcome).toMatchObject({ code: 'wrong-state', reasons: [{ todo: '“颁奖”之后自动完成' }] })
    expect(codeOf(beginStep(opened.state, { step: 'prize' }, as(players)))).toBe('allowed')
  })
})

describe('a record of which compartments were destroyed according to law', () => {
  const personal = { kind: 'person' as const, name: '张三' }
  const named: CaseEvent = {
    type: 'PartyNamed',
    schemaVersion: 1,
    occurredAt: lead.receivedAt,
    data: { public: { kind: 'person' }, personal },
  }
  const submit = { type: 'application', step: 'apply', data: { wish: '打球', name: '张三' } }
  const played = then(
    then(opened, players, () => [named]),
    players,
    (s) => submitDocument(s, submit, as(players)),
  )
  const left = (e: CaseEvent, kept: readonly string[]): CaseEvent =>
    ({
      ...e,
      data: Object.fromEntries(Object.entries(e.data).filter(([key]) => kept.includes(key))),
    }) as CaseEvent
  const fold = (kept: readonly string[]): CaseState =>
    played.events.reduce<CaseState>((s, e) => evolveCase(s, left(e, kept), players), initialCase)

  it('still tells its steps and papers, and no longer whom they concern', () => {
    const state = fold(['public', 'internal'])
    expect(state).toMatchObject({ kind: 'open', title: '入会', steps: { apply: 'begun' } })
    expect(JSON.stringify(state)).not.toContain('张三')
    expect(JSON.stringify(played.state)).toContain('张三')
  })
  it('still is a case when nothing but the public part is left', () => {
    expect(fold(['public'])).toMatchObject({ kind: 'open', leadNo: '1', title: '（已依法销毁）' })
  })
})

describe('a document', () => {
  const withHandler = then(opened, players, () => [
    {
      type: 'HandlersAssigned',
      schemaVersion: 1,
      occurredAt: lead.receivedAt,
      data: { public: { count: 1 }, internal: { handlers: [ada] } },
    },
  ])
  const submit = { type: 'application', step: 'apply', data: { wish: '打球', name: '张三' } }
  const submitted = then(withHandler, players, (s) => submitDocument(s, submit, as(players)))
  const approve = (play: Play, who: Actor) =>
    approveDocument(play.state, { documentId: 'id-1', opinion: '同意' }, as(who))

  it('begins its desk step, goes to record and carries the handler’s opinion', () => {
    expect(types(submitted.events).slice(2)).toEqual(['StepBegun', 'DocumentSubmitted', 'DocumentApproved'])
  })

  it('records what the handler says in the form as the handler’s approval, and not twice (zml-8-3)', () => {
    const data = { ...submit.data, say: '球打得好，建议接纳。' }
    const { events } = then(withHandler, players, (s) => submitDocument(s, { ...submit, data }, as(players)))
    const opinions = events.flatMap((e) => (e.type === 'DocumentApproved' ? [e.data.internal.opinion] : []))
    expect(opinions).toEqual(['球打得好，建议接纳。'])
    const paper = events.find((e) => e.type === 'DocumentSubmitted')
    expect(JSON.stringify(paper)).not.toContain('建议接纳')
    expect(submitted.events.at(-1)?.data.internal).toMatchObject({ opinion: '提请审批' })
  })

  it('keeps personal fields in the personal compartment', () => {
    const e = submitted.events.find((x) => x.type === 'DocumentSubmitted')
    expect(e?.type === 'DocumentSubmitted' && [e.data.internal.data, e.data.personal?.data]).toEqual([
      { wish: '打球' },
      { name: '张三' },
    ])
  })

  it('refuses to be submitted with a required field empty, and names it', () => {
    const decided = submitDocument(withHandler.state, { ...submit, data: { wish: '打球' } }, as(players))
    expect(codeOf(decided)).toBe('incomplete:form:name')
  })

  it('refuses an approver out of turn (zml-32-1)', () => {
    expect(codeOf(approve(submitted, chief))).toBe('not-permitted:not-permitted')
  })

  it('refuses that somebody approves a paper of their own (zml-32-2)', () => {
    const both = actor('ada', 'officer', 'unit-head')
    expect(codeOf(approve(submitted, both))).toBe('not-permitted:not-permitted')
  })

  it('is returned with a reason and comes back as a second version', () => {
    const returned = then(submitted, head, (s) =>
      returnDocument(s, { documentId: 'id-1', opinion: '请补充' }, as(head)),
    )
    const again = then(returned, players, (s) =>
      submitDocument(s, { ...submit, documentId: 'id-1' }, as(players)),
    )
    expect(again.state.kind === 'open' && again.state.documents['id-1']?.version).toBe(2)
  })

  const approved = then(
    then(submitted, head, (s) => approveDocument(s, { documentId: 'id-1', opinion: '同意' }, as(head))),
    chief,
    (s) => approveDocument(s, { documentId: 'id-1', opinion: '同意' }, as(chief)),
  )

  it('is issued with its number and numbers the case when the last signature is there', () => {
    expect(types(approved.events).includes('DocumentIssued')).toBe(false)
    const signed = then(approved, players, (s) =>
      signDocument(s, { documentId: 'id-1', role: 'party', name: '张三', strokes: '[]' }, as(players)),
    )
    expect(types(signed.events).slice(-3)).toEqual(['DocumentSigned', 'DocumentIssued', 'CaseNumbered'])
    expect(signed.state.kind === 'open' && signed.state.caseNo).toBe('会〔2026〕1号')
  })

  it('accepts a refusal to sign with its reason, and no signature without strokes (zml-11-9)', () => {
    const bare = signDocument(
      approved.state,
      { documentId: 'id-1', role: 'party', name: '张三' },
      as(players),
    )
    expect(codeOf(bare)).toBe('incomplete:incomplete')
    const refusal = { reason: '当事人拒绝签名', witnesses: ['李四'] }
    const refused = then(approved, players, (s) =>
      signDocument(s, { documentId: 'id-1', role: 'party', name: '张三', refusal }, as(players)),
    )
    expect(types(refused.events)).toContain('DocumentIssued')
  })

  it('is signed by whoever has an account in no session but their own', () => {
    const signAs = (user: { personId: string; name: string }) =>
      signDocument(
        approved.state,
        { documentId: 'id-1', role: 'party', by: { personId: user.personId }, user, strokes: '[]' },
        as(players),
      )
    const other = signAs({ personId: 'bob', name: '包勃' })
    expect(codeOf(other)).toBe('not-permitted:not-permitted')
    expect(isRefusal(other) && other.reasons[0]?.todo).toBe('请由包勃本人登录后签名')
    expect(codeOf(signAs({ personId: 'ada', name: '艾达' }))).toBe('allowed')
  })

  it('is not served before it is issued', () => {
    const serve = {
      documentId: 'id-1',
      mode: 'direct',
      servedAt: '2026-03-02T08:30:00Z',
      recipient: '张三',
      by: [ada],
      recordingIds: [],
    }
    expect(codeOf(serveDocument(approved.state, serve, as(players)))).toBe('wrong-state:wrong-state')
  })
})
