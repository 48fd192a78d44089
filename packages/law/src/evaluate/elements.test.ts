import { describe, expect, it } from 'vitest'
import { realLaw } from '../../../../test/law/real-law.ts'
import { clausesIn, day, event, recording } from '../../../../test/law/timeline.ts'
import { documentAt } from '../combine.ts'
import { evaluate, judge } from '../evaluate.ts'
import type { Fact } from '../fact.ts'
import { whyNotSettable } from '../settable.ts'

const law = realLaw()
const record = (
  base: string,
  overlays: readonly string[],
  procedure: string,
  facts: readonly Fact[] = [],
) => ({
  procedure,
  startedAt: day('03-01'),
  facts,
  selection: { base, overlays, national: 'off' as const },
})

describe('among', () => {
  const stored = (storedOn: string | string[]) =>
    recording('inspection', 'stored', day('03-04'), { ref: 'v1', data: { task: '检查', storedOn } })
  const refused = (overlays: readonly string[], fact: Fact) =>
    clausesIn(
      judge(record('zoumaling', overlays, 'recording-store'), fact, law, day('03-04')).filter(
        (r) => r.effect === 'refuse',
      ),
    )
  it('asks that each text finds one of its words, and cites those that do not', () => {
    expect(refused([], stored('专用存储器'))).toEqual([])
    expect(refused([], stored('私人U盘'))).toEqual(['zml-25-2'])
    expect(refused(['gongan-sxzd'], stored('专用存储器'))).toEqual(['ga-2-2-8'])
    expect(refused(['gongan-sxzd'], stored(['专用存储器', '执法视音频管理系统']))).toEqual([])
  })
})

describe('among what the agency has set', () => {
  const classified = event('case-classified', day('03-02'), { data: { field: '食品药品' } })
  const review = (settings: Readonly<Record<string, string>>) =>
    evaluate(
      { ...record('national', ['guoban-2017-14'], 'penalty-ordinary', [classified]), settings },
      law,
      day('03-03'),
    ).steps.find((s) => s.id === 'legal-review')?.status
  it('gb-2-3-2-1: holds for one of the words, and never where nothing is set', () => {
    expect(review({ 'review-fields': '环境保护、食品药品' })).not.toBe('not-needed')
    expect(review({ 'review-fields': '环境保护' })).toBe('not-needed')
    expect(review({})).toBe('not-needed')
  })
  it('the kinds to choose from are words of the report', () => {
    const kinds = documentAt(law, 'investigation-report', '2026-03-03')
      ?.sections.flatMap((s) => s.fields)
      .find((f) => f.id === 'kinds')
    const words = kinds !== undefined && 'options' in kinds ? kinds.options.map((o) => o.label) : []
    const offered = law.settings.get('review-kinds')?.options.map((o) => o.value) ?? []
    expect(offered.length).toBeGreaterThan(0)
    expect(offered.filter((word) => !words.some((w) => w === word))).toEqual([])
  })
  it('a kind that is spelled otherwise is not taken', () => {
    const setting = law.settings.get('review-kinds')
    if (setting === undefined) throw new Error('no such setting')
    expect(whyNotSettable(setting, '吊销许可证')).toContain('请从列出的选项中选择')
    expect(whyNotSettable(setting, '吊销许可证件、责令停产停业')).toBeUndefined()
  })
})

describe('listed across facts', () => {
  const counted = (deviceType: string) =>
    event('equipment-counted', day('03-02'), { data: { deviceType, standard: 1, inUse: 1, worn: 0 } })
  const missing = (types: readonly string[]) =>
    evaluate(record('fengtai', [], 'device', types.map(counted)), law, day('03-03')).findings.find(
      (f) => f.code === 'equipment-uncounted',
    )?.message
  it('puts the list together from all of them', () => {
    expect(missing(['照相', '摄像', '录音', '视音频监控', '执法记录仪'])).toContain(
      '中的执法记录仪采集站尚未',
    )
    expect(missing(['照相', '摄像', '录音', '视音频监控', '执法记录仪', '执法记录仪采集站'])).toBeUndefined()
  })
})

describe('a value per what a pack fixes', () => {
  const staffed = (officers: number, devices: number) =>
    evaluate(
      record('shijiazhuang-aj', [], 'device', [
        event('staff-counted', day('03-02'), { data: { officers } }),
        event('device-registered', day('03-01'), {
          data: { kind: 'portable', deviceType: '执法记录仪', count: devices, unit: '支队', keeper: '王五' },
        }),
      ]),
      law,
      day('03-03'),
    ).findings.some((f) => f.code === 'too-few-devices')
  it('sjz-15-2: is rounded up, one device for two officers', () => {
    expect([staffed(27, 13), staffed(27, 14), staffed(28, 14), staffed(29, 14)]).toEqual([
      true,
      false,
      false,
      true,
    ])
  })
})
