import { describe, expect, it } from 'vitest'
import { realLaw } from '../../../test/law/real-law.ts'
import {
  caseOf,
  clausesIn,
  day,
  document,
  event,
  step,
  throughNotice,
  two,
} from '../../../test/law/timeline.ts'
import { canBegin, evaluate, isRefused, judge } from './evaluate.ts'
import type { CaseRecord } from './evaluate.ts'
import type { Fact, FactPerson } from './fact.ts'

const law = realLaw()
/** Papers may be finished after the act; the question is asked in summer. */
const judged = (record: CaseRecord, fact: Fact) => judge(record, fact, law, day('06-30'))
const codes = (record: CaseRecord, fact: Fact): string[] => judged(record, fact).map((r) => r.code)

const [li, wang] = two
const inspection = (by: readonly FactPerson[], at = day('03-04', '09:00')) =>
  step('inspection', 'begun', at, { by: [...by] })

describe('who may inspect', () => {
  const filed = caseOf(throughNotice.filed)

  it('pen-42: refuses one officer alone', () => {
    const reasons = judged(filed, inspection([li]))
    expect(reasons.map((r) => r.code)).toEqual(['too-few-officers'])
    expect(clausesIn(reasons)).toContain('pen-42')
    expect(reasons[0]?.facts).toEqual({ count: 1 })
  })
  it('pen-42: the same officer twice is still one', () => {
    expect(codes(filed, inspection([li, li]))).toEqual(['too-few-officers'])
  })
  it('pen-42 zml-5-1: refuses an officer whose certificate expired the day before', () => {
    const expired = { ...wang, certValidTo: '2026-03-03' }
    const reasons = judged(filed, inspection([li, expired]))
    expect(reasons.map((r) => r.code)).toEqual(['certificate-invalid'])
    expect(reasons[0]?.message).toContain('王五')
    expect(clausesIn(reasons)).toEqual(['pen-42', 'zml-5-1'])
  })
  it('pen-42: a certificate is valid on its last day', () => {
    expect(codes(filed, inspection([li, { ...wang, certValidTo: '2026-03-04' }]))).toEqual([])
  })
  it('zml-5-1: refuses an officer without a certificate', () => {
    const { certNo: _, ...bare } = wang
    expect(codes(filed, inspection([li, bare]))).toEqual(['certificate-invalid'])
  })
  it('allows two officers with valid certificates after filing (negative control)', () => {
    expect(codes(filed, inspection(two))).toEqual([])
  })
  it('zml-8-1: refuses investigation before filing is approved (S03)', () => {
    const reasons = judged(caseOf(throughNotice.accepted), inspection(two))
    expect(clausesIn(reasons)).toEqual(['zml-8-1', 'pen-54'])
  })
  it('zml-8-2: lets an emergency begin before filing, and wants the papers in two days', () => {
    const reason = { reason: '现场物品即将被转移' }
    const started = { ...event('emergency-started', day('03-06', '20:00')), data: reason }
    const record = caseOf([...throughNotice.accepted, started])
    expect(codes(record, inspection(two, day('03-06', '20:30')))).toEqual([])
    const duty = evaluate(record, law, day('03-07')).duties.find((d) => d.id === 'emergency-filing')
    // 8 March 2026 is a Sunday.
    expect(duty).toMatchObject({
      state: 'open',
      target: '2026-03-08T23:59:59.999+08:00',
      due: '2026-03-09T23:59:59.999+08:00',
    })
    expect(clausesIn([duty!])).toEqual(['zml-8-2'])
  })
})

