import { expect, test } from 'vitest'
import { gridFor, MASK_RATE, maskFrames } from './cover-mask.ts'

const area = {
  from: 1,
  to: 2,
  frames: [
    { at: 1, box: { x: 0, y: 0, w: 0.1, h: 0.1 } },
    { at: 2, box: { x: 0.5, y: 0.5, w: 0.1, h: 0.1 } },
  ],
}

test('a mask covers every cell that an area touches around its moment, and nothing before and after', () => {
  const grid = gridFor(320, 180)
  expect(grid).toEqual({ cell: 2, columns: 160, rows: 90 })
  const frames = [...maskFrames([area], grid, { from: 0, seconds: 3 })]
  expect(frames).toHaveLength(3 * MASK_RATE + 2)
  const count = (n: number) => frames[n]?.filter((cell) => cell === 255).length ?? 0
  expect(count(0)).toBe(0)
  expect(count(74)).toBe(0)
  // Half on the way: the box of that moment, and what it sweeps from the moment before to the moment after.
  const at = 1.5 * MASK_RATE - MASK_RATE / 2
  expect(count(Math.round(at) + 12)).toBeGreaterThanOrEqual(16 * 9)
  const frame = frames[37] ?? new Uint8Array()
  const inside = (x: number, y: number) => frame[Math.floor(y * 90) * 160 + Math.floor(x * 160)]
  expect(inside(0.3, 0.3)).toBe(255)
  expect(inside(0.05, 0.05)).toBe(0)
})

test('a range is counted from its beginning', () => {
  const grid = gridFor(1920, 1080)
  expect(grid.cell).toBe(8)
  const [first] = maskFrames([area], grid, { from: 1, seconds: 1 })
  expect(first?.[0]).toBe(255)
})
