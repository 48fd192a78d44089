import { describe, expect, it } from 'vitest'
import {
  addArea,
  between,
  dropFrame,
  fitted,
  frameNear,
  keyed,
  placeArea,
  shownAt,
  withEnd,
} from './edit-areas.ts'

const box = { x: 0.1, y: 0.1, w: 0.2, h: 0.2 }
const [area] = addArea([], box, 2, 10)
if (area === undefined) throw new Error('an area')

describe('areas that are drawn over a picture', () => {
  it('begin where they were drawn and run to the end', () => {
    expect(area).toEqual({ n: 1, from: 2, to: 10, frames: [{ at: 2, box }] })
    expect(addArea([area], box, 12, 10)[1]).toMatchObject({ n: 2, from: 9.9, to: 10 })
  })

  it('get a key frame where they are moved, and lie in between on the way', () => {
    const moved = placeArea(area, { ...box, x: 0.5 }, 6)
    expect(shownAt([moved], 4, undefined)[0]?.box.x).toBeCloseTo(0.3)
    expect(placeArea(moved, box, 6.004).frames).toHaveLength(2)
    expect(frameNear(moved, 6.01)).toBe(6)
    expect(dropFrame(moved, 6)).toEqual(area)
    expect(dropFrame(area, 2)).toEqual(area)
  })

  it('stay inside the picture and large enough to be taken hold of', () => {
    expect(fitted({ x: 0.95, y: -1, w: 0.2, h: 3 })).toEqual({ x: 0.8, y: 0, w: 0.2, h: 1 })
    expect(between({ x: 0.5, y: 0.5 }, { x: 0.2, y: 0.1 })).toEqual({ x: 0.2, y: 0.1, w: 0.3, h: 0.4 })
    expect(keyed(box, 'ArrowRight', false)?.x).toBeCloseTo(0.11)
    expect(keyed(box, 'ArrowDown', true)?.h).toBeCloseTo(0.21)
    expect(keyed(box, 'a', false)).toBeUndefined()
  })

  it('keep their ends in order', () => {
    expect(withEnd(area, 'to', 1)).toMatchObject({ from: 0.9, to: 1 })
    expect(withEnd(area, 'from', 11)).toMatchObject({ from: 11, to: 11.1 })
  })

  it('are shown where they cover nothing only while they are chosen', () => {
    expect(shownAt([area], 1, undefined)).toEqual([])
    expect(shownAt([area], 1, 1)).toMatchObject([{ covers: false, box }])
  })
})