describe('a decision', () => {
  const decide = (at = day('03-30', '10:00')) => step('decision', 'begun', at, { by: [...two] })

  it('pen-44 pen-62 zml-14-1: is refused before the advance notice', () => {
    const reasons = judged(caseOf(throughNotice.reported), decide())
    expect(reasons.map((r) => r.code)).toEqual(['decision-before-notice'])
    expect(clausesIn(reasons)).toEqual(['pen-44', 'pen-62', 'zml-14-1'])
    expect(reasons[0]?.todo).toContain('行政处罚告知书')
  })
  it('pen-44: a document issued outside its step does not slip past the gate', () => {
    const out = document('penalty-decision', 'issued', day('03-30', '10:00'))
    expect(codes(caseOf(throughNotice.reported), out)).toContain('decision-before-notice')
  })
  it('pen-45 pen-62: is refused while the party may still speak', () => {
    expect(codes(caseOf(throughNotice.noticed), decide(day('03-12')))).toEqual(['decision-before-statement'])
  })
  it('pen-62: is allowed when the party gave up the right, or its days are over', () => {
    const waived = [...throughNotice.noticed, event('statement-waived', day('03-11'))]
    expect(codes(caseOf(waived), decide(day('03-12')))).toEqual([])
    // Notice served on Tuesday 10 March, three workdays: the 13th is the last day.
    expect(codes(caseOf(throughNotice.noticed), decide('2026-03-13T23:59:59+08:00'))).toEqual([
      'decision-before-statement',
    ])
    expect(codes(caseOf(throughNotice.noticed), decide('2026-03-14T00:00:00+08:00'))).toEqual([])
  })
  it('pen-45 zml-14-2: is refused before the statement was reviewed', () => {
    const spoken = [
      ...throughNotice.noticed,
      document('statement-record', 'issued', day('03-11'), { step: 'statement', data: { waived: false } }),
    ]
    const reasons = judged(caseOf(spoken), decide())
    expect(reasons.map((r) => r.code)).toEqual(['decision-before-statement-review'])
    expect(clausesIn(reasons)).toEqual(['pen-45', 'zml-14-2'])
  })
  it('pen-58: is refused before legal review where the case needs one', () => {
    const reasons = judged(caseOf(throughNotice.noticed, { flags: ['public-interest'] }), decide())
    expect(reasons.map((r) => r.code)).toEqual(['decision-before-review'])
    expect(clausesIn(reasons)).toContain('pen-58')
  })
  it('pen-57: is refused before deliberation where the case is grave', () => {
    const reviewed = [...throughNotice.noticed, step('legal-review', 'done', day('03-09'))]
    expect(codes(caseOf(reviewed, { flags: ['major-complex'] }), decide())).toEqual([
      'decision-before-deliberation',
    ])
  })
  it('pen-64: is refused within five workdays of a notice that offers a hearing', () => {
    const record = caseOf(throughNotice.noticed, { flags: ['hearing-required'] })
    const reviewed = { ...record, facts: [...record.facts, step('legal-review', 'done', day('03-09'))] }
    expect(codes(reviewed, decide('2026-03-17T12:00:00+08:00'))).toEqual(['decision-before-hearing-period'])
    expect(codes(reviewed, decide('2026-03-18T12:00:00+08:00'))).toEqual([])
  })
  it('zml-19-1: is refused without the approval of those in charge', () => {
    const issued = document('penalty-decision', 'issued', day('03-30'), { ref: 'd' })
    expect(codes(caseOf([...throughNotice.noticed, decide(day('03-29'))]), issued)).toEqual([
      'decision-not-approved',
    ])
  })
})

describe('legal review', () => {
  const review = (reviewer: FactPerson) =>
    step('legal-review', 'begun', day('03-08'), { by: [{ ...reviewer, as: 'reviewer' }] })
  const record = caseOf(throughNotice.reported, { flags: ['major-complex'] })

  it('zml-32-2: refuses a reviewer who handled the case', () => {
    const reasons = judged(record, review({ ...li, legalQualified: true }))
    expect(reasons.map((r) => r.code)).toEqual(['reviewer-is-handler'])
    expect(reasons[0]?.message).toContain('李四')
    expect(clausesIn(reasons)).toContain('zml-32-2')
  })
  it('zml-32-2: allows one who did not (negative control)', () => {
    expect(codes(record, review({ personId: 'z', name: '赵六', legalQualified: true }))).toEqual([])
  })
  it('pen-58: marks a reviewer without the qualification', () => {
    expect(judged(record, review({ personId: 'z' }))).toMatchObject([
      { code: 'reviewer-unqualified', effect: 'warn' },
    ])
  })
  it('pen-58: is not passed with an opinion that finds problems', () => {
    const problems = document('legal-review-opinion', 'issued', day('03-08'), {
      step: 'legal-review',
      data: { conclusion: 'problems' },
    })
    expect(
      codes({ ...record, facts: [...record.facts, problems] }, step('legal-review', 'done', day('03-09'))),
    ).toContain('review-not-passed')
  })
})

describe('approvals', () => {
  const approved = (rank: FactPerson['rank'], minute: string): Fact =>
    document('filing-approval', 'approved', day('03-03', `09:${minute}`), {
      ref: 'f',
      by: [{ personId: `p-${rank}`, rank }],
    })
  const submitted = document('filing-approval', 'submitted', day('03-03', '09:00'), { ref: 'f' })
  const start = [...throughNotice.accepted, submitted]

  it('zml-8-3 zml-32-1: refuses to pass over a rank (S03)', () => {
    const reasons = judged(caseOf([...start, approved('handler', '01')]), approved('agency-head', '02'))
    expect(reasons.map((r) => r.code)).toEqual(['approval-out-of-order'])
    expect(reasons[0]?.message).toContain('承办机构负责人')
    expect(clausesIn(reasons)).toContain('zml-8-3')
  })
  it('zml-8-1: refuses to issue before every rank has approved, and allows it then', () => {
    const issued = document('filing-approval', 'issued', day('03-03', '10:00'), { ref: 'f', step: 'filing' })
    const some = [...start, approved('handler', '01'), approved('unit-head', '02')]
    expect(codes(caseOf(some), issued)).toContain('filing-not-approved')
    expect(codes(caseOf([...some, approved('agency-head', '03')]), issued)).not.toContain(
      'filing-not-approved',
    )
  })
})

