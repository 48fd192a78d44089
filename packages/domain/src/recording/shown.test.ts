import { describe, expect, it } from 'vitest'
import type { Fact } from '@liuhen/law/fact'
import { realLaw } from '../../../../test/law/real-law.ts'
import { RECORDING_SHOWS } from '../case/words.ts'
import { scenesShownIn } from './shown.ts'

const at = '2026-03-10T12:00:00+08:00'
const said = (about: string, scene: string): Fact => ({
  kind: 'event',
  name: RECORDING_SHOWS,
  at,
  about,
  data: { scene },
})

describe('what a film shows beside its own scene', () => {
  it('is every moment that was noted of it, in the order of the notes', () => {
    const facts = [said('v1', 'seize'), said('v2', 'show-certificate'), said('v1', 'sign')]
    expect(scenesShownIn(facts, 'v1')).toEqual(['seize', 'sign'])
  })
  it('is nothing where nobody said so, or something else was said of it', () => {
    const other: Fact = { kind: 'event', name: 'evidence-marked', at, about: 'v1', data: { scene: 'seize' } }
    const own: Fact = { kind: 'recording', name: 'inspection', state: 'made', at, ref: 'v1' }
    expect(scenesShownIn([own, other, said('v2', 'seize'), { ...said('v1', ''), data: {} }], 'v1')).toEqual(
      [],
    )
  })
  it('is told by an event that the law declares, about a recording and with the scene that it shows', () => {
    const declared = realLaw()
      .procedures.flatMap((p) => p.events)
      .filter((e) => e.name === RECORDING_SHOWS)
    expect(declared.length).toBeGreaterThan(0)
    for (const event of declared) {
      expect(event.about).toContain('recording')
      expect(event.data).toHaveProperty('scene')
    }
  })
})
