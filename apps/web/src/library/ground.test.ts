import { describe, expect, it } from 'vitest'
import { boxOf, fromGround, pixelOf, scaleOf, sidesOf, sightOf, toGround, zoomed } from './ground.ts'

const size = { width: 800, height: 500 }
const town = { west: 114.25, south: 30.55, east: 114.35, north: 30.62 }

describe('the ground of the map', () => {
  it('leads back from where it led to', () => {
    const { longitude, latitude } = fromGround(toGround(114.3156, 30.5867))
    expect(longitude).toBeCloseTo(114.3156, 9)
    expect(latitude).toBeCloseTo(30.5867, 9)
  })

  it('shows everything at first, north above south', () => {
    const sight = sightOf(town, size)
    const seen = sidesOf(sight, size)
    expect(seen.west).toBeLessThan(town.west)
    expect(seen.north).toBeGreaterThan(town.north)
    const [a, b] = [pixelOf(sight, size, toGround(114.3, 30.6)), pixelOf(sight, size, toGround(114.3, 30.57))]
    expect(a.y).toBeLessThan(b.y)
  })

  it('keeps the point under the pointer when it comes nearer, and a single point in sight', () => {
    const sight = sightOf(town, size)
    const point = toGround(114.27, 30.6)
    const at = pixelOf(sight, size, point)
    const after = pixelOf(zoomed(sight, 0.5, size, at), size, point)
    expect(after.x).toBeCloseTo(at.x, 5)
    expect(after.y).toBeCloseTo(at.y, 5)
    const alone = sightOf({ west: 114.3, east: 114.3, south: 30.6, north: 30.6 }, size)
    expect(Number.isFinite(alone.perPixel) && alone.perPixel > 0).toBe(true)
  })

  it('has a scale of round and true metres: a kilometre of the ground is as long as the bar says', () => {
    const sight = sightOf(town, size)
    const { metres, pixels } = scaleOf(sight)
    expect([1, 2, 5]).toContain(Number(String(metres)[0]))
    const north = pixelOf(sight, size, toGround(114.3, 30.58 + metres / 111_195))
    const south = pixelOf(sight, size, toGround(114.3, 30.58))
    expect((south.y - north.y) / pixels).toBeCloseTo(1, 1)
  })

  it('writes its sides so that the server reads them', () => {
    expect(boxOf(town)).toBe('114.250000,30.550000,114.350000,30.620000')
  })
})
