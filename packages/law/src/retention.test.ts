import { describe, expect, it } from 'vitest'
import { realLaw } from '../../../test/law/real-law.ts'
import { clausesIn, day } from '../../../test/law/timeline.ts'
import { isProblem, selectLaw } from './combine.ts'
import { keepCaseFile, keepRecording } from './retention.ts'
import type { RecordingToKeep } from './retention.ts'

const law = realLaw()
const under = (base: string, ...overlays: string[]) => inProcedure('penalty-ordinary', base, overlays)
const inProcedure = (procedure: string, base: string, overlays: readonly string[] = []) => {
  const selected = selectLaw(law, { base, overlays }, procedure, day('01-05'))
  if (isProblem(selected)) throw new Error(selected.message)
  return selected
}
const made = (madeAt: string, more: Partial<RecordingToKeep> = {}): RecordingToKeep => ({
  madeAt,
  use: 'ordinary',
  situations: [],
  ...more,
})
const filed = { archivedAt: day('05-20'), closedAt: day('05-10') }

describe('keeping case files', () => {
  it('zml-26-1: ten years from archiving, or from closing if the agency set so (A4)', () => {
    expect(keepCaseFile(under('zoumaling'), filed)).toMatchObject({
      keptThrough: '2036-05-20',
      citations: [{ clause: 'zml-26-1' }],
    })
    const settings = { 'case-file-retention-from': 'closed' }
    expect(keepCaseFile(under('zoumaling'), filed, settings).keptThrough).toBe('2036-05-10')
  })
  it('czm-8-2 pxs-14-1: without a number in the text it stays open and nothing is borrowed', () => {
    expect(keepCaseFile(under('changzhi-mzj'), filed).rule).toBe('open')
    expect(keepCaseFile(under('pingxiang-scjg', 'jiayuguan-sxzd'), filed).rule).toBe('open')
  })
})

describe('keeping what no text of the agency gives a period for', () => {
  const police = under('national', 'gongan-sxzd')

  it('gbf118-archive: is as long as the agency has set, and open until then', () => {
    expect(keepCaseFile(police, filed).rule).toBe('open')
    expect(keepCaseFile(police, filed, { 'case-file-retention-years': 10 })).toMatchObject({
      keptThrough: '2036-05-20',
      citations: [{ clause: 'gbf118-archive' }],
    })
    expect(keepCaseFile(police, filed, { 'case-file-retention-years': 'permanent' }).rule).toBe('permanent')
    const recording = keepRecording(police, made(day('03-04')), { 'recording-retention-months': 6 })
    expect(recording.keptThrough).toBe('2026-09-04')
  })
})

describe('keeping recordings', () => {
  it('zml-26-2: a patrol of 31 August through 28 February, disposable the day after (S09)', () => {
    const patrol = made(day('08-31'), { scenes: ['patrol'] })
    expect(keepRecording(inProcedure('patrol', 'zoumaling'), patrol)).toMatchObject({
      keptThrough: '2027-02-28',
      disposableFrom: '2027-03-01',
    })
  })
  it('zml-26-2: what is filed in a case, shows more than a patrol or is evidence is no patrol film', () => {
    const register = inProcedure('patrol', 'zoumaling')
    const patrol = made(day('08-31'), { scenes: ['patrol'] })
    for (const keeping of [
      keepRecording(under('zoumaling'), patrol),
      keepRecording(register, { ...patrol, scenes: ['patrol', 'seizure'] }),
      keepRecording(register, { ...patrol, use: 'evidence' }),
      keepRecording(register, { ...patrol, scenes: [] }),
    ])
      expect(clausesIn([keeping])).not.toContain('zml-26-2')
  })
  it('zml-26-3: evidence as long as its file (S09)', () => {
    const caseFile = keepCaseFile(under('zoumaling'), filed)
    const keeping = keepRecording(under('zoumaling'), made(day('03-04'), { use: 'evidence', caseFile }))
    expect(keeping.keptThrough).toBe('2036-05-20')
    expect(clausesIn([keeping])).toEqual(['zml-26-3', 'zml-26-1'])
    expect(keepRecording(under('zoumaling'), made(day('03-04'), { use: 'evidence' })).rule).toBe('open')
  })
  it('zml-26-3: what is neither patrol nor evidence goes with the file (A5)', () => {
    const caseFile = keepCaseFile(under('zoumaling'), filed)
    expect(keepRecording(under('zoumaling'), made(day('03-04'), { caseFile })).keptThrough).toBe('2036-05-20')
  })
  it('czm-8-12 czm-8-13 czm-8-14: two years, or for ever (S19)', () => {
    const leapDay = '2024-02-29T10:00:00+08:00'
    expect(keepRecording(under('changzhi-mzj'), made(leapDay))).toMatchObject({
      keptThrough: '2026-02-28',
      disposableFrom: '2026-03-01',
    })
    expect(keepRecording(under('changzhi-mzj'), made(leapDay, { use: 'evidence' }))).toMatchObject({
      rule: 'permanent',
      citations: [{ clause: 'czm-8-13' }],
    })
    expect(
      keepRecording(under('changzhi-mzj'), made(leapDay, { situations: ['obstruction'] })),
    ).toMatchObject({ rule: 'permanent', citations: [{ clause: 'czm-8-14' }] })
  })
  it('pxs-15-1: an objection makes it long-term; without one no period is fixed (S27)', () => {
    const plain = made(day('01-10'))
    expect(keepRecording(under('pingxiang-scjg'), plain).rule).toBe('open')
    expect(
      keepRecording(under('pingxiang-scjg'), { ...plain, situations: ['objection-petition'] }),
    ).toMatchObject({ rule: 'long-term', citations: [{ clause: 'pxs-15-1' }] })
  })
  it('ft-24-1 ft-24-2: six months from effective service, not while it is pending', () => {
    const at = (decisionServed?: RecordingToKeep['decisionServed']) =>
      keepRecording(
        under('fengtai'),
        made(day('03-04'), decisionServed === undefined ? {} : { decisionServed }),
      )
    expect(at().keptThrough).toBe('2026-09-04')
    expect(at(null).rule).toBe('open')
    expect(at(day('04-10')).keptThrough).toBe('2026-10-10')
    expect(clausesIn([at(day('04-10'))])).toEqual(['ft-24-1', 'ft-24-2'])
  })
  it('sjz-22-1 sjz-21-1: two years, disposable the day after; coercive measures long-term (S42)', () => {
    const march = '2024-03-10T10:00:00+08:00'
    expect(keepRecording(under('shijiazhuang-aj'), made(march)).disposableFrom).toBe('2026-03-11')
    expect(
      keepRecording(under('shijiazhuang-aj'), made(march, { situations: ['coercive-measure'] })).rule,
    ).toBe('long-term')
  })
})
