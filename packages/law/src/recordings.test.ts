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
  two,
} from '../../../test/law/timeline.ts'
import { evaluate, isRefused, judge } from './evaluate.ts'
import type { CaseRecord } from './evaluate.ts'
import type { Fact, FactPerson } from './fact.ts'

const law = realLaw()
/** Papers may be finished after the act; the question is asked in summer. */
const judged = (record: CaseRecord, fact: Fact) => judge(record, fact, law, day('06-30'))
const codes = (record: CaseRecord, fact: Fact): string[] => judged(record, fact).map((r) => r.code)

const inspection = (by: readonly FactPerson[], at = day('03-04', '09:00')) =>
  step('inspection', 'begun', at, { by: [...by] })

describe('what an inspection must leave behind', () => {
  const begun = [...throughNotice.filed, inspection(two)]
  const record = document('inspection-record', 'issued', day('03-04', '11:30'), {
    step: 'inspection',
    data: { certificateShown: true, rightsTold: true },
  })
  const video = (from: string, to: string, data = {}) =>
    recording('general-enforcement', 'made', day('03-04', to), {
      step: 'inspection',
      from: day('03-04', from),
      ref: `v${from}`,
      data: { medium: 'video', ...data },
    })
  const done = step('inspection', 'done', day('03-04', '11:00'), {
    from: day('03-04', '09:00'),
    to: day('03-04', '11:00'),
    by: [...two],
  })

  it('zml-11-2: refuses to finish without the written record', () => {
    const reasons = judged(caseOf([...begun, video('09:00', '11:00')]), done)
    expect(reasons.map((r) => r.code)).toEqual(['document-missing'])
    expect(clausesIn(reasons)).toContain('zml-11-2')
  })
  it('zml-6-1: a plain inspection without recording is marked, not refused (A20)', () => {
    const reasons = judged(caseOf([...begun, record]), done)
    expect(reasons).toMatchObject([{ code: 'recording-missing', effect: 'warn' }])
    expect(clausesIn(reasons)).toEqual(['zml-6-1'])
  })
  it('zml-15-1: a recording that cannot be played back counts for nothing', () => {
    const record2 = caseOf([...begun, record, video('09:00', '11:00', { playable: false })], {
      flags: ['dispute-prone'],
    })
    const reasons = judged(record2, done)
    expect(reasons.map((r) => r.code)).toContain('recording-missing')
    expect(reasons.find((r) => r.code === 'recording-missing')?.message).toContain('无法播放')
    const whole = caseOf([...begun, record, video('09:00', '11:00', { playable: true })])
    expect(codes(whole, done)).not.toContain('recording-missing')
  })
  it('zml-6-1: an agency may set that it is refused', () => {
    const strict = caseOf([...begun, record], { settings: { 'general-recording-missing': 'refuse' } })
    expect(isRefused(judged(strict, done))).toBe(true)
  })
  it('zml-15-1: a dispute-prone inspection without recording is refused', () => {
    const reasons = judged(caseOf([...begun, record], { flags: ['dispute-prone'] }), done)
    expect(clausesIn(reasons.filter((r) => r.effect === 'refuse'))).toEqual(['zml-15-1'])
  })
  it('zml-15-8: recording does not replace the document, nor the document the recording', () => {
    const flags = { flags: ['dispute-prone'] }
    expect(codes(caseOf([...begun, video('09:00', '11:00')], flags), done)).toEqual(['document-missing'])
    expect(codes(caseOf([...begun, record], flags), done)).toContain('recording-missing')
    expect(codes(caseOf([...begun, record, video('09:00', '11:00')], flags), done)).toEqual([])
  })
  it('zml-16-1: names the minutes that no recording covers', () => {
    const flags = { flags: ['dispute-prone'] }
    const reasons = judged(caseOf([...begun, record, video('09:00', '09:40')], flags), done)
    expect(reasons.find((r) => r.effect === 'refuse')).toMatchObject({
      code: 'recording-incomplete',
      facts: { uncoveredMinutes: 80 },
    })
  })
  it('zml-16-1: several segments cover together', () => {
    const parts = [video('09:40', '11:00'), video('09:00', '09:40')]
    expect(codes(caseOf([...begun, record, ...parts]), done)).toEqual([])
  })
  it('zml-6-3: with an objective reason the important parts suffice', () => {
    const limited = event('recording-limited', day('03-04', '10:50'), {
      step: 'inspection',
      data: { reason: '现场无光线' },
    })
    expect(codes(caseOf([...begun, record, video('09:00', '09:10'), limited]), done)).toEqual([])
  })
  it('zml-15-9: an exemption with its reason reaches what must be recorded', () => {
    const exempted = event('recording-exempted', day('03-04', '11:10'), {
      step: 'inspection',
      data: { reason: 'state-secret-etc' },
    })
    expect(codes(caseOf([...begun, record, exempted], { flags: ['dispute-prone'] }), done)).toEqual([])
    const other = { ...exempted, data: { reason: '忘记带设备' } }
    expect(codes(caseOf([...begun, record, other], { flags: ['dispute-prone'] }), done)).toContain(
      'recording-missing',
    )
  })
  it('pen-55 zml-10-1: refuses a record that does not say the certificate was shown', () => {
    const silent = { ...record, data: { certificateShown: false, rightsTold: true } }
    const reasons = judged(caseOf([...begun, silent, video('09:00', '11:00')]), done)
    expect(reasons.map((r) => r.code)).toEqual(['certificate-not-shown'])
    expect(clausesIn(reasons)).toEqual(['pen-55', 'zml-10-1'])
  })
  it('zml-18-1 zml-18-3: an interruption is explained aloud, or in writing before the file is made (S06)', () => {
    const broken = event('recording-interrupted', day('03-04', '09:20'), {
      step: 'inspection',
      ref: 'v1',
      from: day('03-04', '09:20'),
      to: day('03-04', '09:35'),
      data: { cause: '电量不足', spoken: false, abandoned: false },
    })
    const facts = [...begun, record, video('09:00', '09:20'), video('09:35', '11:00'), broken]
    expect(codes(caseOf(facts), done)).toEqual([])
    const findings = evaluate(caseOf(facts), law, day('03-05')).findings.filter(
      (f) => f.code === 'resumed-without-voice',
    )
    expect(clausesIn(findings)).toEqual(['zml-18-1'])
    const given = { ...broken, data: { cause: '设备损坏', spoken: false, abandoned: true } }
    const evaluation = evaluate(caseOf([...facts.slice(0, -1), given]), law, day('03-05'))
    const owed = evaluation.duties.filter((d) => d.rule.startsWith('interruption'))
    expect(owed.map((d) => [d.rule, d.state])).toEqual([
      ['interruption-report', 'open'],
      ['interruption-statement', 'open'],
    ])
    expect(clausesIn(owed)).toEqual(['zml-18-2', 'zml-18-3'])
    const archive = judged(caseOf([...facts.slice(0, -1), given]), event('case-archived', day('03-30')))
    expect(archive.map((r) => r.code)).toContain('interruption-unexplained')
  })
})

