import { describe, expect, it } from 'vitest'
import { realLaw } from '../../../test/law/real-law.ts'
import {
  caseOf,
  clausesIn,
  day,
  document,
  event,
  recording,
  step,
  throughNotice,
} from '../../../test/law/timeline.ts'
import { evaluate } from './evaluate.ts'
import type { Fact } from './fact.ts'
import type { LawSelection } from './law.ts'

const law = realLaw()
const dutyOf = (selection: LawSelection, facts: readonly Fact[], rule: string, now = day('12-01')) =>
  evaluate(caseOf(facts, { selection }), law, now).duties.find((d) => d.rule === rule)

describe('archive limits of five regulations from one day (S58)', () => {
  const ended = [event('act-ended', day('09-08')), step('closing', 'done', day('09-08'))]
  const alone = (base: string): LawSelection => ({ base, overlays: [], national: 'off' })
  it.each([
    ['zml-25-1', 'zoumaling', '2026-10-08'],
    ['czm-8-2', 'changzhi-mzj', '2026-10-08'],
    ['pxs-13-2', 'pingxiang-scjg', '2026-10-08'],
    ['sjz-18-1', 'shijiazhuang-aj', '2026-10-26'],
  ])('%s: %s by %s', (clause, base, due) => {
    const duty = dutyOf(alone(base), ended, 'archive', day('09-09'))
    expect(duty?.due?.slice(0, 10)).toBe(due)
    expect(clausesIn([duty!])).toEqual([clause])
  })
  it('ft-22-1: fengtai gives no number, and none is borrowed', () => {
    const duty = dutyOf(alone('fengtai'), ended, 'archive', day('09-09'))
    expect(duty).toMatchObject({ state: 'open', why: '文本未写日数（“及时”）' })
    expect(duty?.due).toBeUndefined()
  })
  it('ft-22-1: the agency may set one', () => {
    const settings = { 'case-archive-workdays': 20 }
    const record = caseOf(ended, { selection: alone('fengtai'), settings })
    expect(
      evaluate(record, law, day('09-09'))
        .duties.find((d) => d.rule === 'archive')
        ?.due?.slice(0, 10),
    ).toBe('2026-10-12')
  })
  it('sjz-18-1 waits for the closing, zml-25-1 for the end of the act (A15)', () => {
    const onlyEnded = [event('act-ended', day('01-20'))]
    expect(dutyOf(alone('zoumaling'), onlyEnded, 'archive')).toMatchObject({
      due: '2026-02-24T23:59:59.999+08:00',
    })
    expect(dutyOf(alone('shijiazhuang-aj'), onlyEnded, 'archive')?.due).toBeUndefined()
    const closed = [...onlyEnded, step('closing', 'done', day('01-20'))]
    expect(dutyOf(alone('shijiazhuang-aj'), closed, 'archive')).toMatchObject({
      due: '2026-03-09T23:59:59.999+08:00',
    })
  })
})

describe('a last day that several texts fix', () => {
  const ended = [event('act-ended', day('09-08')), step('closing', 'done', day('09-08'))]
  const under = (base: string, overlays: string[]): LawSelection => ({ base, overlays, national: 'off' })
  it('zml-25-1 czm-8-2: names every text that comes to it, and apart from them those that give more time (sjz-18-1) or no number (ft-22-1)', () => {
    const selection = under('zoumaling', ['changzhi-mzj', 'fengtai', 'shijiazhuang-aj'])
    const duty = dutyOf(selection, ended, 'archive', day('09-09'))
    expect(duty?.due).toBe('2026-10-08T23:59:59.999+08:00')
    expect(clausesIn([duty!])).toEqual(['zml-25-1', 'czm-8-2'])
    expect(duty?.later?.map(({ due, citations }) => [citations[0]?.clause, due])).toEqual([
      ['ft-22-1', undefined],
      ['sjz-18-1', '2026-10-26T23:59:59.999+08:00'],
    ])
  })
  it('jyg-3-1-5-5 gbf118-disclosure: seven workdays of both', () => {
    const decided = [document('penalty-decision', 'issued', day('02-10'))]
    const both = { ...under('zoumaling', ['jiayuguan-sxzd']), national: 'on' as const }
    const duty = dutyOf(both, decided, 'disclosure', day('02-11'))
    expect(clausesIn([duty!]).toSorted()).toEqual(['gbf118-disclosure', 'jyg-3-1-5-5'])
    expect(duty?.later).toBeUndefined()
  })
  it('an exception of one text moves the day of that text alone (A2)', () => {
    const away = recording('general-enforcement', 'made', day('03-10', '16:40'), {
      ref: 'v',
      data: { lateReason: '异地执法办案', returnedAt: day('03-14', '20:00') },
    })
    const duty = dutyOf(under('zoumaling', ['pingxiang-scjg']), [away], 'upload', day('03-20'))
    expect(duty?.due).toBe('2026-03-10T23:59:59.999+08:00')
    expect(clausesIn([duty!])).toEqual(['pxs-13-1'])
    expect(duty?.later).toMatchObject([{ citations: [{ clause: 'zml-25-5' }], due: day('03-15', '20:00') }])
  })
})

