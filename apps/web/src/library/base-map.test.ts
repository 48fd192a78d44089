import { describe, expect, it } from 'vitest'
import { basePath } from './base-map.ts'

const feature = (type: string, coordinates: unknown) => ({ type: 'Feature', geometry: { type, coordinates } })

describe("the operator's own map", () => {
  it('is drawn by its lines and the edges of its areas; points and what is no shape are left out', () => {
    const line = [
      [114.3, 30.5],
      [114.4, 30.6],
    ]
    const path = basePath({
      type: 'FeatureCollection',
      features: [
        feature('LineString', line),
        feature('MultiPolygon', [[line, line]]),
        feature('Point', [114, 30]),
        feature('LineString', 'nonsense'),
        { type: 'Feature', geometry: null },
      ],
    })
    expect(path?.match(/M/g)).toHaveLength(3)
  })

  it('is none where the file is something else', () => {
    expect(basePath({ hello: 'world' })).toBeUndefined()
    expect(basePath([1, 2])).toBeUndefined()
  })
})
