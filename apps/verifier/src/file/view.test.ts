import { fail, notChecked, pass } from '@liuhen/ledger/package/report'
import type { FileReport } from '@liuhen/ledger/package/verify-file'
import { describe, expect, it } from 'vitest'
import { provenBy, tell } from './view.ts'
import { WORDS } from './words.ts'

const shown: FileReport = {
  verdict: 'PASS',
  anchoring: 'UNANCHORED',
  witnesses: { confirmed: 0, named: 0 },
  keys: 'TRUSTED',
  origin: 'log.example/1',
  fingerprint: 'ab',
  isKeyOnPaper: false,
  size: 12,
  items: [],
  event: { index: 3, recordedAt: '2026-03-02T01:03:00Z', kind: 'document' },
}
const open = [notChecked('square', 'square', '没有比对')]

describe('the head of the report on a file', () => {
  it('is green only where nothing that was asked for stayed open', () => {
    expect(tell(shown)).toMatchObject({ className: 'yes', title: WORDS.pass })
    expect(tell({ ...shown, items: open })).toMatchObject({
      className: 'unknown',
      title: WORDS.passNoCheckpoint,
      says: expect.stringContaining(WORDS.noCheckpointSays),
    })
  })

  it('says that a log which was not compared with the paper settles nothing', () => {
    const report = { ...shown, items: open, verdict: 'NOT CHECKED', why: 'square' } as const
    expect(tell(report)).toEqual({
      className: 'unknown',
      title: WORDS.openSquare,
      says: WORDS.openSquareSays,
    })
    const { event: _, ...alone } = report
    expect(tell(alone)).toMatchObject({ className: 'unknown', says: WORDS.openSays('square') })
  })

  it('says of a paper that was corrected both that, and what stayed open', () => {
    const { says } = tell({ ...shown, items: open, said: { correctedAt: '2026-04-02T01:03:00Z' } })
    expect(says).toContain(WORDS.correctedSays('2026-04-02 09:03'))
    expect(says).toContain(WORDS.noCheckpointSays)
  })

  it('accuses nobody where the file is another paper than that of the square', () => {
    const items = [pass('square', 'square'), fail('square-paper', 'square', 'x')]
    const told = tell({ ...shown, items, verdict: 'FAIL' })
    expect(told).toMatchObject({ className: 'no', title: WORDS.otherPaper })
    expect(told.says).toContain('请换一份再试')
    expect(told.says).not.toMatch(/不要采信|监督机关/)
    expect(items.map(provenBy)).toEqual([expect.stringContaining('其间没有改写'), ''])
    expect(open.map(provenBy)).toEqual([expect.stringMatching(/^如果成立/)])
  })

  it('says of a file that is not found what it could be, and with its square that the two do not belong together', () => {
    const { event: _, ...absent } = { ...shown, verdict: 'ABSENT' as const }
    const { className, title, says } = tell(absent)
    expect([className, title]).toEqual(['unknown', '本网站查不到这个文件'])
    expect(says).toContain('内部文书不公开')
    const paired = tell({ ...absent, items: [pass('square', 'square')], onPaper: '走街罚决〔2026〕3号' })
    expect(paired).toMatchObject({ className: 'no', title: WORDS.absentPaper })
    expect(paired.says).toContain('走街罚决〔2026〕3号')
    expect(tell({ ...absent, items: open }).title).toBe(WORDS.absent)
  })

  it('warns where something failed', () => {
    const report = { ...shown, items: [fail('blob', 'SHA-256', 'x')], verdict: 'FAIL' } as const
    expect(tell(report)).toMatchObject({ className: 'no', title: WORDS.fail })
  })
})
