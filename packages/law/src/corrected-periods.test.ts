import { expect, it } from 'vitest'
import { realLaw } from '../../../test/law/real-law.ts'
import { evaluate } from './evaluate.ts'
import type { Fact } from './fact.ts'

const at = (day: string, hour = '10:00'): string => `2026-${day}T${hour}:00+08:00`
const paper = (ref: string, name: string, state: string, when: string, rest: Partial<Fact> = {}): Fact => ({
  kind: 'document',
  name,
  state,
  at: when,
  ref,
  ...rest,
})
const approval = (affectsRights: boolean): Fact[] => [
  paper('g', 'correction-approval', 'issued', at('03-20'), { about: 'd1', data: { affectsRights } }),
]
const record = (affectsRights: boolean): Fact[] => [
  paper('d1', 'penalty-decision', 'issued', at('03-16'), { data: { kinds: ['fine'], fine: '500000' } }),
  paper('d1', 'penalty-decision', 'served', at('03-16', '15:00'), { data: { mode: 'direct' } }),
  ...approval(affectsRights),
  paper('d2', 'penalty-decision', 'issued', at('03-23'), {
    about: 'd1',
    corrects: true,
    data: { kinds: ['fine'], fine: '300000' },
  }),
  paper('d2', 'penalty-decision', 'served', at('03-24'), {
    about: 'd1',
    corrects: true,
    data: { mode: 'mail' },
  }),
]
const effect: Fact[] = [
  {
    kind: 'event',
    name: 'document-corrected',
    at: at('03-24'),
    ref: 'd2',
    about: 'd1',
    data: { approvalId: 'g' },
  },
  paper('d1', 'penalty-decision', 'corrected', at('03-24'), { data: { by: 'd2' } }),
]
const asked = (facts: Fact[], when: string) => {
  const selection = { base: 'fengtai', overlays: [], national: 'on' as const }
  const told = evaluate(
    { procedure: 'penalty-ordinary', startedAt: at('03-01'), facts, selection },
    realLaw(),
    when,
  )
  const until = (code: string) => told.findings.find((f) => f.code === code)?.facts?.['until']
  return {
    payment: told.duties.find((d) => d.rule === 'payment')?.due?.slice(0, 10),
    service: told.duties.find((d) => d.rule === 'service')?.state,
    review: until('reconsideration-period'),
    suit: until('litigation-period'),
    // What proves a service of the correction is about the correction: nothing is asked twice.
    wrong: told.findings.filter((f) => f.code === 'mail-proof-missing').length,
  }
}
const first = { payment: '2026-03-31', service: 'met', review: '2026-05-15', suit: '2026-09-16', wrong: 1 }

it('016 (ft-29-2): periods run anew from the service of a correction that touches rights, once it has effect', () => {
  expect(asked(record(true), at('03-24', '12:00'))).toEqual(first)
  expect(asked([...record(true), ...effect], at('03-25'))).toEqual({
    payment: '2026-04-08',
    service: 'met',
    review: '2026-05-25',
    suit: '2026-09-24',
    wrong: 1,
  })
})
it('016 (ft-29-3): a correction that touches none leaves them as they were', () => {
  expect(asked([...record(false), ...effect], at('03-25'))).toEqual(first)
})
