import { describe, expect, it } from 'vitest'
import { realLaw } from '../../../../test/law/real-law.ts'
import { caseOf, day, event, recording } from '../../../../test/law/timeline.ts'
import { evaluate } from '../evaluate.ts'
import type { Fact } from '../fact.ts'

const law = realLaw()
const keptOf = (base: string, facts: readonly Fact[], procedure = 'recording-store') =>
  evaluate(
    { procedure, startedAt: day('03-01'), facts, selection: { base, overlays: [] } },
    law,
    day('06-01'),
  ).keeping.find((k) => k.item === 'v1')

const made = recording('inspection', 'made', day('03-04'), { ref: 'v1' })
const hold = (ref: string) =>
  event('hold-placed', day('04-01'), { ref, about: 'v1', data: { reason: `保全${ref}` } })
const lifted = (about: string) => event('hold-lifted', day('04-10'), { about, data: { reason: '终审' } })

describe('holds', () => {
  it('keep until every one of them is lifted, and say what comes after', () => {
    expect(keptOf('shijiazhuang-aj', [made, hold('a'), hold('b'), lifted('a')])).toMatchObject({
      rule: 'open',
      why: expect.stringContaining('保全b'),
    })
    expect(keptOf('shijiazhuang-aj', [made, hold('a'), hold('b')])?.why).toContain('解除后：自形成之日')
    expect(keptOf('shijiazhuang-aj', [made, hold('a'), hold('b'), lifted('a'), lifted('b')])).toMatchObject({
      rule: 'until',
      keptThrough: '2028-03-04',
    })
  })
  it('without a name are lifted by what they are about; on the whole case they hold everything', () => {
    const whole = event('hold-placed', day('04-01'), { data: { reason: '信访' } })
    expect(keptOf('shijiazhuang-aj', [made, whole])?.rule).toBe('open')
    const lift = event('hold-lifted', day('04-10'), { data: { reason: '办结' } })
    expect(keptOf('shijiazhuang-aj', [made, whole, lift])?.rule).toBe('until')
  })
})

describe('a file that is taken up anew', () => {
  it('is kept from the day on which it is archived again', () => {
    const fileOf = (facts: readonly Fact[]) =>
      evaluate(
        caseOf(facts, { selection: { base: 'zoumaling', overlays: [] } }),
        law,
        day('06-01'),
      ).keeping.find((k) => k.item === 'case-file')
    const archived = event('case-archived', day('03-10'))
    const reopened = event('case-reopened', day('04-01'))
    expect(fileOf([archived])?.keptThrough).toBe('2036-03-10')
    expect(fileOf([archived, reopened])?.keptThrough).toBeUndefined()
    expect(fileOf([archived, reopened, event('case-archived', day('05-01'))])?.keptThrough).toBe('2036-05-01')
  })
})

describe('situations', () => {
  it('zml-26-3: an objection puts what it is about into its situation, another event does not', () => {
    const objected = (name: string) =>
      keptOf('shijiazhuang-aj', [made, event(name, day('03-06'), { about: 'v1' })])
    expect(objected('objection-raised')?.rule).not.toBe(objected('evidence-filed')?.rule)
  })
  it('sjz-21-1: are read off the scene, off what is said to be shown, and off marks', () => {
    const seal = recording('seal', 'made', day('03-04'), { ref: 'v1' })
    expect(keptOf('shijiazhuang-aj', [seal])?.rule).toBe('long-term')
    const shows = event('recording-shows', day('03-05'), { about: 'v1', data: { scene: 'seize' } })
    expect(keptOf('shijiazhuang-aj', [made, shows], 'penalty-ordinary')?.rule).toBe('long-term')
    expect(keptOf('shijiazhuang-aj', [made])?.rule).toBe('until')
  })
  it('sjz-21-1: of one recording are not taken for those of another that says like words', () => {
    const shows = (about: string, scene: string) =>
      event('recording-shows', day('03-05'), { about, data: { scene } })
    const other = recording('inspection', 'made', day('03-04'), { ref: 'v0' })
    const facts = [other, made, shows('v0', 'quay seize'), shows('v1', 'quay'), shows('v1', 'seize')]
    expect(keptOf('shijiazhuang-aj', facts, 'penalty-ordinary')?.rule).toBe('long-term')
  })
  it('of other events are no mark of retention', () => {
    const noted = event('recording-prohibition-noted', day('03-05'), { data: { situation: 'other' } })
    expect(keptOf('shijiazhuang-aj', [made, noted], 'penalty-ordinary')?.rule).toBe('until')
  })
})

describe('a case file', () => {
  const keptFile = (keptUntil: string | null) =>
    evaluate(
      {
        procedure: 'penalty-ordinary',
        startedAt: day('03-01'),
        facts: [event('case-archived', day('05-10'), { data: { keptUntil } })],
        selection: { base: 'zoumaling', overlays: [] },
      },
      law,
      day('06-01'),
    ).keeping.find((k) => k.item === 'case-file')

  it('zml-26-1: is kept as long as was told when it was archived, and never shorter than the text says', () => {
    expect(keptFile(null)?.keptThrough).toBe('2036-05-10')
    expect(keptFile('2056-05-10')).toMatchObject({ keptThrough: '2056-05-10', disposableFrom: '2056-05-11' })
    expect(keptFile('2030-05-10')?.keptThrough).toBe('2036-05-10')
  })
})
