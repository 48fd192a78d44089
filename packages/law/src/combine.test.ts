import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { realLaw } from '../../../test/law/real-law.ts'
import {
  caseOf,
  clausesIn,
  day,
  document,
  event,
  recording,
  step,
  throughNotice,
} from '../../../test/law/timeline.ts'
import { sayRef } from './citation.ts'
import { conflictsOf } from './conflicts.ts'
import {
  approversOf,
  citationsOf,
  documentAt,
  isProblem,
  paramOf,
  provisionAt,
  sceneRows,
  selectLaw,
} from './combine.ts'
import type { CaseLaw } from './combine.ts'
import type { Duty } from './evaluation.ts'
import { evaluate } from './evaluate.ts'
import type { Fact } from './fact.ts'
import { inForce } from './law.ts'
import type { LawSelection } from './law.ts'

const law = realLaw()
const BASES = ['zoumaling', 'changzhi-mzj', 'pingxiang-scjg', 'fengtai', 'shijiazhuang-aj']
const OVERLAYS = ['jiayuguan-sxzd', 'gongan-sxzd', 'guoban-2017-14', 'guotu-gongshi']

function lawFor(base: string, overlays: readonly string[] = [], national: 'on' | 'off' = 'on'): CaseLaw {
  const selected = selectLaw(law, { base, overlays, national }, 'penalty-ordinary', day('03-02'))
  if (isProblem(selected)) throw new Error(selected.message)
  return selected
}

const dutiesOf = (selection: LawSelection, facts: readonly Fact[], now: string): readonly Duty[] =>
  evaluate(caseOf(facts, { selection }), law, now).duties
const dutyOf = (selection: LawSelection, facts: readonly Fact[], rule: string, now = day('12-01')) =>
  dutiesOf(selection, facts, now).find((d) => d.rule === rule)

describe('an article', () => {
  it.each([
    ['licence', 'lic-42', true],
    ['payment', 'lic-42', false],
    ['payment', 'pen-47', false],
    ['payment', 'gbf118-archive', true],
    ['payment', 'ft-4-1', true],
    ['payment', 'ft-4-4', false],
    ['device', 'lic-42', true],
  ])('binds in %s: %s %s, as far as it speaks of that kind of act', (procedure, clause, binds) => {
    const selected = selectLaw(law, { base: 'fengtai', overlays: [] }, procedure, day('03-02'))
    if (isProblem(selected)) throw new Error(selected.message)
    expect(citationsOf(selected, [clause], '2026-03-02').length > 0).toBe(binds)
  })
})

describe('citations', () => {
  it.each([
    ['第二十一条(一)', '第二十一条第（一）项'],
    ['第二十一条（四）', '第二十一条第（四）项'],
    ['第九条第一款(五)', '第九条第一款第（五）项'],
    ['第五条(四)5', '第五条第（四）项第5目'],
    ['第九条2', '第九条第2项'],
    ['第6条第一款', '第六条第一款'],
    ['第七条(十一)', '第七条第（十一）项'],
    ['三(三)17', '三(三)第17点'],
  ])('says %s as %s', (ref, said) => {
    expect(sayRef(ref)).toBe(said)
  })
  it('zml-21-2: is cited by title, article and item', () => {
    const [citation] = citationsOf(lawFor('zoumaling'), ['zml-21-2'], '2026-03-02')
    expect(citation).toMatchObject({
      cite: '《走马岭街道行政执法全过程记录制度》第二十一条第（一）项',
      layer: 'base',
    })
  })
})

