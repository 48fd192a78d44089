import { DocumentDefinition } from '@liuhen/law/document-definition'
import type { Citation, Reason } from '@liuhen/law/evaluation'
import type { Fact } from '@liuhen/law/fact'
import { expect, test } from 'vitest'
import { clubContext, clubEvent, clubLaw, clubLead } from '../../../../test/club.ts'
import type { CaseContext } from '../case/context.ts'
import type { CaseEvent } from '../case/events.ts'
import { factsOf } from '../case/facts.ts'
import { type CaseState, evolveCase, growingFacts, initialCase, personOf } from '../case/state.ts'
import type { Actor } from '../event.ts'
import { isRefusal } from '../refusal.ts'
import { signDocument } from './decide.ts'
import { lastSent, onItsWay } from './on-its-way.ts'
import { retractService } from './retract-service.ts'
import { serveDocument } from './serve.ts'
import { unservedOf } from './unserved.ts'

/** A tennis club sends letters to its players. */
const now = '2026-03-02T09:30:00Z'
const person = (personId: string, ...roles: Actor['roles']): Actor => ({
  userId: `u-${personId}`,
  personId,
  name: personId,
  roles,
  agencyId: 'club',
})
const ada = person('ada', 'officer')
const hal = person('hal', 'unit-head')
const letter = DocumentDefinition.parse({
  id: 'letter',
  name: '信',
  effectiveFrom: '2020-01-01',
  requiredBy: [],
  audience: 'main',
  served: true,
  signatures: [
    { role: 'party', label: '收信人', refusable: true, receives: true },
    { role: 'officer', label: '执法人员' },
  ],
  sections: [{ title: '正文', fields: [{ id: 'text', label: '正文', kind: 'text' }] }],
})
const pen61: Citation = { clause: 'pen-61', cite: '第六十一条', duty: '送达', layer: 'national' }
const SENDS: Record<string, object> = {
  posted: { sends: 'mail', numbered: 'mailNo' },
  hung: { sends: 'public-notice' },
  lost: { means: 'not-served' },
}
const under = (actor: Actor, against: (fact: Fact) => readonly Reason[] = () => []): CaseContext =>
  clubContext(now, actor, {
    law: clubLaw({
      against: (_question, fact) => against(fact),
      document: () => letter,
      event: (name) => SENDS[name],
      retraction: { posts: ['unit-head'], citations: [pen61] },
    }),
  })
const at = clubEvent('2026-03-02T09:00:00Z')

const submitted: CaseEvent[] = [
  at('HandlersAssigned', {
    public: { count: 1 },
    internal: { handlers: [{ personId: 'ada', name: 'ada' }] },
  }),
  at('DocumentSubmitted', {
    public: { documentId: 'd', type: 'letter', step: 'write', version: 1, dataHash: '0' },
    internal: { data: {} },
  }),
]
const fold = (events: readonly CaseEvent[]) => {
  const join = growingFacts()
  const s = events.reduce<CaseState>(
    (state, e) => evolveCase(state, e, ada, join),
    evolveCase(initialCase, clubLead('2026-03-01T08:00:00Z'), ada),
  )
  if (s.kind === 'none') throw new Error('no case')
  return s
}
const decided = (d: ReturnType<typeof signDocument>): CaseEvent[] => {
  if ('refused' in d) throw new Error(JSON.stringify(d.reasons))
  return [...d]
}

const signed = (events: readonly CaseEvent[], c: object, ctx = under(ada)) =>
  signDocument(fold(events), { documentId: 'd', role: 'party', name: '张三', strokes: '[]', ...c }, ctx)
const byOfficer = (events: readonly CaseEvent[], ctx = under(ada)) => {
  const { personId = '', name } = ada
  const by = { personId, name, as: 'officer' }
  return decided(
    signDocument(
      fold(events),
      { documentId: 'd', role: 'officer', by, strokes: '[]', roles: ['officer'] },
      ctx,
    ),
  )
}

test('pen-61 cmp-24 who signed with the paper in hand has it, since it was issued', () => {
  const first = decided(signed(submitted, { handedOver: true }))
  expect(first.map((e) => e.type)).toEqual(['DocumentSigned'])
  const then = byOfficer([...submitted, ...first])
  expect(then.map((e) => e.type)).toEqual(['DocumentSigned', 'DocumentIssued', 'DocumentServed'])
  expect(then[2]?.data).toMatchObject({
    public: { mode: 'direct', servedAt: now },
    internal: { by: [{ personId: 'ada', as: 'officer' }] },
    personal: { recipient: '张三' },
  })
})

