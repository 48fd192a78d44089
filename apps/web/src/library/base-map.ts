import { z } from 'zod'
import { toGround } from './ground.ts'

const Position = z.tuple([z.number(), z.number()]).rest(z.number())
const Line = z.array(Position)
const Shape = z.discriminatedUnion('type', [
  z.object({ type: z.literal('LineString'), coordinates: Line }),
  z.object({ type: z.literal('MultiLineString'), coordinates: z.array(Line) }),
  z.object({ type: z.literal('Polygon'), coordinates: z.array(Line) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(Line)) }),
])
const BaseMap = z.object({ features: z.array(z.object({ geometry: z.unknown() })) })

type Lines = readonly (readonly z.infer<typeof Position>[])[]

const linesOf = (geometry: unknown): Lines => {
  const shape = Shape.safeParse(geometry)
  if (!shape.success) return []
  switch (shape.data.type) {
    case 'LineString':
      return [shape.data.coordinates]
    case 'MultiLineString':
    case 'Polygon':
      return shape.data.coordinates
    case 'MultiPolygon':
      return shape.data.coordinates.flat()
  }
}

const pathOf = (line: Lines[number]): string =>
  line
    .map(([longitude, latitude], i) => {
      const { x, y } = toGround(longitude, latitude)
      return `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`
    })
    .join('')

/** Lines and edges of areas of a GeoJSON file (RFC 7946, WGS-84) as one path; points and what is no shape are left out. */
export const basePath = (geoJson: unknown): string | undefined => {
  const read = BaseMap.safeParse(geoJson)
  return read.success
    ? read.data.features.flatMap((f) => linesOf(f.geometry).map(pathOf)).join('')
    : undefined
}
