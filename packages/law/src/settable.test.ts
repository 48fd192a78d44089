import { describe, expect, it } from 'vitest'
import { realLaw } from '../../../test/law/real-law.ts'
import { NATIONAL_ALONE } from './law.ts'
import { saySetting, settableBy, whyNotSettable } from './settable.ts'

const law = realLaw()
const idsOf = (base: string, ...overlays: string[]) =>
  settableBy(law, { base, overlays }, '2026-06-01').map((s) => s.setting.id)
const setting = (id: string) => {
  const found = law.settings.get(id)
  if (found === undefined) throw new Error(`no setting ${id}`)
  return found
}

describe('what an agency may set', () => {
  it('is what its own texts leave open, with those of the clauses that bind it', () => {
    const fengtai = settableBy(law, { base: 'fengtai', overlays: [] }, '2026-06-01')
    const archive = fengtai.find((s) => s.setting.id === 'case-archive-workdays')
    expect(archive?.citations.map((c) => c.clause)).toEqual(['ft-22-1'])
    expect(idsOf('fengtai')).not.toContain('electronic-decision-service')
    expect(idsOf('zoumaling')).toContain('electronic-decision-service')
  })
  it('grows with an overlay, and asks who has no text of its own only what national law leaves open', () => {
    expect(idsOf('fengtai')).not.toContain('pilot-acts')
    expect(idsOf('fengtai', 'guoban-2017-14')).toContain('pilot-acts')
    expect(idsOf(NATIONAL_ALONE)).toEqual([
      'case-file-retention-years',
      'recording-retention-months',
      'disposal-cooling-days',
      'disposal-batch-items',
      'disposal-batch-gib',
      'stand-in-heads',
      'stand-in-named-by',
      'stand-in-days',
    ])
  })
  it('gbf118-archive: is how long things are kept where no text of the agency says it, and nowhere else', () => {
    expect(idsOf(NATIONAL_ALONE, 'gongan-sxzd')).toContain('recording-retention-months')
    expect(idsOf('zoumaling', 'jiayuguan-sxzd')).not.toContain('case-file-retention-years')
    const police = settableBy(law, { base: NATIONAL_ALONE, overlays: ['gongan-sxzd'] }, '2026-06-01')
    const years = police.find((s) => s.setting.id === 'case-file-retention-years')
    expect(years?.citations.map((c) => c.clause)).toEqual(['gbf118-archive'])
  })
  it('stands under a heading, and says what holds while it is open', () => {
    for (const { id, subject, default: reading, unset } of law.settings.values()) {
      expect([id, subject]).not.toEqual([id, '其他'])
      if (reading === null) expect([id, unset]).not.toEqual([id, undefined])
    }
  })
})

describe('a value', () => {
  it('is a whole number within its bounds, or one of the options beside it', () => {
    const years = setting('case-file-retention-years')
    expect([10, 'permanent', null].map((v) => whyNotSettable(years, v))).toEqual([
      undefined,
      undefined,
      undefined,
    ])
    for (const bad of [0, 1.5, 101, '十年', true]) expect(whyNotSettable(years, bad)).toContain('整数')
  })
  it('is one of the options where there are only options, and words where there are none', () => {
    expect(whyNotSettable(setting('handler-may-review'), 'yes')).toContain('选项')
    expect(whyNotSettable(setting('review-fields'), '食品、药品')).toBeUndefined()
    expect(whyNotSettable(setting('review-fields'), ' ')).toContain('1至500')
  })
  it('is some of the options where several may be chosen', () => {
    expect(whyNotSettable(setting('pilot-acts'), '行政处罚、行政检查')).toBeUndefined()
    for (const bad of [' ', '行政处罚、行政处罚', '行政处罚、放假', 'all、行政处罚', true])
      expect(whyNotSettable(setting('pilot-acts'), bad)).toContain('选项')
    expect(saySetting(setting('pilot-acts'), null)).toBe('全部六类')
    expect(saySetting(setting('pilot-acts'), '行政处罚、行政检查')).toBe('行政处罚、行政检查')
  })
  it('of a disposal may only be set wider: fsck asks old batches for the bounds of today', () => {
    const bounds = (id: string) => setting(id).number
    expect(bounds('disposal-cooling-days')?.min).toBe(30)
    expect(bounds('disposal-batch-items')?.max).toBe(500)
    expect(bounds('disposal-batch-gib')?.max).toBe(2000)
  })
  it('is said in words', () => {
    expect(saySetting(setting('handler-may-review'), true)).toBe('可以')
    expect(saySetting(setting('case-file-retention-years'), 10)).toBe('10年')
    expect(saySetting(setting('device-min-battery'), null)).toBe('30%')
    expect(saySetting(setting('case-archive-workdays'), null)).toBe('未设置')
  })
})
