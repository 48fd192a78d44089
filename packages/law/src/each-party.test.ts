import { expect, it } from 'vitest'
import { realLaw } from '../../../test/law/real-law.ts'
import { isProblem, selectLaw } from './combine.ts'
import { byParty } from './evaluate/each-party.ts'
import { timed } from './evaluate/world.ts'
import { evaluate, judge } from './evaluate.ts'
import type { Fact } from './fact.ts'

const at = (day: string, hour = '10:00'): string => `2026-${day}T${hour}:00+08:00`
const paper = (ref: string, name: string, state: string, when: string, data: Fact['data']): Fact => ({
  kind: 'document',
  name,
  state,
  at: when,
  ref,
  data,
})
const decision = (otherParties: string): Fact =>
  paper('d1', 'penalty-decision', 'issued', at('03-16'), { kinds: ['fine'], partyName: '甲', otherParties })
const served = (party: string, day: string, mode = 'direct'): Fact =>
  paper('d1', 'penalty-decision', 'served', at(day), { mode, party })
const paid = (day: string, data: Fact['data']): Fact => ({
  kind: 'event',
  name: 'penalty-paid',
  at: at(day),
  data,
})

const record = (facts: readonly Fact[]) => ({
  procedure: 'penalty-ordinary',
  startedAt: at('03-01'),
  facts,
  selection: { base: 'zoumaling', overlays: [], national: 'on' as const },
})
const asked = (facts: readonly Fact[], day: string) => {
  const told = evaluate(record(facts), realLaw(), at(day, '18:00'))
  const duties = (rule: string) =>
    told.duties
      .filter((d) => d.rule === rule)
      .map(({ id, what, state, due }) => ({ id, what, state, due: due?.slice(0, 10) }))
  const missing = told.steps.find((s) => s.id === 'service')?.missing ?? []
  return {
    service: duties('service'),
    payment: duties('payment'),
    review: told.findings.flatMap((f) => (f.code === 'reconsideration-period' ? [f.message] : [])),
    unserved: missing.flatMap((r) =>
      r.code === 'decision-not-served' ? [[r.message, r.facts?.['wanting']]] : [],
    ),
  }
}

it('pen-61: a decision on several is served once each of them has it; until then the duty names who is wanting, and its limit runs', () => {
  expect(asked([decision('乙、丙')], '03-16').service).toEqual([
    { id: 'service', what: '送达行政处罚决定书（还缺：甲、乙、丙）', state: 'open', due: '2026-03-25' },
  ])
  const begun: Fact = { kind: 'step', name: 'service', state: 'begun', at: at('03-17', '09:00') }
  const two = [decision('乙、丙'), begun, served('甲', '03-17'), served('丙', '03-18', 'mail')]
  expect(asked(two, '03-19')).toMatchObject({
    service: [{ id: 'service', what: '送达行政处罚决定书（还缺：乙）', state: 'open', due: '2026-03-25' }],
    // What is kept is the message: who is wanting stands beside it.
    unserved: [['决定书尚未送达', '还缺：乙']],
  })
  expect(asked(two, '03-26').service).toMatchObject([{ state: 'overdue' }])
  const all = [...two, served('乙', '03-20')]
  expect(asked(all, '03-20')).toMatchObject({
    service: [{ id: 'service', what: '送达行政处罚决定书', state: 'met', due: '2026-03-25' }],
    unserved: [],
  })
  expect(asked([...two, served('乙', '03-27')], '03-27').service).toMatchObject([{ state: 'met-late' }])
})

it('pen-67 rec-20: what a service starts, it starts for each party by their own, whatever the order of registering', () => {
  const facts = [decision('乙'), served('乙', '03-20'), served('甲', '03-17')]
  const told = asked(facts, '03-20')
  expect(told.payment).toEqual([
    { id: 'payment:1', what: '当事人缴纳罚款（甲）', state: 'open', due: '2026-04-01' },
    { id: 'payment:2', what: '当事人缴纳罚款（乙）', state: 'open', due: '2026-04-07' },
  ])
  expect(told.review).toEqual([
    '当事人可以申请行政复议（甲）至2026-05-18止',
    '当事人可以申请行政复议（乙）至2026-05-19止',
  ])
  expect(told.service).toMatchObject([{ state: 'met' }])
  const states = (more: Fact) => asked([...facts, more], '03-23').payment.map(({ state }) => state)
  expect(states(paid('03-23', { receiptNo: '1', party: '乙' }))).toEqual(['open', 'met'])
  expect(states(paid('03-23', { receiptNo: '1' }))).toEqual(['met', 'met'])
})

it('a second service of one party counts for nobody else, nor does one of somebody whom the paper does not name', () => {
  const again = [decision('乙'), served('甲', '03-17'), served('甲', '03-18'), served('丁', '03-19')]
  expect(asked(again, '03-19').service).toMatchObject([
    { what: '送达行政处罚决定书（还缺：乙）', state: 'open' },
  ])
})

it('pen-44: no decision before the notice has reached each party, and the statement runs from the last of them', () => {
  const notice = (state: string, day: string, data: Fact['data']) =>
    paper('n1', 'penalty-advance-notice', state, at(day), data)
  const given = [
    notice('issued', '03-02', {
      partyName: '甲',
      otherParties: '乙',
      rights: ['statement'],
      statementDays: 3,
    }),
    notice('served', '03-02', { mode: 'direct', party: '甲' }),
  ]
  const begin = (facts: Fact[], day: string) =>
    judge(record(facts), { kind: 'step', name: 'decision', state: 'begun', at: at(day) }, realLaw(), at(day))
      .filter((r) => ['decision-before-notice', 'decision-before-statement'].includes(r.code))
      .map((r) => [r.message, r.facts?.['wanting']])
  expect(begin(given, '03-12')).toEqual([
    ['尚未向当事人送达《行政处罚告知书》，不得作出处罚决定', '还缺：乙'],
  ])
  const both = [...given, notice('served', '03-09', { mode: 'direct', party: '乙' })]
  expect(begin(both, '03-12')).toHaveLength(1)
  expect(begin(both, '03-13')).toEqual([])
})