describe('preservation', () => {
  it('pen-56: refuses the notice before the head has approved', () => {
    const notice = document('preservation-notice', 'submitted', day('03-04'), {
      step: 'preservation',
      ref: 'n',
      data: { reason: '易转移', items: 3 },
    })
    const reasons = judged(caseOf(throughNotice.filed), notice)
    expect(reasons.map((r) => r.code)).toEqual(['preservation-without-approval'])
    const approval = document('preservation-approval', 'approved', day('03-03', '18:00'), {
      ref: 'a',
      by: [{ personId: 'h', rank: 'agency-head' }],
    })
    expect(codes(caseOf([...throughNotice.filed, approval]), notice)).toEqual([])
  })
  it('pen-56: seven workdays to dispose, and no closing before', () => {
    const notice = document('preservation-notice', 'issued', '2026-04-01T10:00:00+08:00', {
      step: 'preservation',
      ref: 'n',
    })
    const record = caseOf([...throughNotice.filed, notice])
    const duty = evaluate(record, law, '2026-04-20T10:00:00+08:00').duties.find(
      (d) => d.id === 'preservation-disposal',
    )
    // 清明 4–6 April is off: 2, 3, 7, 8, 9, 10, 13 April.
    expect(duty).toMatchObject({ due: '2026-04-13T23:59:59.999+08:00', state: 'overdue' })
    expect(codes(record, step('closing', 'begun', '2026-04-20T10:00:00+08:00'))).toContain(
      'closing-before-disposal',
    )
  })
})

describe('the whole', () => {
  it('says of every step what stands in the way, with citations', () => {
    const evaluation = evaluate(caseOf([]), law, day('03-02'))
    expect(evaluation.steps.map((s) => s.status)).toContain('blocked')
    for (const s of evaluation.steps)
      for (const reason of s.before) expect(reason.citations.length).toBeGreaterThan(0)
    expect(canBegin(evaluation, 'decision').length).toBeGreaterThan(1)
    expect(canBegin(evaluation, 'lead')).toEqual([])
  })
  it('finds a decision that was made before its notice', () => {
    const facts = [...throughNotice.reported, step('decision', 'begun', day('03-30'))]
    const found = evaluate(caseOf(facts), law, day('03-31')).findings.filter(
      (f) => f.code === 'decision-before-notice',
    )
    expect(found).toMatchObject([{ severity: 'error', facts: { at: day('03-30') } }])
  })
  it('never throws on odd facts, and says which it left out', () => {
    const odd: Fact[] = [
      { kind: 'event', name: 'x', at: 'yesterday' },
      { kind: 'document', name: 'no-such', state: 'flying', at: day('03-02') },
      { kind: 'step', name: 'no-such', state: 'done', at: day('03-02') },
      { kind: 'recording', name: '*', at: day('03-02'), from: day('03-03'), to: day('03-01') },
      { kind: 'event', name: 'act-ended', at: '2030-01-01T00:00:00Z' },
    ]
    const found = evaluate(caseOf(odd), law, day('03-05')).findings.map((f) => f.code)
    expect(found).toEqual(
      expect.arrayContaining(['fact-without-time', 'interval-reversed', 'fact-in-future']),
    )
  })
  it('refuses where the law of the case cannot be found', () => {
    const record = caseOf([], { selection: { base: 'atlantis', overlays: [] } })
    expect(evaluate(record, law, day('03-02')).findings).toMatchObject([{ code: 'unknown-pack' }])
    expect(isRefused(judged(record, step('lead', 'begun', day('03-02'))))).toBe(true)
  })
})

describe('who handles a case', () => {
  const assigned = (by: readonly FactPerson[]) =>
    event('handlers-assigned', day('03-02', '09:30'), { by: by.map((p) => ({ ...p, as: 'handler' })) })
  const accepted = caseOf(throughNotice.accepted)

  it('pen-42: refuses one handler alone', () => {
    expect(codes(accepted, assigned([li]))).toEqual(['handlers-too-few'])
  })
  it('pen-42 zml-5-1: refuses a handler whose certificate has expired', () => {
    const expired = { ...wang, certValidTo: '2026-03-01' }
    expect(codes(accepted, assigned([li, expired]))).toEqual(['handler-certificate-invalid'])
  })
  it('allows two with valid certificates (negative control)', () => {
    expect(codes(accepted, assigned(two))).toEqual([])
  })
})

describe('the view of a step', () => {
  const view = (id: string, facts: readonly Fact[]) =>
    evaluate(caseOf(facts), law, day('06-30')).steps.find((s) => s.id === id)
  it('zml-25-1: names the event that ends it, where nobody reports it as done', () => {
    expect(view('archiving', [])?.endsBy?.name).toBe('case-archived')
    expect(view('closing', [])?.endsBy).toBeUndefined()
  })
  it('says when its occurrence began', () => {
    const begun = [...throughNotice.filed, inspection(two)]
    expect(Date.parse(view('inspection', begun)?.begunAt ?? '')).toBe(Date.parse(day('03-04', '09:00')))
    expect(view('inspection', throughNotice.filed)?.begunAt).toBeUndefined()
  })
})
