import { expect, it } from 'vitest'
import { wantedOf } from './carry.ts'

it('records what a step asks for by now, and nothing that only may come', () => {
  const must = { strength: 'must' as const, done: false, citations: [] }
  const recordings: Parameters<typeof wantedOf>[0]['recordings'] = [
    { ...must, scene: 'asked' },
    { ...must, scene: 'needed', strength: 'as-needed' },
    { ...must, scene: 'made', done: true },
    { ...must, scene: 'free', strength: 'may' },
    { ...must, scene: 'service-by-leaving', ahead: true },
  ]
  expect(wantedOf({ recordings })).toEqual(['asked', 'needed'])
})
