import { describe, expect, it } from 'vitest'
import { realLaw } from '../../../test/law/real-law.ts'
import { proceduresOpenTo, registersKeptBy } from './choice.ts'

const law = realLaw()
const open = (base: string, overlays: string[] = []) =>
  proceduresOpenTo(law, { base, overlays }, '2026-05-11').map((p) => p.id)

describe('the procedures in which an agency may open a case', () => {
  it('are those of the acts that its texts name, in their order', () => {
    expect(open('zoumaling')[0]).toBe('penalty-ordinary')
    expect(open('zoumaling')).toEqual(expect.arrayContaining(['inspection', 'levy', 'coercion-case']))
    expect(open('zoumaling')).not.toContain('licence')
    expect(open('changzhi-mzj')).not.toContain('levy')
  })
  it('go by whatever word a text has for the act', () => {
    expect(open('fengtai')).toEqual(
      expect.arrayContaining(['levy', 'requisition', 'adjudication', 'licence']),
    )
    expect(open('national', ['guotu-gongshi'])).toEqual(expect.arrayContaining(['licence', 'petition']))
    expect(open('national', ['gongan-sxzd'])[0]).toBe('penalty-ordinary')
  })
  it('are all of them where national law stands alone, and never a register', () => {
    expect(open('national')).toContain('reward')
    expect(open('national')).not.toContain('sharing')
    expect(open('fengtai')).not.toContain('handbook')
  })
})

describe('a text that has a new version', () => {
  const { packs } = law
  const now = packs.find((p) => p.pack.id === 'zoumaling')
  if (now === undefined) throw new Error('no pack')
  const pack = { ...now.pack, effectiveFrom: '2027-01-01', acts: ['行政许可'] }
  const both = { ...law, packs: [...packs, { ...now, pack, clauses: new Map() }] }
  const selection = { base: 'zoumaling', overlays: [] }
  const at = (date: string) => ({
    open: proceduresOpenTo(both, selection, date).map((p) => p.id),
    kept: registersKeptBy(both, selection, date).map((p) => p.id),
  })

  it('is read in the version of the day, not in the newest', () => {
    expect(at('2026-05-11').open).toEqual(open('zoumaling'))
    expect(at('2026-05-11').kept).toContain('device')
    expect(at('2027-01-01').open).toContain('licence')
    expect(at('2027-01-01').open).not.toContain('penalty-ordinary')
    expect(at('2027-01-01').kept).toEqual([])
  })
})

describe('the registers that an agency keeps', () => {
  const kept = (base: string, overlays: string[] = []) =>
    registersKeptBy(law, { base, overlays }, '2026-05-11').map((p) => p.id)

  it('are those that stand on a clause of its texts', () => {
    expect(kept('zoumaling')).toEqual(expect.arrayContaining(['device', 'administration']))
    expect(kept('jiayuguan-sxzd')).toEqual(expect.arrayContaining(['device', 'statistics']))
    expect(kept('zoumaling')).not.toContain('police-venue')
    expect(kept('national', ['gongan-sxzd'])).toEqual(
      expect.arrayContaining(['police-venue', 'police-property']),
    )
    expect(kept('guotu-gongshi')).not.toContain('device')
  })
  it('are never procedures of cases, and all of them where no text is chosen', () => {
    expect(kept('fengtai')).not.toContain('penalty-ordinary')
    expect(kept('national').length).toBe(18)
  })
})