describe('which law binds', () => {
  it('is one object for all cases under the same texts, and another under others', () => {
    expect(lawFor('zoumaling', ['gongan-sxzd'])).toBe(lawFor('zoumaling', ['gongan-sxzd']))
    const texts = [lawFor('zoumaling'), lawFor('zoumaling', ['gongan-sxzd']), lawFor('zoumaling', [], 'off')]
    expect(new Set(texts).size).toBe(3)
    expect(lawFor('zoumaling', [], 'off').national).toBe(false)
  })
  it('only clauses of chosen packs and of national law are cited', () => {
    const ids = ['zml-14-1', 'czm-5-14', 'jyg-3-1-4-2', 'pen-44']
    const cited = (c: CaseLaw) => citationsOf(c, ids, '2026-03-02').map((x) => x.clause)
    expect(cited(lawFor('zoumaling'))).toEqual(['zml-14-1', 'pen-44'])
    expect(cited(lawFor('changzhi-mzj', ['jiayuguan-sxzd']))).toEqual(['czm-5-14', 'jyg-3-1-4-2', 'pen-44'])
    expect(cited(lawFor('zoumaling', [], 'off'))).toEqual(['zml-14-1'])
    expect(cited(lawFor('national'))).toEqual(['pen-44'])
  })
  it('a provision does not bind before it took effect', () => {
    const national = lawFor('national')
    expect(provisionAt(national, 'pen-44', '2021-07-14')).toBeUndefined()
    expect(provisionAt(national, 'pen-44', '2021-07-15')?.id).toBe('pen-44')
    expect(provisionAt(national, 'rec-20', '2023-12-31')).toBeUndefined()
  })
  it('the version in force is the latest that had begun and had not ended', () => {
    const versions = [
      { id: 'a', effectiveFrom: '2020-01-01', effectiveTo: '2024-12-31' },
      { id: 'b', effectiveFrom: '2025-01-01' },
    ]
    expect(inForce(versions, '2019-12-31')).toBeUndefined()
    expect(inForce(versions, '2024-12-31')?.id).toBe('a')
    expect(inForce(versions, '2025-01-01')?.id).toBe('b')
  })
  it('a case that began before the pack is not bound by it', () => {
    const early = selectLaw(
      law,
      { base: 'zoumaling', overlays: [] },
      'penalty-ordinary',
      '2022-05-01T09:00:00+08:00',
    )
    expect(early).toMatchObject({ problem: 'unknown-pack' })
  })
  it('a rule of which no text is chosen does not exist: jyg-3-1-5-3 binds only with its overlay', () => {
    const published = event('disclosure-published', day('04-01'), {
      by: [{ personId: 'p', as: 'publisher' }],
    })
    const approved = (type: string, as: string) =>
      document(type, 'approved', day('03-31'), { by: [{ personId: 'p', as, rank: 'unit-head' }] })
    const reviewed = approved('disclosure-summary', 'disclosure-reviewer')
    const found = (facts: Fact[], overlays: string[]) =>
      evaluate(
        caseOf([...facts, published], { selection: { base: 'zoumaling', overlays } }),
        law,
        day('04-02'),
      ).findings.map((f) => f.code)
    expect(found([reviewed], ['jiayuguan-sxzd'])).toContain('publisher-is-reviewer')
    expect(found([reviewed], [])).not.toContain('publisher-is-reviewer')
    const another = approved('filing-approval', 'approver')
    expect(found([another], ['jiayuguan-sxzd'])).not.toContain('publisher-is-reviewer')
  })
})

describe('conflicts with national law', () => {
  const shown = (base: string, overlays: readonly string[] = [], national: 'on' | 'off' = 'on') =>
    conflictsOf(lawFor(base, overlays, national), '2026-03-02').map((c) => c.conflict.id)
  it('zml-21-7 pen-61: are shown with both citations', () => {
    const found = conflictsOf(lawFor('zoumaling'), '2026-03-02').find(
      (c) => c.conflict.id === 'electronic-service',
    )
    expect(found).toMatchObject({ local: [{ clause: 'zml-21-7' }], national: [{ clause: 'pen-61' }] })
  })
  it('are those of the chosen packs only, and none without national law', () => {
    expect(shown('fengtai', ['jiayuguan-sxzd'])).toEqual(
      expect.arrayContaining(['records-internal', 'disclosure-period']),
    )
    expect(shown('fengtai')).not.toContain('disclosure-period')
    expect(shown('zoumaling', [], 'off')).toEqual([])
  })
})

