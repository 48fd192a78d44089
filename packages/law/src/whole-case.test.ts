import { describe, expect, it } from 'vitest'
import { realLaw } from '../../../test/law/real-law.ts'
import { caseOf, day } from '../../../test/law/timeline.ts'
import { wholeCase, wholeFlags } from '../../../test/law/whole-case.ts'
import { evaluate } from './evaluate.ts'
import type { Evaluation } from './evaluation.ts'
import type { Fact } from './fact.ts'

const law = realLaw()
const ask = (facts: readonly Fact[], base = 'zoumaling', overlays: readonly string[] = []): Evaluation =>
  evaluate(caseOf(facts, { flags: wholeFlags, selection: { base, overlays } }), law, day('04-30'))
const errors = (e: Evaluation): string[] =>
  e.findings.filter((f) => f.severity === 'error').map((f) => f.code)

describe('a lawful case from clue to archive', () => {
  it.each([
    ['zoumaling', []],
    ['zoumaling', ['jiayuguan-sxzd']],
    ['changzhi-mzj', []],
    ['pingxiang-scjg', []],
    ['fengtai', []],
    ['national', []],
    ['national', ['jiayuguan-sxzd', 'guoban-2017-14']],
  ])('is without fault under %s %s', (base, overlays) => {
    const evaluation = ask(wholeCase, base, overlays)
    expect(errors(evaluation)).toEqual([])
    expect(
      evaluation.duties.filter((d) => d.state === 'overdue' || d.state === 'met-late').map((d) => d.id),
    ).toEqual([])
    const open = evaluation.steps.filter(
      (s) => !s.optional && s.status !== 'done' && s.status !== 'not-needed',
    )
    expect(open.map((s) => s.id)).toEqual([])
  })

  /** Take one thing away and the law must notice: each line is a guard with its negative control. */
  it.each([
    [
      'the filing approval of the head',
      (f: Fact) => f.name === 'filing-approval' && f.by?.[0]?.rank === 'agency-head',
      'filing-not-approved',
    ],
    ['the inspection record', (f: Fact) => f.name === 'inspection-record', 'document-missing'],
    ['the recording of the inspection', (f: Fact) => f.ref === 'video-1', 'recording-missing'],
    [
      'the head’s approval of the preservation',
      (f: Fact) => f.name === 'preservation-approval' && f.by?.[0]?.rank === 'agency-head',
      'preservation-without-approval',
    ],
    [
      'the disposal of preserved evidence',
      (f: Fact) => f.name === 'preservation-disposal',
      'closing-before-disposal',
    ],
    ['the investigation report', (f: Fact) => f.name === 'investigation-report', 'review-before-report'],
    [
      'the legal review',
      (f: Fact) => f.name === 'legal-review' || f.name === 'legal-review-opinion',
      'decision-before-review',
    ],
    [
      'the deliberation',
      (f: Fact) => f.name === 'deliberation' || f.name === 'deliberation-record',
      'decision-before-deliberation',
    ],
    [
      'the service of the notice',
      (f: Fact) => f.name === 'penalty-advance-notice' && f.state === 'served',
      'decision-before-notice',
    ],
    [
      'the review of the statement',
      (f: Fact) => f.name.startsWith('statement-review'),
      'decision-before-statement-review',
    ],
    [
      'the head’s approval of the decision',
      (f: Fact) => f.name === 'penalty-decision' && f.by?.[0]?.rank === 'agency-head',
      'decision-not-approved',
    ],
    ['the recording of the service', (f: Fact) => f.ref === 'video-service', 'recording-missing'],
    ['the service receipt', (f: Fact) => f.ref === 'receipt-decision', 'document-missing'],
    [
      'the performance check',
      (f: Fact) => f.name === 'performance' || f.name === 'performance-check',
      'closing-before-performance',
    ],
    ['the end of the act', (f: Fact) => f.name === 'act-ended', 'act-end-unknown'],
    ['the closing', (f: Fact) => f.name === 'closing', 'file-before-closing'],
    ['the case file', (f: Fact) => f.name === 'case-file', 'archive-before-file'],
    ['the summary', (f: Fact) => f.name === 'disclosure-summary', 'document-missing'],
  ])('without %s it is faulty', (_, taken, code) => {
    const rest = wholeCase.filter((f) => !taken(f))
    expect(rest.length).toBeLessThan(wholeCase.length)
    expect(errors(ask(rest))).toContain(code)
  })

  it('met every duty by something on record', () => {
    const duties = ask(wholeCase).duties
    expect(duties.map((d) => d.rule)).toEqual(
      expect.arrayContaining([
        'upload',
        'label',
        'preservation-disposal',
        'decision',
        'service',
        'payment',
        'archive',
        'disclosure',
      ]),
    )
    for (const duty of duties) expect(duty).toMatchObject({ state: 'met', metBy: expect.any(String) })
  })
})
