import { describe, expect, it } from 'vitest'
import { anchoringSaid, verdictCards, verdictDetails, type Verdicts } from './verdicts.ts'

const item = (code: string, result: 'passed' | 'failed' | 'not-checked') =>
  ({ code, name: `项${code}`, group: 'integrity', result, detail: `因为${code}` }) as const

const found: Verdicts = {
  at: '2026-06-30T10:00:00+08:00',
  daT70: {
    v: 1,
    standard: 'DA/T 70-2018',
    at: '2026-06-30T10:00:00+08:00',
    items: [item('2-1', 'passed'), item('2-5', 'passed'), item('2-8', 'not-checked')],
  },
  witnesses: { named: 2, confirmed: [] },
  isStamped: false,
  log: { origin: 'log.example/1', size: 9, root: 'AAAA' },
  streams: [{ name: '案件', streamId: 'c', head: 7, leafHash: 'BBBB' }],
  events: 7,
  issued: 0,
  recordings: new Map([
    ['a', { playback: { words: '可以播放', tone: 'ok' }, chain: { words: '有缺失', tone: 'bad' } }],
    ['b', { playback: { words: '没有检查', tone: 'open' }, chain: { words: '设备没有签名', tone: 'open' } }],
  ]),
  hasSm3: true,
}
const with_ = (more: Partial<Verdicts>): Verdicts => ({ ...found, ...more })

describe('what the maker found', () => {
  it('names the anchor as the verifier does, the strongest first', () => {
    expect(anchoringSaid(found).words).toBe('未锚定（UNANCHORED）')
    expect(anchoringSaid(with_({ isStamped: true })).words).toBe('有可信时间戳（TIMESTAMPED）')
    const witnesses = { named: 2, confirmed: ['司法局'] }
    expect(anchoringSaid(with_({ isStamped: true, witnesses }))).toEqual({
      words: '有外部见证（WITNESSED，1/2）',
      tone: 'ok',
    })
  })

  it('never lets what was not looked at read as sound, and says who has the last word', () => {
    const cards = verdictCards(found, true)
    expect(cards).toContain('2 项合格')
    expect(cards).toContain('未检 1 项')
    expect(cards).toContain('2 个外部见证方都还没有确认，也没有可信时间戳')
    expect(cards).toContain('<div class="card open"><span>音像记录</span><b>1/2 段可以播放</b>')
    expect(cards).toContain('切片链完整 0 段，有问题 1 段，没有签名 1 段')
    expect(cards).toContain('以您自己的核验为准')
    expect(cards).toContain('href="verify/verify.html"')
    expect(verdictCards(found, false)).not.toContain('href=')
  })

  it('shows failures first, and each item with why', () => {
    const failed = with_({ daT70: { ...found.daT70, items: [item('2-1', 'passed'), item('2-5', 'failed')] } })
    expect(verdictCards(failed, true)).toContain(
      '<div class="card bad"><span>四性检测（DA/T 70）</span><b>1 项不合格',
    )
    expect(verdictCards(failed, true)).not.toContain('前后相扣')
    expect(verdictDetails(found)).toContain('<span class="mark open">未检</span></td><td>因为2-8')
  })

  it('tells to which event each stream goes, and which checkpoints were given out before', () => {
    const details = verdictDetails(with_({ issued: 3 }))
    for (const text of ['第 7 条', 'BBBB', '共 9 条', '3 个检查点', 'manifest-sm3.txt'])
      expect(details).toContain(text)
    expect(verdictDetails(with_({ hasSm3: false }))).not.toContain('manifest-sm3.txt')
  })
})
