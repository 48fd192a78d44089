import { describe, expect, test } from 'vitest'
import type { Fact } from '@liuhen/law/fact'
import { realLaw } from '../../../../test/law/real-law.ts'
import { day, document, recording, step, throughNotice, two } from '../../../../test/law/timeline.ts'
import { caseLaw, isUnbound } from '../law/case-law.ts'
import { stepCoverage } from './coverage.ts'

const now = day('06-30')
const startedAt = day('03-02')
const bound = caseLaw(realLaw(), {
  selection: { base: 'zoumaling', overlays: [], settings: {} },
  procedure: 'penalty-ordinary',
  startedAt,
  at: now,
})
if (isUnbound(bound)) throw new Error('the law is there')
const { law } = bound

const made = (from: string, to: string): Fact =>
  recording('general-enforcement', 'made', day('03-04', to), {
    step: 'inspection',
    from: day('03-04', from),
    to: day('03-04', to),
    ref: `v${from}`,
    data: { medium: 'video' },
  })
const inspection = [
  ...throughNotice.filed,
  step('inspection', 'begun', day('03-04', '09:00'), { by: [...two] }),
  document('inspection-record', 'issued', day('03-04', '11:30'), {
    step: 'inspection',
    data: { certificateShown: true, rightsTold: true },
  }),
  step('inspection', 'done', day('03-04', '11:00'), {
    from: day('03-04', '09:00'),
    to: day('03-04', '11:00'),
    by: [...two],
  }),
]
const ofInspection = (...films: Fact[]) =>
  stepCoverage(
    {
      law,
      now,
      state: { receivedAt: startedAt, facts: [...inspection, ...films], flags: ['dispute-prone'] },
    },
    { id: 'inspection', name: '现场检查' },
  )[0]

describe('the time of a step', () => {
  test('zml-16-1 that no film covers is named with its minutes and the clause', () => {
    const found = ofInspection(made('09:00', '09:40'), made('09:50', '10:30'))
    expect(found).toMatchObject({
      from: day('03-04', '09:00'),
      to: day('03-04', '11:00'),
      gaps: [
        { from: day('03-04', '09:40'), to: day('03-04', '09:50') },
        { from: day('03-04', '10:30'), to: day('03-04', '11:00') },
      ],
    })
    const cited = found?.reasons.flatMap((r) => r.citations.map((c) => c.clause)) ?? []
    expect(cited).toContain('zml-16-1')
    expect(found?.reasons.map((r) => r.facts?.['uncoveredMinutes'])).toContain(40)
  })

  test('that films cover together lacks nothing', () => {
    expect(ofInspection(made('09:00', '10:00'), made('10:00', '11:00'))).toMatchObject({
      gaps: [],
      reasons: [],
    })
  })

  test('for which nobody has filmed, where no text asks for the whole, says nothing', () => {
    const facts = [
      step('closing', 'begun', day('05-04', '09:00')),
      step('closing', 'done', day('05-04', '11:00'), {
        from: day('05-04', '09:00'),
        to: day('05-04', '11:00'),
      }),
    ]
    const state = { receivedAt: startedAt, facts, flags: [] }
    expect(stepCoverage({ law, now, state }, { id: 'closing', name: '结案' })).toEqual([])
  })
})