test('whoever says otherwise, refuses, or signs elsewhere has nothing in hand', () => {
  const otherwise = decided(signed(submitted, { handedOver: false }))
  expect(byOfficer([...submitted, ...otherwise]).map((e) => e.type)).not.toContain('DocumentServed')
  const refused = signed(submitted, {
    strokes: undefined,
    handedOver: true,
    refusal: { reason: '走开了', witnesses: [] },
  })
  expect(isRefusal(refused)).toBe(true)
})

test('where the law says anything against the service, it is left to be told; the signature stands', () => {
  const early: Reason = { code: 'x', effect: 'refuse', message: '缺', todo: '补', citations: [] }
  const ctx = under(ada, (fact) => (fact.state === 'served' ? [early] : []))
  const first = decided(signed(submitted, { handedOver: true }, ctx))
  expect(byOfficer([...submitted, ...first], ctx).map((e) => e.type)).toEqual([
    'DocumentSigned',
    'DocumentIssued',
  ])
})

const issued: CaseEvent[] = [
  ...submitted,
  at('DocumentIssued', {
    public: { documentId: 'd', type: 'letter', issuedOn: '2026-03-02', dataHash: '0' },
  }),
]
const serve = (events: readonly CaseEvent[], mode: string, recipient = '张三') =>
  decided(
    serveDocument(
      fold(events),
      { documentId: 'd', mode, servedAt: '2026-03-02T09:10:00Z', recipient, by: [], recordingIds: [] },
      under(ada),
    ),
  )
const servedTwice = (): CaseEvent[] => {
  const once = [...issued, ...serve(issued, 'mail', '李四')]
  return [...once, ...serve(once, 'direct')]
}
const retract = (events: readonly CaseEvent[], serving: number, actor = hal, reason = '日期写错') =>
  retractService(fold(events), { documentId: 'd', serving, reason }, under(actor))
const servicesIn = (events: readonly CaseEvent[]) =>
  fold(events)
    .facts.filter((f) => f.state === 'served')
    .map((f) => f.data?.['mode'])

test('a service that was registered wrongly counts no more and stays to be seen', () => {
  const taken = decided(retract(servedTwice(), 0))
  expect(taken).toMatchObject([
    {
      type: 'DocumentServiceRetracted',
      data: {
        public: { documentId: 'd', serving: 0, remaining: 1 },
        internal: { by: { personId: 'hal' }, reason: '日期写错' },
      },
    },
  ])
  const after = [...servedTwice(), ...taken]
  expect(servicesIn(after)).toEqual(['direct'])
  const doc = fold(after).documents['d']
  expect(doc?.served.map((one) => one.no)).toEqual([1])
  expect(doc?.retracted).toMatchObject([{ no: 0, mode: 'mail', retracted: { reason: '日期写错' } }])
  // The next one is the third, whatever counts.
  const third = [...after, ...serve(after, 'leave')]
  expect(fold(third).documents['d']?.served.map((one) => one.no)).toEqual([1, 2])
  const rest = [...third, ...decided(retract(third, 2))]
  expect(servicesIn(rest)).toEqual(['direct'])
})

test('it is taken back by a head who does not handle the case, once, and with a reason', () => {
  expect(retract(servedTwice(), 0, ada)).toMatchObject({
    code: 'not-permitted',
    reasons: [{ citations: [pen61] }],
  })
  // Of the heads, those of the posts that the law's data names.
  expect(retract(servedTwice(), 0, person('dan', 'deputy-head'))).toMatchObject({ code: 'not-permitted' })
  expect(retract(servedTwice(), 0, person('ada', 'officer', 'unit-head'))).toMatchObject({
    code: 'not-permitted',
  })
  expect(retract(servedTwice(), 7)).toMatchObject({ code: 'wrong-state' })
  expect(retract(servedTwice(), 0, hal, ' ')).toMatchObject({ code: 'incomplete' })
  const after = [...servedTwice(), ...decided(retract(servedTwice(), 0))]
  expect(retract(after, 0)).toMatchObject({ code: 'wrong-state' })
  expect(retract(issued, 0)).toMatchObject({ code: 'wrong-state' })
})

