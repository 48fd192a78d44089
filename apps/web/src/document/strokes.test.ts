import { describe, expect, it } from 'vitest'
import { strokesOf } from './strokes.ts'

describe('the strokes of a signature', () => {
  it('count time from the first touch and keep pressure', () => {
    const groups = [
      { points: [{ x: 10.04, y: 5, pressure: 0.5, time: 1_700_000_000_000 }] },
      { points: [{ x: 12, y: 6.26, pressure: 0.333, time: 1_700_000_000_250 }] },
    ]
    expect(strokesOf(groups)).toEqual([[{ x: 10, y: 5, t: 0, p: 0.5 }], [{ x: 12, y: 6.3, t: 250, p: 0.33 }]])
  })

  it('are none where nothing was drawn', () => {
    expect(strokesOf([])).toEqual([])
  })
})
