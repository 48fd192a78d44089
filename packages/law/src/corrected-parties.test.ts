import { expect, it } from 'vitest'
import { realLaw } from '../../../test/law/real-law.ts'
import { evaluate } from './evaluate.ts'
import type { Fact } from './fact.ts'

const at = (day: string, hour = '10:00'): string => `2026-${day}T${hour}:00+08:00`
const paper = (
  ref: string,
  state: string,
  day: string,
  data: Fact['data'],
  more: Partial<Fact> = {},
): Fact => ({
  kind: 'document',
  name: 'penalty-decision',
  state,
  at: at(day),
  ref,
  data,
  ...more,
})
const decision = (otherParties: string): Fact =>
  paper('d1', 'issued', '03-16', { kinds: ['fine'], partyName: '甲', otherParties })
const served = (day: string, party?: string): Fact =>
  paper('d1', 'served', day, party === undefined ? { mode: 'direct' } : { mode: 'direct', party })
/** A correction of the decision, served on 03-20, when it takes effect. */
const corrected = (otherParties: string, parties: readonly string[]): Fact[] => {
  const of = { about: 'd1', corrects: true as const }
  return [
    paper('d2', 'issued', '03-19', { kinds: ['fine'], partyName: '甲', otherParties }, of),
    ...parties.map((party) => paper('d2', 'served', '03-20', { mode: 'direct', party }, of)),
    paper('d1', 'corrected', '03-20', { by: 'd2' }),
  ]
}
const record = (facts: readonly Fact[], procedure = 'penalty-ordinary') => ({
  procedure,
  startedAt: at('03-01'),
  facts,
  selection: { base: 'fengtai', overlays: [], national: 'on' as const },
})
const asked = (facts: readonly Fact[], day = '04-20') => {
  const told = evaluate(record(facts), realLaw(), at(day, '18:00'))
  const duties = (rule: string) =>
    told.duties.flatMap((d) => (d.rule === rule ? [`${d.what} ${d.state} ${d.due?.slice(0, 10)}`] : []))
  return {
    service: duties('service').map((said) => said.replace('送达行政处罚决定书', '').replace(/ \S+$/, '')),
    payment: duties('payment').map((said) => said.replace('当事人缴纳罚款', '')),
  }
}

it('who was taken out by a correction is owed no service any more; until then they are', () => {
  const facts = [decision('乙'), served('03-17', '甲'), ...corrected('无', [])]
  expect(asked(facts, '03-19').service).toEqual(['（还缺：乙） open'])
  expect(asked(facts)).toEqual({ service: [' met'], payment: ['（甲） overdue 2026-04-01'] })
  // Nor does what reached them begin anything, or count for who stays.
  const wrong = [decision('乙'), served('03-18', '乙'), ...corrected('无', [])]
  expect(asked(wrong)).toEqual({ service: ['（还缺：甲） overdue'], payment: [] })
})
it('who was renamed is the same party: the service and its days stay, also what was paid under the old name', () => {
  const facts = [
    decision('乙'),
    served('03-17', '甲'),
    served('03-18', '乙'),
    ...corrected('乙一', ['甲', '乙一']),
  ]
  expect(asked(facts)).toEqual({
    service: [' met'],
    payment: ['（甲） overdue 2026-04-01', '（乙一） overdue 2026-04-02'],
  })
  const paid: Fact = {
    kind: 'event',
    name: 'penalty-paid',
    at: at('03-19'),
    data: { receiptNo: '1', party: '乙' },
  }
  expect(asked([...facts, paid]).payment).toEqual(['（甲） overdue 2026-04-01', '（乙一） met 2026-04-02'])
})
it('who was added, or was still wanting, has it with the service of the correction', () => {
  const facts = [decision('无'), served('03-17'), ...corrected('乙', ['甲', '乙'])]
  expect(asked(facts, '03-19').service).toEqual([' met'])
  expect(asked(facts)).toEqual({
    service: [' met'],
    payment: [' overdue 2026-04-01', '（乙） overdue 2026-04-07'],
  })
  expect(asked([decision('无'), served('03-17'), ...corrected('乙', ['甲'])]).service).toEqual([
    '（还缺：乙） overdue',
  ])
  const wanting = [decision('乙'), served('03-17', '甲'), ...corrected('乙', ['甲', '乙'])]
  expect(asked(wanting)).toEqual({
    service: [' met'],
    payment: ['（甲） overdue 2026-04-01', '（乙） overdue 2026-04-07'],
  })
})
it('an older paper whose one field holds two names, and one with words for nothing, are served once', () => {
  const old = paper('d1', 'issued', '03-16', { kinds: ['fine'], partyName: '张三、李四' })
  const one = { service: [' met'], payment: [' overdue 2026-04-01'] }
  expect(asked([old, served('03-17')])).toEqual(one)
  for (const nobody of ['/', '-', '无', '没有'])
    expect(asked([decision(nobody), served('03-17')])).toEqual(one)
  const firm = paper('d1', 'issued', '03-16', { kinds: ['fine'], partyName: 'Foo Trading Co., Ltd.' })
  expect(asked([firm, served('03-17')])).toEqual(one)
})
it('a service that says nobody, as those on record from before did, serves the paper, on whomever it was', () => {
  const adjudication = (facts: readonly Fact[]) => {
    const told = evaluate(
      record(
        facts.map((f) => ({ ...f, name: 'adjudication-decision' })),
        'adjudication',
      ),
      realLaw(),
      at('03-30'),
    )
    return {
      service: told.duties.flatMap((d) => (d.rule.includes('service') ? [[d.what, d.state]] : [])),
      review: told.findings.flatMap((f) => (f.code === 'reconsideration-period' ? [f.message] : [])),
    }
  }
  const text = { partyName: '甲', respondentName: '乙', thirdParties: '丙' }
  // As a paper of which nobody is told reads, whatever its kind names.
  const before = adjudication([paper('d1', 'issued', '03-16', {}), served('03-17'), served('03-19')])
  expect(adjudication([paper('d1', 'issued', '03-16', text), served('03-17'), served('03-19')])).toEqual(
    before,
  )
  expect(before.review).toHaveLength(1)
  const now = adjudication([paper('d1', 'issued', '03-16', text), served('03-17', '甲')])
  expect(now).not.toEqual(before)
})
