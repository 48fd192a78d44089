import { describe, expect, it } from 'vitest'
import { bandsOf, gapsOf } from './bands.ts'

describe('what the timeline draws behind the events', () => {
  it('is a band a stage, from its first event to its last', () => {
    const entries = [
      { at: '2026-03-02T09:00:00+08:00', step: 'accept' },
      { at: '2026-03-04T09:00:00+08:00', step: 'filing' },
      { at: '2026-03-03T09:00:00+08:00' },
    ]
    const steps = [
      { id: 'accept', stage: 'start' },
      { id: 'filing', stage: 'start' },
      { id: 'inspect', stage: 'inquiry' },
    ]
    const bands = bandsOf(entries, steps, ['start', 'inquiry'])
    expect(bands).toEqual([
      { stage: 'start', from: Date.parse('2026-03-02T01:00:00Z'), to: Date.parse('2026-03-04T01:00:00Z') },
    ])
  })

  it('is a red gap only where a finding gives both its ends', () => {
    const facts = { from: '2026-03-04T09:00:00+08:00', to: '2026-03-04T09:05:00+08:00' }
    expect(gapsOf([{ code: 'gap', message: 'm', facts }])).toHaveLength(1)
    expect(gapsOf([{ code: 'gap', message: 'm', facts: { from: facts.from } }])).toEqual([])
    expect(gapsOf([{ code: 'other', message: 'm' }])).toEqual([])
  })
})
