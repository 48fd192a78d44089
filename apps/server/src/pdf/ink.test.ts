import { expect, it } from 'vitest'
import { inkSvg } from './ink.ts'

it('crops the picture to the strokes', () => {
  const svg = inkSvg([
    [
      { x: 100, y: 50, t: 0 },
      { x: 140, y: 90, t: 16 },
    ],
  ])
  expect(svg).toContain('viewBox="0 0 44.4 44.4"')
  expect(svg).toContain('M2.2 2.2')
})
it('keeps a dot, and makes nothing of nothing', () => {
  expect(inkSvg([[{ x: 1, y: 1, t: 0 }]])).toContain('h0.01')
  expect(inkSvg([])).toBe('')
  expect(inkSvg([[]])).toBe('')
})
