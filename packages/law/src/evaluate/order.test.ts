import { describe, expect, it } from 'vitest'
import { realLaw } from '../../../../test/law/real-law.ts'
import {
  caseOf,
  clausesIn,
  day,
  event,
  recording,
  step,
  throughNotice,
  two,
} from '../../../../test/law/timeline.ts'
import { canBegin, evaluate, judge } from '../evaluate.ts'

const law = realLaw()

describe('under national law alone', () => {
  const lead = [event('lead-registered', day('03-02', '09:00'), { data: { source: 'inspection' } })]
  const national = caseOf(lead, { selection: { base: 'national', overlays: [] } })
  const stopped = (id: string) => canBegin(evaluate(national, law, day('03-03')), id)

  it('pen-54: whoever inspects before filing is warned', () => {
    const begun = step('inspection', 'begun', day('03-03'), { by: [...two] })
    expect(judge(national, begun, law, day('03-03')).map((r) => [r.code, r.effect])).toContainEqual([
      'evidence-before-filing',
      'warn',
    ])
  })
  it.each(['closing', 'case-file', 'archiving'])('pen-47: a bare lead does not reach %s', (id) => {
    expect(stopped(id)).not.toEqual([])
  })
  it('pen-47: a bare lead is not archived', () => {
    const reasons = judge(national, event('case-archived', day('03-03')), law, day('03-03'))
    expect(reasons.map((r) => [r.code, r.effect])).toContainEqual(['archive-before-file', 'refuse'])
    expect(clausesIn(reasons)).toContain('pen-47')
  })
  it('filing itself may begin (negative control)', () => {
    expect(stopped('filing')).toEqual([])
  })
})

describe('a time that lies too early', () => {
  const filed = caseOf(throughNotice.filed)
  const begunAt = (at: string) => step('inspection', 'begun', at, { by: [...two] })

  it('zml-8-1: is named, when filing was approved meanwhile', () => {
    const [reason] = judge(filed, begunAt(day('03-03', '09:00')), law, day('03-04'))
    expect(reason?.message).toBe('所填时间是2026年3月3日9时00分，当时立案尚未批准，不能进入调查取证')
    expect(reason?.todo).toContain('核对时间')
  })
  it('zml-8-1: is not, when filing is not approved yet', () => {
    const [reason] = judge(caseOf(throughNotice.accepted), begunAt(day('03-03', '09:00')), law, day('03-04'))
    expect(reason?.message).toBe('立案尚未批准，不能进入调查取证')
  })
})

it('what lies ahead is named in words and by China time', () => {
  const later = recording('general-enforcement', 'made', '2026-03-04T09:06:46Z', { step: 'inspection' })
  const { findings } = evaluate(caseOf([...throughNotice.filed, later]), law, day('03-04'))
  const said = findings.find((f) => f.code === 'fact-in-future')?.message
  expect(said).toMatch(/^音像“[\p{Script=Han}、，（）]+”的时间（2026年3月4日17时06分）晚于现在，未予采用$/u)
})
