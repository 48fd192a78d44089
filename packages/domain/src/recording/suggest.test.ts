import { describe, expect, it } from 'vitest'
import { type Neighbour, type Occasion, suggest, type Unfiled } from './suggest.ts'

const at = (time: string): string => `2026-03-10T${time}:00+08:00`
const film: Unfiled = { deviceId: 'BWC-07', officerId: 'p1', from: at('10:00'), to: at('10:20') }
const inspection: Occasion = {
  caseId: 'c1',
  step: 'inspection',
  from: at('09:50'),
  to: at('10:40'),
  officers: ['p1', 'p2'],
  scenes: ['inspection', 'seizure'],
}
const before: Neighbour = {
  deviceId: 'BWC-07',
  caseId: 'c1',
  step: 'inspection',
  scene: 'seizure',
  from: at('09:50'),
  to: at('09:59'),
}
const places = (one: Unfiled, occasions: readonly Occasion[], neighbours: readonly Neighbour[] = []) =>
  suggest(one, { occasions, neighbours })

describe('where an unfiled recording may belong', () => {
  it('is the act that its maker took part in while it was made, with the scene that the act lacks', () => {
    expect(places(film, [inspection])).toEqual([
      { caseId: 'c1', step: 'inspection', scene: 'inspection', because: ['during'], sure: false },
    ])
    expect(places({ ...film, officerId: 'p9' }, [inspection])).toEqual([])
    expect(places({ ...film, from: at('11:20'), to: at('11:30') }, [inspection])).toEqual([])
  })
  it('may be one that ended a little before, as people tell times', () => {
    const after = { ...film, from: at('11:00'), to: at('11:10') }
    expect(places(after, [inspection])).toMatchObject([{ because: ['around'], sure: false }])
  })
  it('allows for a clock that may have been off', () => {
    const late = { ...film, from: at('10:42'), to: at('10:50') }
    expect(places(late, [inspection])).toMatchObject([{ because: ['around'] }])
    const unsure = { ...late, uncertaintyMs: 5 * 60_000 }
    expect(places(unsure, [inspection])).toMatchObject([{ because: ['during'] }])
  })
  it('is where the same device’s neighbours are, and sure once time and neighbour agree', () => {
    expect(places(film, [], [before])).toMatchObject([{ because: ['neighbour'], scene: 'seizure' }])
    expect(places(film, [], [{ ...before, deviceId: 'BWC-08' }])).toEqual([])
    expect(places(film, [], [{ ...before, from: at('08:00'), to: at('08:10') }])).toEqual([])
    expect(places(film, [inspection], [before])).toMatchObject([
      { because: ['during', 'neighbour'], sure: true },
    ])
  })
  it('is above all what was said by whoever filmed, and the other files of the same session', () => {
    const said = { ...film, announced: { caseId: 'c2', step: 'inquiry', scene: 'inquiry' } }
    expect(places(said, [inspection])).toMatchObject([
      { caseId: 'c2', because: ['announced'], sure: true },
      { caseId: 'c1', sure: false },
    ])
    const cut = { ...film, session: 's1', from: at('14:00'), to: at('14:10') }
    expect(places(cut, [], [{ ...before, session: 's1' }])).toMatchObject([
      { because: ['session'], sure: true },
    ])
  })
  it('is never sure while two places are as likely, or no scene is known', () => {
    const two = [inspection, { ...inspection, caseId: 'c2' }]
    expect(places(film, two).map((s) => s.sure)).toEqual([false, false])
    const bare = { ...film, announced: { caseId: 'c2', step: 'inquiry' } }
    expect(places(bare, [])).toMatchObject([{ caseId: 'c2', sure: false }])
  })
  it('names three at the most', () => {
    const many = ['c1', 'c2', 'c3', 'c4'].map((caseId) => ({ ...inspection, caseId }))
    expect(places(film, many)).toHaveLength(3)
  })
  it('may be what was filed of the same spot, however the clock stood; a spot far away says nothing', () => {
    const spot = { latitude: 30.5867, longitude: 114.3156 }
    const landmarks = [{ caseId: 'c2', step: 'review', scene: 'return-visit', at: spot }]
    const near = { ...film, at: { ...spot, latitude: spot.latitude + 0.001 } }
    const by = (one: Unfiled) => suggest(one, { occasions: [], neighbours: [], landmarks })
    expect(by(near)).toEqual([
      { caseId: 'c2', step: 'review', scene: 'return-visit', because: ['place'], metres: 111, sure: false },
    ])
    const far = { ...film, at: { ...spot, latitude: spot.latitude + 0.003 } }
    expect(by(far)).toEqual([])
    expect(by({ ...far, at: { ...far.at, accuracyMetres: 200 } })).toMatchObject([{ because: ['place'] }])
    // However little a place is known, it does not become near to everything.
    const vague = { ...film, at: { ...far.at, latitude: far.at.latitude + 0.05, accuracyMetres: 1_000_000 } }
    expect(by(vague)).toEqual([])
    expect(by(film)).toEqual([])
  })
  it('is surer by the spot together with the act and the device', () => {
    const spot = { latitude: 30.5867, longitude: 114.3156 }
    const landmarks = [{ caseId: 'c1', step: 'inspection', scene: 'seizure', at: spot }]
    const known = { occasions: [inspection], neighbours: [], landmarks }
    expect(suggest({ ...film, at: spot }, known)).toMatchObject([
      { because: ['during', 'place'], metres: 0, sure: true },
    ])
  })
})