describe('approvers', () => {
  const ranks = (base: string) => {
    const definition = documentAt(law, 'filing-approval', '2026-03-02')
    return definition === undefined ? undefined : approversOf(lawFor(base), definition)
  }
  it('zml-8-3: handler, unit, head of the agency, in that order', () => {
    expect(ranks('zoumaling')).toMatchObject({
      ranks: ['handler', 'unit-head', 'agency-head'],
      citations: [{ clause: 'zml-8-3' }],
    })
  })
  it('czm-4-3: up to the head of the agency although the form ends with the unit (A3)', () => {
    expect(ranks('changzhi-mzj')).toMatchObject({ citations: [{ clause: 'czm-4-3' }] })
    expect(ranks('changzhi-mzj')?.ranks.at(-1)).toBe('agency-head')
  })
  it('falls back to the form itself where the text names nobody', () => {
    expect(ranks('pingxiang-scjg')?.citations).toEqual([])
  })
})

describe('base and overlay together (S70)', () => {
  const both: LawSelection = { base: 'zoumaling', overlays: ['jiayuguan-sxzd'] }
  it('jyg-3-1-5-5: disclosure in seven workdays, the upload stays as zoumaling has it (zml-25-2)', () => {
    const facts = [
      document('penalty-decision', 'issued', day('02-10')),
      recording('inspection', 'made', day('02-10'), { ref: 'v' }),
    ]
    const record = caseOf(facts, { selection: both, startedAt: day('02-01') })
    const duties = evaluate(record, law, day('02-11')).duties
    const disclosure = duties.find((d) => d.id === 'disclosure')
    expect(disclosure?.due).toBe('2026-02-26T23:59:59.999+08:00')
    expect(clausesIn(duties.filter((d) => d.rule === 'upload'))).toEqual(['zml-25-2'])
  })
  it('jyg-3-1-5-5: with national law off it is the overlay that is cited', () => {
    const duty = dutyOf(
      { ...both, national: 'off' },
      [document('penalty-decision', 'issued', day('02-10'))],
      'disclosure',
    )
    expect(clausesIn([duty!])).toEqual(['jyg-3-1-5-5'])
  })
  it('the overlay alone has no upload limit, and none is made up', () => {
    const facts = [recording('inspection', 'made', day('02-10'), { ref: 'v' })]
    expect(dutyOf({ base: 'national', overlays: ['jiayuguan-sxzd'] }, facts, 'upload')).toBeUndefined()
    expect(paramOf(lawFor('national', ['jiayuguan-sxzd']), 'upload.base')).toEqual([])
  })
  it('zml-15-1 jyg-3-2-9-3: of two strengths for a scene the stronger holds', () => {
    const rows = sceneRows(lawFor('zoumaling', ['jiayuguan-sxzd']), 'dispute-prone').map(
      (r) => r.row.strength,
    )
    expect(rows).toEqual(['must', 'as-needed'])
    const facts = [...throughNotice.filed, step('inspection', 'begun', day('03-04', '09:00'))]
    const view = evaluate(
      caseOf(facts, { selection: both, flags: ['dispute-prone'] }),
      law,
      day('03-05'),
    ).steps.find((s) => s.id === 'inspection')
    expect(view?.recordings.find((r) => r.scene === 'dispute-prone')).toMatchObject({
      strength: 'must',
      citations: [{ clause: 'zml-15-1' }],
    })
  })
  it('sjz-8-1 beats sjz-7-3: where recording is forbidden it is not demanded, and lifted it is (S38, A14)', () => {
    const view = (flags: string[]) =>
      evaluate(caseOf([], { selection: { base: 'shijiazhuang-aj', overlays: [] }, flags }), law, day('03-05'))
        .steps.find((s) => s.id === 'inspection')
        ?.recordings.find((r) => r.scene === 'inspection')
    expect(view([])).toMatchObject({ strength: 'must', citations: [{ clause: 'sjz-7-3' }] })
    expect(view(['explosive-zone'])).toMatchObject({
      strength: 'must-not',
      citations: [{ clause: 'sjz-8-1' }],
    })
    expect(view(['explosive-zone', 'explosion-proof-device'])).toMatchObject({ strength: 'must' })
  })
  it('ga-2-3-2: a police case always goes through legal review', () => {
    const status = (overlays: string[]) =>
      evaluate(caseOf([], { selection: { base: 'national', overlays } }), law, day('03-05')).steps.find(
        (s) => s.id === 'legal-review',
      )?.status
    expect(status(['gongan-sxzd'])).toBe('blocked')
    expect(status([])).toBe('not-needed')
  })
})

