import { describe, expect, it } from 'vitest'
import { realLaw } from '../../../../test/law/real-law.ts'
import { caseOf, day, document, step, throughNotice, two } from '../../../../test/law/timeline.ts'
import { evaluate, judge } from '../evaluate.ts'
import type { Fact } from '../fact.ts'

const law = realLaw()
const begun = [...throughNotice.filed, step('inspection', 'begun', day('03-04', '09:00'), { by: [...two] })]
const paper = (state: string, at: string, data?: Fact['data']) =>
  document('inspection-record', state, at, {
    ref: 'paper',
    step: 'inspection',
    ...(data === undefined ? {} : { data }),
  })
const whole = { certificateShown: true, rightsTold: true, officers: 2, certificateNote: '当场出示' }

describe('what a paper says', () => {
  const asked = (data: Fact['data']) =>
    judge(caseOf(begun), paper('submitted', day('03-04', '11:00'), data), law, day('03-04', '11:00'))

  it('pen-55 zml-14-1: is asked when it is submitted, not when the step ends', () => {
    const reasons = asked({ ...whole, rightsTold: false })
    expect(reasons.map((r) => [r.code, r.effect])).toEqual([['rights-not-told', 'refuse']])
    expect(asked({ ...whole, certificateShown: false, rightsTold: false })).toHaveLength(2)
  })
  it('is let through when it says what the law wants (negative control)', () => {
    expect(asked(whole)).toEqual([])
  })
})

describe('a voided paper', () => {
  const made = [
    ...begun,
    paper('submitted', day('03-04', '11:00'), whole),
    paper('issued', day('03-04', '11:30'), whole),
  ]
  const voided = [...made, paper('voided', day('03-04', '12:00'))]
  const isMade = (facts: readonly Fact[], at: string) =>
    evaluate(caseOf(facts), law, at)
      .steps.find((s) => s.id === 'inspection')
      ?.documents.find((d) => d.type === 'inspection-record')?.done

  it('counts as not made from then on', () => {
    expect(isMade(made, day('03-04', '13:00'))).toBe(true)
    expect(isMade(voided, day('03-04', '13:00'))).toBe(false)
    expect(isMade(voided, day('03-04', '11:45'))).toBe(true)
  })
  it('leaves its place to another', () => {
    const again = { ...paper('issued', day('03-04', '12:30'), whole), ref: 'second' }
    expect(isMade([...voided, again], day('03-04', '13:00'))).toBe(true)
  })
})
