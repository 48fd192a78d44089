import { z } from 'zod'

/** A point on the ground in WGS-84, as satellites give it; what is shifted (GCJ-02) does not belong here. */
export const Point = z.object({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
})
export type Point = z.infer<typeof Point>

/** file: in the bytes, so the digest covers it. phone, sidecar: said beside them when the recording was registered. */
export const PLACE_SOURCES = ['file', 'phone', 'sidecar'] as const
export type PlaceSource = (typeof PLACE_SOURCES)[number]

/** What a device said beside the bytes about where it was. */
export const DeclaredPlace = Point.extend({
  /** The true point lies within this much, as the device reckons it. */
  accuracyMetres: z.number().positive().max(1_000_000).optional(),
  source: z.enum(['phone', 'sidecar']),
})
export type DeclaredPlace = z.infer<typeof DeclaredPlace>

const EARTH_METRES = 6_371_000
const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Metres between two points, along the ground. */
export const metresBetween = (a: Point, b: Point): number => {
  const dLat = radians(b.latitude - a.latitude)
  const dLon = radians(b.longitude - a.longitude)
  const h =
    Math.sin(dLat / 2) ** 2 +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * Math.sin(dLon / 2) ** 2
  return 2 * EARTH_METRES * Math.asin(Math.sqrt(Math.min(1, h)))
}

/** Receivers without a fix write zeros; nobody enforces the law in the Gulf of Guinea. */
export const isFix = ({ latitude, longitude }: Point): boolean => latitude !== 0 || longitude !== 0

const ISO_6709 = /^([+-]\d{1,2}(?:\.\d+)?)([+-]\d{1,3}(?:\.\d+)?)(?:[+-]\d+(?:\.\d+)?)?(?:CRS[^/]*)?\/?$/

/** `+30.5867+114.3156/`, as phones write it into a film (ISO 6709, decimal degrees). */
export const readIso6709 = (text: string): Point | undefined => {
  const read = ISO_6709.exec(text.trim())
  const point = Point.safeParse({ latitude: Number(read?.[1]), longitude: Number(read?.[2]) })
  return point.success && isFix(point.data) ? point.data : undefined
}