describe('service', () => {
  const issued = [
    ...throughNotice.noticed,
    document('penalty-decision', 'issued', day('03-20'), { ref: 'd', data: { kinds: ['fine'] } }),
  ]
  const served = (mode: string) =>
    document('penalty-decision', 'served', day('03-23'), { ref: 'd', step: 'decision', data: { mode } })
  const receipt = document('service-receipt', 'issued', day('03-23'), {
    step: 'service',
    ref: 'r',
    about: 'd',
  })
  const done = step('service', 'done', day('03-23', '16:00'), { by: [...two] })
  const film = (data: Fact['data']) =>
    recording('direct-service', 'made', day('03-23', '10:00'), {
      step: 'service',
      ref: 's',
      from: day('03-23', '09:50'),
      ...(data ? { data } : {}),
    })

  it('zml-21-7: refuses to serve a decision by e-mail (S07)', () => {
    const reasons = judged(caseOf(issued), served('electronic'))
    expect(clausesIn(reasons.filter((r) => r.code === 'decision-served-electronically'))).toEqual([
      'zml-21-7',
    ])
  })
  it('zml-21-7 pen-61: with the agency’s switch it needs the signed consent', () => {
    const settings = { 'electronic-decision-service': true }
    const traced = [
      ...issued,
      document('electronic-service-record', 'issued', day('03-21'), {
        about: 'decision',
        data: { arrivedAt: day('03-23'), onlineReview: '网上复议平台' },
      }),
    ]
    const byMail = { ...served('electronic'), ref: 'decision' }
    expect(codes(caseOf(traced, { settings }), byMail)).toEqual(['electronic-without-consent'])
    const consented = [...traced, event('electronic-consent', day('03-21'))]
    expect(codes(caseOf(consented, { settings }), byMail)).toEqual([])
  })
  it('zml-21-2: direct service without recording is not finished', () => {
    const reasons = judged(caseOf([...issued, served('direct'), receipt]), done)
    expect(reasons).toMatchObject([{ code: 'recording-missing', effect: 'refuse' }])
    expect(clausesIn(reasons)).toEqual(['zml-21-2'])
  })
  it('zml-21-2: the face alone is not enough, the title must be legible, too (S07)', () => {
    const reasons = judged(
      caseOf([...issued, served('direct'), receipt, film({ legibleFace: true, legibleTitle: false })]),
      done,
    )
    expect(reasons).toMatchObject([{ code: 'recording-unchecked', facts: { unchecked: '文书名称可辨' } }])
    expect(
      codes(
        caseOf([...issued, served('direct'), receipt, film({ legibleFace: true, legibleTitle: true })]),
        done,
      ),
    ).toEqual([])
  })
  it('zml-21-11: service by leaving it may go unrecorded in zoumaling, not in changzhi (czm-7-5)', () => {
    const facts = [...issued, served('leave'), receipt]
    expect(codes(caseOf(facts), done)).toEqual([])
    const reasons = judged(caseOf(facts, { selection: { base: 'changzhi-mzj', overlays: [] } }), done)
    expect(clausesIn(reasons)).toEqual(['czm-7-5'])
  })
})