describe('uploading recordings', () => {
  const made = (data: Fact['data'] = {}) =>
    recording('general-enforcement', 'made', day('03-10', '16:40'), {
      ref: 'v',
      from: day('03-10', '15:00'),
      data,
    })
  const stored = (monthDay: string, time: string) =>
    recording('general-enforcement', 'stored', day(monthDay, time), { ref: 'v' })
  const upload = (base: string, facts: readonly Fact[]) =>
    dutyOf({ base, overlays: [] }, facts, 'upload', day('03-20'))

  it('zml-25-2: two workdays after it was made', () => {
    expect(upload('zoumaling', [made()])).toMatchObject({
      due: '2026-03-12T23:59:59.999+08:00',
      state: 'overdue',
    })
    expect(upload('zoumaling', [made(), stored('03-12', '23:00')])).toMatchObject({
      state: 'met',
      metBy: 'v',
    })
    expect(upload('zoumaling', [made(), stored('03-13', '08:00')])).toMatchObject({ state: 'met-late' })
  })
  it('zml-25-5: far away, 24 hours from the return, if that is later (A2)', () => {
    const away = made({ lateReason: '异地执法办案', returnedAt: day('03-14', '20:00') })
    const duty = upload('zoumaling', [away])
    expect(duty?.due).toBe(day('03-15', '20:00'))
    expect(clausesIn([duty!])).toEqual(['zml-25-5'])
  })
  it('zml-25-2: a return on the same day does not shorten the two workdays (A2)', () => {
    const near = made({ lateReason: '异地执法办案', returnedAt: day('03-10', '18:00') })
    expect(upload('zoumaling', [near])?.due).toBe('2026-03-12T23:59:59.999+08:00')
  })
  it('zml-25-5: without a registered return there is no exception date yet', () => {
    const duty = upload('zoumaling', [made({ lateReason: '异地执法办案' })])
    expect(duty?.due).toBeUndefined()
    expect(duty?.why).toContain('尚未登记')
  })
  it('ft-23-1 ft-23-2: the same day, or 24 hours with a reason (S29)', () => {
    expect(upload('fengtai', [made(), stored('03-10', '22:00')])).toMatchObject({ state: 'met' })
    const late = made({ lateReason: '特殊原因' })
    expect(upload('fengtai', [late, stored('03-11', '16:39')])).toMatchObject({ state: 'met' })
    expect(upload('fengtai', [late, stored('03-11', '16:41')])).toMatchObject({ state: 'met-late' })
    expect(upload('fengtai', [made(), stored('03-11', '16:39')])).toMatchObject({ state: 'met-late' })
  })
  it('sjz-16-1 sjz-17-1: 24 hours from the return, then two workdays to sort', () => {
    const facts = [made({ returnedAt: day('03-10', '18:00') }), stored('03-11', '10:00')]
    expect(upload('shijiazhuang-aj', facts)).toMatchObject({ due: day('03-11', '18:00'), state: 'met' })
    expect(dutyOf({ base: 'shijiazhuang-aj', overlays: [] }, facts, 'classify')).toMatchObject({
      due: '2026-03-13T23:59:59.999+08:00',
    })
  })
  it('zml-25-3: labels are owed once it is stored', () => {
    const facts = [made(), stored('03-11', '10:00')]
    expect(dutyOf({ base: 'zoumaling', overlays: [] }, facts, 'label')).toMatchObject({ state: 'open' })
    const labelled = [
      ...facts,
      recording('general-enforcement', 'described', day('03-11', '10:05'), { ref: 'v' }),
    ]
    expect(dutyOf({ base: 'zoumaling', overlays: [] }, labelled, 'label')).toMatchObject({ state: 'met' })
  })
})

