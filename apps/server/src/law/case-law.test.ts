import { proceduresOpenTo } from '@liuhen/law/choice'
import { describe, expect, it } from 'vitest'
import { caseLaw, isUnbound, type LawQuery } from './case-law.ts'
import { packChoices } from './choices.ts'
import { realLaw } from '../../../../test/law/real-law.ts'

const law = realLaw()
const query = (over: Partial<LawQuery['selection']> = {}, more: Partial<LawQuery> = {}): LawQuery => ({
  selection: { base: 'zoumaling', overlays: [], settings: {}, ...over },
  procedure: 'penalty-ordinary',
  startedAt: '2026-03-02T09:00:00+08:00',
  at: '2026-03-02T09:00:00+08:00',
  ...more,
})
const bound = (q: LawQuery) => {
  const found = caseLaw(law, q)
  if (isUnbound(found)) throw new Error(found.message)
  return found
}

describe('the law that binds a case', () => {
  it('answers in the words of its procedure and packs', () => {
    const { terms } = bound(query())
    expect(terms.procedure.id).toBe('penalty-ordinary')
    expect(terms.stepName('filing')).toBe('立案')
    expect(terms.documentName('filing-approval')).toBe('立案审批表')
    expect(terms.packs).toMatchObject({ base: 'zoumaling', overlays: [] })
  })
  it('lets the base be national law alone, under an overlay', () => {
    const { terms } = bound(query({ base: 'national', overlays: ['gongan-sxzd'] }))
    expect(terms.packs.baseTitle).toBe('国家规定')
    expect(terms.packs.overlays.map((o) => o.id)).toEqual(['gongan-sxzd'])
  })
  it('says of a pack or a procedure that is not in force that there is none', () => {
    expect(isUnbound(caseLaw(law, query({ base: 'nowhere' })))).toBe(true)
    expect(isUnbound(caseLaw(law, query({}, { procedure: 'nothing' })))).toBe(true)
  })
  it('takes a setting that is null as one that the agency has not set', () => {
    const question = { startedAt: query().startedAt, facts: [], flags: [], now: query().at }
    const unset = bound(query()).law.evaluate(question)
    expect(bound(query({ settings: { 'legal-review-all': null } })).law.evaluate(question)).toEqual(unset)
  })
  it('cites only clauses that bind the case', () => {
    const ids = ['zml-8-1', 'czm-4-3', 'pen-54']
    expect(
      bound(query())
        .cite(ids)
        .map((c) => c.clause),
    ).toEqual(['zml-8-1', 'pen-54'])
  })
  it('orders approvers by the pack that fixes them', () => {
    expect(bound(query()).law.approvers('filing-approval')).toEqual(['handler', 'unit-head', 'agency-head'])
  })
  it('names the document whose number becomes the number of the case', () => {
    const { law: port } = bound(query())
    expect(port.document(port.caseNumberFrom ?? '')?.numbering).toBeDefined()
  })
  it('offers for noting only facts that no event of the case makes by itself', () => {
    const names = bound(query()).terms.notes.map((n) => n.name)
    expect(names).toContain('statement-waived')
    expect(names).not.toContain('case-archived')
  })
})

describe('a case of every kind of act', () => {
  const base = 'fengtai'
  const open = proceduresOpenTo(law, { base, overlays: [] }, '2026-03-02')
  it.each(open.map((p) => [p.id]))('can be opened as %s, and something may be done in it', (procedure) => {
    const { law: port, terms } = bound(query({ base }, { procedure }))
    const { steps, findings } = port.evaluate({
      startedAt: query().startedAt,
      facts: [],
      flags: [],
      now: query().at,
    })
    expect(steps.some((s) => s.status === 'possible')).toBe(true)
    expect(findings.filter((f) => f.severity === 'error')).toEqual([])
    expect(terms.stages.length).toBeGreaterThan(1)
    const { caseNumberFrom } = port
    if (caseNumberFrom !== undefined) expect(port.document(caseNumberFrom)?.numbering).toBeDefined()
  })
})

describe('packChoices', () => {
  it('offers national law alone, bases and overlays, each once', () => {
    const choices = packChoices(law)
    expect(choices.map((c) => c.layer)).toContain('national')
    expect(choices.filter((c) => c.layer === 'base')).toHaveLength(5)
    expect(choices.filter((c) => c.layer === 'overlay')).toHaveLength(4)
  })
})