describe('moments of an activity', () => {
  it('sjz-7-1: are told to be parts of it, so that nobody films them a second time; the whole is not', () => {
    const record = caseOf([...throughNotice.filed, inspection(two)], {
      selection: { base: 'shijiazhuang-aj', overlays: [] },
    })
    const view = evaluate(record, law, day('03-04', '11:00')).steps.find((s) => s.id === 'inspection')
    const parts = new Map(view?.recordings.map(({ scene, part }) => [scene, part]))
    expect(parts.get('landmark')).toBe(true)
    expect([...parts].filter(([, part]) => part === undefined).length).toBeGreaterThan(0)
  })
})

describe('scenes of a service that has yet to happen', () => {
  const step = (facts: readonly Fact[]) =>
    evaluate(caseOf(facts), law, day('03-20')).steps.find((s) => s.id === 'advance-notice')
  const modes = (facts: readonly Fact[]) =>
    step(facts)?.recordings.map(({ scene, strength, ahead }) => ({ scene, strength, ahead }))
  const ready = throughNotice.reported

  it('zml-21-2: are told beforehand, as what this mode will need, and hold nothing up', () => {
    expect(modes(ready)).toContainEqual({ scene: 'direct-service', strength: 'must', ahead: true })
    expect(step(ready)?.missing).toEqual([])
  })
  it('zml-21-2: are not spoken of any more once the mode is known', () => {
    expect(modes(throughNotice.noticed)).toEqual([])
  })
})
