import { fail, notChecked } from '@liuhen/ledger/package/report'
import type { FileReport } from '@liuhen/ledger/package/verify-file'
import { describe, expect, it } from 'vitest'
import { tell } from './view.ts'
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

  it('warns where something failed', () => {
    const report = { ...shown, items: [fail('blob', 'SHA-256', 'x')], verdict: 'FAIL' } as const
    expect(tell(report)).toMatchObject({ className: 'no', title: WORDS.fail })
  })
})