const receipt = (party: string, day: string, mode = 'direct'): Fact => ({
  ...paper('h1', 'service-receipt', 'submitted', at('03-20'), {
    mode,
    servedAt: at(day),
    party,
    receiverKind: 'self',
  }),
  about: 'd1',
})
const differs = (facts: readonly Fact[], fact: Fact) =>
  judge(record(facts), fact, realLaw(), at('03-20')).flatMap((r) =>
    r.code.endsWith('-differs') ? [r.code] : [],
  )

it('cpl-87 zml-21-1: the receipt of one who was served is measured by their service, also while another is wanting', () => {
  const begun = [decision('乙'), served('甲', '03-17')]
  expect(differs(begun, receipt('甲', '03-12'))).toEqual(['receipt-day-differs'])
  expect(differs(begun, receipt('甲', '03-17', 'leave'))).toEqual(['receipt-mode-differs'])
  expect(differs(begun, receipt('甲', '03-17'))).toEqual([])
  // Whoever was not yet served may have a receipt of any way and day; somebody whom the paper does not name may not.
  expect(differs(begun, receipt('乙', '03-19', 'leave'))).toEqual([])
  expect(differs(begun, receipt('丁', '03-19'))).toEqual(['receipt-day-differs'])
  // Nor does the receipt of the other, made first, let a wrong one of the first pass.
  const other = { ...receipt('乙', '03-19'), ref: 'h0' }
  expect(differs([...begun, other], receipt('甲', '03-12'))).toEqual(['receipt-day-differs'])
  const both = [...begun, served('乙', '03-19')]
  expect(differs(both, receipt('甲', '03-19'))).toEqual(['receipt-day-differs'])
  expect(differs(both, receipt('乙', '03-17'))).toEqual(['receipt-day-differs'])
  expect(differs(both, receipt('乙', '03-19'))).toEqual([])
})

it('cpl-87 zml-21-1: a service is measured by the receipt of the same party, first or last', () => {
  const before = (party: string, day: string, mode?: string) => ({
    ...receipt(party, day, mode),
    at: at('03-16', '12:00'),
  })
  const his = [decision('乙'), before('乙', '03-19', 'leave')]
  expect(differs(his, served('甲', '03-17'))).toEqual([])
  expect(differs(his, served('乙', '03-19', 'direct'))).toEqual(['service-mode-differs'])
  expect(differs(his, served('乙', '03-18', 'leave'))).toEqual(['receipt-day-differs'])
  const rest = [...his, served('甲', '03-17')]
  expect(differs(rest, served('乙', '03-19', 'direct'))).toEqual(['service-mode-differs'])
  expect(differs(rest, served('乙', '03-18', 'leave'))).toEqual(['receipt-day-differs'])
  expect(differs(rest, served('乙', '03-19', 'leave'))).toEqual([])
})

it('pen-67 pen-72: closing warns until each of several has paid', () => {
  const warned = (...payments: Fact[]) => {
    const facts = [decision('乙'), served('甲', '03-17'), served('乙', '03-17'), ...payments]
    const closing: Fact = { kind: 'step', name: 'closing', state: 'begun', at: at('04-10') }
    return judge(record(facts), closing, realLaw(), at('04-10')).some((r) => r.code === 'fine-unpaid')
  }
  expect(warned()).toBe(true)
  const one = paid('03-20', { receiptNo: '1', party: '甲' })
  expect(warned(one)).toBe(true)
  expect(warned(one, paid('03-21', { receiptNo: '2', party: '丁' }))).toBe(true)
  expect(warned(one, paid('03-21', { receiptNo: '2', party: '乙' }))).toBe(false)
  // Who says of nobody in particular pays for all, as of the duties.
  expect(warned(paid('03-20', { receiptNo: '1' }))).toBe(false)
})

it('a paper of one party knows no parts: ids, words and days stay as they are', () => {
  const told = asked([decision('无'), served('甲', '03-17')], '03-18')
  expect(told.service).toEqual([
    { id: 'service', what: '送达行政处罚决定书', state: 'met', due: '2026-03-25' },
  ])
  expect(told.payment).toEqual([{ id: 'payment', what: '当事人缴纳罚款', state: 'open', due: '2026-04-01' }])
  expect(told.review).toEqual(['当事人可以申请行政复议至2026-05-18止'])
  // Nor does it matter who is said to have received it.
  expect(asked([decision('无'), served('甲妻', '03-17')], '03-18')).toEqual(told)
})

it('where no text of the case says so, one service is enough (negative control)', () => {
  const states = (base: string, national: 'on' | 'off') => {
    const caseLaw = selectLaw(realLaw(), { base, overlays: [], national }, 'penalty-ordinary', at('03-01'))
    if (isProblem(caseLaw)) throw new Error(caseLaw.message)
    return byParty([decision('乙'), served('甲', '03-17')].map(timed), caseLaw, Date.parse(at('03-18'))).map(
      (f) => f.state,
    )
  }
  expect(states('pingxiang-scjg', 'off')).toEqual(['issued', 'served'])
  expect(states('pingxiang-scjg', 'on')).toEqual(['issued', 'served-in-part'])
})
