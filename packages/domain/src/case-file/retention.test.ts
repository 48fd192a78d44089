import type { Citation } from '@liuhen/law/evaluation'
import { expect, test } from 'vitest'
import { explainRetention } from './retention.ts'

const cite = (clause: string, text: string): Citation => ({ clause, cite: text, duty: '', layer: 'base' })
const pack = { years: 10, citation: cite('zml-26-1', '《走马岭制度》第二十六条') }
const national = { years: 30, citation: cite('nat-retention-8', '国家档案局令第8号') }

test('zml-26-1: ten years where the pack stands alone', () => {
  const kept = explainRetention({ from: '2026-06-30', packs: [pack], national: [] })
  expect(kept.keptUntil).toBe('2036-06-30')
  expect(kept.why).toContain('第二十六条10年，至2036年6月30日')
})

test('the longer of pack and national rule applies, and both are named', () => {
  const kept = explainRetention({ from: '2026-06-30', packs: [pack], national: [national] })
  expect(kept.keptUntil).toBe('2056-06-30')
  expect(kept.why).toContain('第二十六条10年')
  expect(kept.why).toContain('令第8号30年')
  expect(kept.why).toContain('取较长者')
})

test('an approved schedule takes the place of the national default, but never goes below the pack', () => {
  const schedule = { years: 5, citation: cite('schedule', '本机关保管期限表'), approval: '区档案〔2025〕3号' }
  const kept = explainRetention({ from: '2026-06-30', packs: [pack], national: [national], schedule })
  expect(kept.keptUntil).toBe('2036-06-30')
  expect(kept.why).toContain('区档案〔2025〕3号')
})

test('permanent has no last day', () => {
  const kept = explainRetention({
    from: '2026-06-30',
    packs: [pack],
    national: [{ ...national, years: 'permanent' as const }],
  })
  expect(kept.keptUntil).toBeUndefined()
  expect(kept.why).toContain('永久保存')
})

test('a leap day ends on the last day of February and is not rolled to a workday', () => {
  expect(explainRetention({ from: '2028-02-29', packs: [pack], national: [] }).keptUntil).toBe('2038-02-28')
})

test('without any rule nothing is guessed', () => {
  expect(() => explainRetention({ from: '2026-06-30', packs: [], national: [] })).toThrow('no retention rule')
})