const noted = (name: string, data: object = {}): CaseEvent =>
  at('FactNoted', {
    public: { name, at: '2026-03-02T09:05:00Z', ref: name },
    internal: { about: 'd', data, by: [] },
  })
const way = (...events: readonly CaseEvent[]) => onItsWay(fold([...issued, ...events]), 'd', under(ada).law)

test('cpl-91 a posted paper is on its way until it is served or came back', () => {
  const posted = noted('posted', { mailNo: 'XA1' })
  expect(way()).toBeUndefined()
  expect(way(posted)).toMatchObject({ mode: 'mail', ref: 'posted', data: { mailNo: 'XA1' } })
  // Nobody was at home when it was brought by hand: the letter still goes.
  expect(way(posted, noted('lost', { mode: 'direct' }))).toMatchObject({ mode: 'mail' })
  expect(way(posted, noted('lost', { mode: 'mail' }))).toBeUndefined()
  expect(way(posted, noted('lost', { mode: 'mail' }), noted('hung'))).toMatchObject({ mode: 'public-notice' })
  const events = [...issued, posted]
  const arrived = [...events, ...serve(events, 'mail')]
  expect(onItsWay(fold(arrived), 'd', under(ada).law)).toBeUndefined()
  expect(lastSent(fold(arrived), 'd', under(ada).law)).toMatchObject({ arrived: true })
  // A service that was registered too early and taken back leaves it on its way.
  const back = [...arrived, ...decided(retract(arrived, 0))]
  expect(onItsWay(fold(back), 'd', under(ada).law)).toMatchObject({ mode: 'mail' })
})

test('cpl-91 letters of one paper are told apart by their numbers', () => {
  const [a, b] = ['XA1', 'XB2'].map((mailNo) => noted('posted', { mailNo }))
  if (a === undefined || b === undefined) throw new Error('no letters')
  expect(way(a, b, noted('lost', { mode: 'mail', mailNo: 'XA1' }))).toMatchObject({ data: { mailNo: 'XB2' } })
  expect(way(a, b, noted('lost', { mode: 'mail', mailNo: 'XB2' }))).toMatchObject({ data: { mailNo: 'XA1' } })
  expect(way(a, b, noted('lost', { mode: 'mail' }))).toBeUndefined()
  const s = fold([...issued, a, b])
  const receipt = { kind: 'document', name: 'receipt', state: 'submitted', about: 'd', at: now } as const
  const told = (mailNo: string) => ({ ...receipt, data: { mailNo } })
  const served = { kind: 'document', name: 'letter', state: 'served', ref: 'd', at: now } as const
  const { law } = under(ada)
  const one = { facts: [...s.facts, told('XA1'), served] }
  expect(onItsWay(one, 'd', law)).toMatchObject({ data: { mailNo: 'XB2' } })
  expect(onItsWay({ facts: [...one.facts, told('XB2'), served] }, 'd', law)).toBeUndefined()
})

test('of several on whom a paper is served, who has not received it is told', () => {
  const doc = (...recipients: string[]) => ({
    status: 'issued' as const,
    data: { one: '张三', others: '李四、王五' },
    served: recipients.map((recipient, no) => ({
      no,
      mode: 'direct',
      at: now,
      recipient,
      party: recipient,
      by: [],
    })),
  })
  const named = { servedOn: ['one', { list: 'others' }, 'none'] }
  expect(unservedOf(doc(), named)).toEqual(['张三', '李四', '王五'])
  expect(unservedOf(doc('李四'), named)).toEqual(['张三', '王五'])
  expect(unservedOf(doc('李四'), {})).toEqual([])
  const nobody = { ...doc('张三'), data: { one: '张三', others: ' 无 ' } }
  expect(unservedOf(nobody, named)).toEqual([])
})

test('a retraction leaves its own trace among the facts', () => {
  const s = fold(servedTwice())
  const [e] = decided(retract(servedTwice(), 1))
  expect(e && factsOf(e, personOf(hal), s)).toMatchObject([
    { kind: 'document', name: 'letter', state: 'service-retracted', ref: 'd', data: { reason: '日期写错' } },
  ])
})
