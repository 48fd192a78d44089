import { describe, expect, it } from 'vitest'
import type { CaseEventOf } from './events.ts'
import { growingFacts } from './state.ts'
import { factsOf } from './facts.ts'
import { scalars } from './scalars.ts'

const submitted: CaseEventOf<'DocumentSubmitted'> = {
  type: 'DocumentSubmitted',
  schemaVersion: 1,
  occurredAt: '2026-03-18T09:40:00+08:00',
  data: {
    public: { documentId: 'r', type: 'service-receipt', step: 'service', version: 1, dataHash: '0' },
    internal: { data: { mode: 'direct' }, filled: ['receiver'] },
    personal: { data: { receiver: '刘建国' } },
  },
}

describe('what a submitted form says to the law', () => {
  it('tells that a personal field is filled, not what it says', () => {
    const [fact] = factsOf(submitted, { personId: 'ada' }, { documents: {} })
    expect(fact?.data).toEqual({ mode: 'direct', receiver: true })
    expect(JSON.stringify(fact)).not.toContain('刘建国')
  })

  it('tells of rows how many there are, and of none that there are none', () => {
    expect(scalars({ items: [{ name: '货架' }, { name: '水果' }], rights: ['statement'], none: [] })).toEqual(
      {
        items: 2,
        rights: ['statement'],
        none: [],
      },
    )
  })
})

describe('a fact that somebody noted', () => {
  it('gives rules its lists as they were said', () => {
    const noted: CaseEventOf<'FactNoted'> = {
      type: 'FactNoted',
      schemaVersion: 1,
      occurredAt: '2026-03-18T10:00:00+08:00',
      data: {
        public: { name: 'third-party-told', at: '2026-03-18T09:50:00+08:00' },
        internal: { data: { told: ['distance', '其他'], spoken: true } },
      },
    }
    const [fact] = factsOf(noted, { personId: 'ada' }, { documents: {} })
    expect(fact?.data).toEqual({ told: ['distance', '其他'], spoken: true })
    expect(fact).not.toHaveProperty('ref')
  })

  it('is a thing that others can be about, and says what it is about itself', () => {
    const noted: CaseEventOf<'FactNoted'> = {
      type: 'FactNoted',
      schemaVersion: 1,
      occurredAt: '2026-03-18T10:00:00+08:00',
      data: {
        public: { name: 'third-party-told', at: '2026-03-18T09:50:00+08:00', ref: 'fact-2' },
        internal: { data: {}, about: 'fact-1' },
      },
    }
    expect(factsOf(noted, { personId: 'ada' }, { documents: {} })).toMatchObject([
      { ref: 'fact-2', about: 'fact-1' },
    ])
  })
})

describe('a service in the minute of the issue', () => {
  const served: CaseEventOf<'DocumentServed'> = {
    type: 'DocumentServed',
    schemaVersion: 1,
    occurredAt: '2026-03-18T09:41:10+08:00',
    data: {
      public: { documentId: 'd', mode: 'direct', servedAt: '2026-03-18T09:40:00+08:00' },
      internal: { recordingIds: [], by: [] },
    },
  }
  const paper = { type: 'decision', step: 'decision', data: {} }
  const at = (issuedAt: string) =>
    factsOf(served, { personId: 'ada' }, { documents: { d: { ...paper, issuedAt } } })[0]?.at

  it('comes after it, though times are told to the minute', () => {
    expect(at('2026-03-18T09:40:24+08:00')).toBe('2026-03-18T09:40:24+08:00')
  })
  it('is when it was told otherwise', () => {
    expect(at('2026-03-18T09:20:00+08:00')).toBe('2026-03-18T09:40:00+08:00')
  })
})

describe('the facts of a whole stream', () => {
  const noted = (ref: string): CaseEventOf<'FactNoted'> => ({
    type: 'FactNoted',
    schemaVersion: 1,
    occurredAt: '2026-03-18T10:00:00+08:00',
    data: {
      public: { name: 'device-checked', at: '2026-03-18T09:50:00+08:00', ref },
      internal: { data: {} },
    },
  })
  it('are put into one list that is nobody else’s, and are the same as when each state is its own', () => {
    const join = growingFacts()
    const before = [{ kind: 'event', name: 'begun', at: '2026-03-18T09:00:00+08:00' }] as const
    const first = join(before, factsOf(noted('a'), { personId: 'ada' }, { documents: {} }))
    const second = join(first, factsOf(noted('b'), { personId: 'ada' }, { documents: {} }))
    expect(second).toBe(first)
    expect(second.map((f) => f.name)).toEqual(['begun', 'device-checked', 'device-checked'])
    expect(before).toHaveLength(1)
    const without = second.filter((f) => f.name !== 'begun')
    expect(join(without, [])).toEqual(without)
    expect(second).toHaveLength(3)
  })
})