describe('periods of the procedure', () => {
  const decided = [
    ...throughNotice.filed,
    document('penalty-decision', 'issued', day('03-20'), { ref: 'd', data: { kinds: ['fine'] } }),
    document('penalty-decision', 'served', day('03-23'), { ref: 'd', data: { mode: 'direct' } }),
  ]
  const zml: LawSelection = { base: 'zoumaling', overlays: [] }
  it('pen-60: ninety days from filing', () => {
    expect(dutyOf(zml, throughNotice.filed, 'decision', day('05-01'))).toMatchObject({
      due: '2026-06-01T23:59:59.999+08:00',
      state: 'open',
    })
    expect(dutyOf(zml, decided, 'decision')).toMatchObject({ state: 'met' })
  })
  it('pen-61: seven workdays to serve', () => {
    expect(dutyOf(zml, decided, 'service')).toMatchObject({
      due: '2026-03-31T23:59:59.999+08:00',
      state: 'met',
    })
  })
  it('pen-67: fifteen days to pay, only where there is a fine', () => {
    expect(dutyOf(zml, decided, 'payment', day('04-01'))).toMatchObject({
      due: '2026-04-07T23:59:59.999+08:00',
      state: 'open',
    })
    const warned = decided.map((f) =>
      f.state === 'issued' && f.name === 'penalty-decision' ? { ...f, data: { kinds: ['warning'] } } : f,
    )
    expect(dutyOf(zml, warned, 'payment')).toBeUndefined()
  })
  it('rec-20 lit-46: tells the party’s remedies with their last day', () => {
    const told = evaluate(caseOf(decided), law, day('03-24')).findings.filter((f) => f.severity === 'info')
    expect(told.map((f) => f.facts?.['until'])).toEqual(['2026-05-22', '2026-09-23'])
  })
  it('zml-7-4: a transfer is owed in three workdays across the Spring Festival, and late is only marked (S02)', () => {
    const lead = document('lead-record', 'issued', day('02-12'), {
      step: 'lead',
      data: { handling: 'transfer' },
    })
    const facts = [lead, event('lead-transferred', day('02-25'))]
    const record = caseOf(facts, { startedAt: day('02-12', '09:00') })
    const duty = evaluate(record, law, day('02-26')).duties.find((d) => d.id === 'lead-transfer')
    expect(duty).toMatchObject({ due: '2026-02-24T23:59:59.999+08:00', state: 'met-late', effect: 'warn' })
  })
  it('gt-4-4-1 gt-4-4-2: thirty days bind the service, too; fifteen to close (S56)', () => {
    const gt: LawSelection = { base: 'national', overlays: ['guotu-gongshi'] }
    const filed = document('filing-approval', 'issued', day('02-02'), { ref: 'f' })
    const facts = [
      filed,
      document('penalty-decision', 'issued', day('03-03')),
      document('penalty-decision', 'served', day('03-05')),
      step('performance', 'done', day('04-20')),
    ]
    const record = caseOf(facts, { selection: gt, startedAt: day('02-02') })
    const duties = evaluate(record, law, day('04-21')).duties
    expect(duties.find((d) => d.id === 'decide-and-serve')).toMatchObject({
      due: '2026-03-04T23:59:59.999+08:00',
      state: 'met-late',
      effect: 'warn',
    })
    expect(duties.find((d) => d.id === 'close-after-execution')).toMatchObject({
      target: '2026-05-05T23:59:59.999+08:00',
      due: '2026-05-06T23:59:59.999+08:00',
    })
  })
  it('an overdue duty may be excused with a reason, where the rule admits it', () => {
    const late = [
      ...throughNotice.filed,
      event('duty-excused', day('06-02'), { about: 'decision', data: { reason: '经批准延长' } }),
    ]
    expect(dutyOf(zml, late, 'decision', day('06-03'))).toMatchObject({ state: 'excused' })
  })
  it('says so when a date would fall beyond the loaded calendar', () => {
    const record = caseOf([document('penalty-decision', 'issued', day('12-28'))], { startedAt: day('12-01') })
    const evaluation = evaluate(record, law, day('12-29'))
    expect(evaluation.findings.filter((f) => f.code === 'calendar-not-loaded').length).toBeGreaterThan(0)
    expect(evaluation.duties.find((d) => d.id === 'service')?.due).toBeUndefined()
  })
})

describe('a duty that ends with the thing its opening fact is about', () => {
  const returned = event('service-failed', day('03-24'), {
    ref: 'e',
    about: 'd',
    data: { mode: 'mail', reason: '查无此人', failedOn: '2026-03-23' },
  })
  const served = (ref: string) => document('penalty-decision', 'served', day('03-26'), { ref })
  const alone: LawSelection = { base: 'zoumaling', overlays: [], national: 'off' }
  it('zml-21-5: is not met by serving something else', () => {
    expect(dutyOf(alone, [returned, served('other')], 'serve-otherwise', day('03-27'))?.state).toBe('open')
    expect(dutyOf(alone, [returned, served('d')], 'serve-otherwise', day('03-27'))?.state).toBe('met')
  })
})