describe('a text whose day needs a calendar that is not there yet', () => {
  const made = recording('inspection', 'made', day('12-30'), { ref: 'v' })
  const uploadUnder = (base: string, overlay: string) => {
    const record = caseOf([made], { selection: { base, overlays: [overlay] }, startedAt: day('12-01') })
    const { duties, findings } = evaluate(record, law, day('12-30', '12:00'))
    return { duty: duties.find((d) => d.rule === 'upload'), findings }
  }
  it.each([
    ['changzhi-mzj', 'fengtai', ['czm-8-3', 'ft-23-1']],
    ['zoumaling', 'pingxiang-scjg', ['pxs-13-1', 'zml-25-2']],
  ])('%s %s: the known day of the other text binds at the latest, never as a laxer one', (a, b, clauses) => {
    for (const { duty, findings } of [uploadUnder(a, b), uploadUnder(b, a)]) {
      expect(duty?.due).toBe('2026-12-30T23:59:59.999+08:00')
      expect(duty?.citations.map((c) => c.clause).toSorted()).toEqual(clauses)
      expect(duty?.later).toBeUndefined()
      expect(duty?.why).toContain('2027年工作日历尚未导入')
      expect(findings.map((f) => f.code)).toContain('calendar-not-loaded')
    }
  })
})

describe('combining, as properties', () => {
  const facts = [
    ...throughNotice.noticed,
    document('penalty-decision', 'issued', day('03-20'), { ref: 'd', data: { kinds: ['fine'] } }),
    event('act-ended', day('04-10')),
    step('closing', 'done', day('04-10')),
  ]
  const selection = fc.record({
    base: fc.constantFrom('national', ...BASES),
    overlays: fc.subarray(OVERLAYS),
  })
  const ask = (s: LawSelection) =>
    evaluate(caseOf(facts, { selection: s, flags: ['dispute-prone'] }), law, day('05-01'))

  it('the order of overlays, and naming one twice, changes nothing', () => {
    fc.assert(
      fc.property(selection, (s) => {
        const shuffled = { ...s, overlays: [...s.overlays.toReversed(), ...s.overlays] }
        expect(ask(shuffled)).toEqual(ask(s))
      }),
      { numRuns: 40 },
    )
  })
  it('a combined limit is never later than that of any pack alone', () => {
    fc.assert(
      fc.property(selection, (s) => {
        const together = ask(s).duties
        for (const one of [s.base, ...s.overlays])
          for (const duty of ask({
            base: one === s.base ? one : 'national',
            overlays: one === s.base ? [] : [one],
          }).duties) {
            const combined = together.find((d) => d.id === duty.id)
            expect(combined).toBeDefined()
            if (duty.due !== undefined)
              expect(combined?.due !== undefined && combined.due <= duty.due).toBe(true)
          }
      }),
      { numRuns: 40 },
    )
  })
  it('adding an overlay never removes a duty nor a demand for recording', () => {
    fc.assert(
      fc.property(fc.constantFrom('national', ...BASES), fc.constantFrom(...OVERLAYS), (base, overlay) => {
        const before = ask({ base, overlays: [] })
        const after = ask({ base, overlays: [overlay] })
        expect(after.duties.map((d) => d.id)).toEqual(expect.arrayContaining(before.duties.map((d) => d.id)))
        const musts = (e: typeof before) =>
          e.steps.flatMap((s) =>
            s.recordings.filter((r) => r.strength === 'must').map((r) => `${s.id} ${r.scene}`),
          )
        expect(musts(after)).toEqual(expect.arrayContaining(musts(before)))
      }),
    )
  })
  it('no order of facts lets a decision through without notice, statement and filing', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...throughNotice.noticed]), (some) => {
        const evaluation = evaluate(caseOf(some), law, day('03-30'))
        const decision = evaluation.steps.find((s) => s.id === 'decision')
        const served = some.some((f) => f.name === 'penalty-advance-notice' && f.state === 'served')
        const filed = some.some((f) => f.kind === 'step' && f.name === 'filing' && f.state === 'done')
        if (!served || !filed) expect(decision?.status).toBe('blocked')
      }),
    )
  })
})
