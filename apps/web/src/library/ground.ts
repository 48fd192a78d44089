/** Mercator metres around a point of our own: small numbers, so that a picture is drawn exactly. */
export type Ground = Readonly<{ x: number; y: number }>
export type Sides = Readonly<{ west: number; south: number; east: number; north: number }>

const EARTH_METRES = 6_378_137
const MOST_NORTH = 85
const radians = (degrees: number): number => (degrees * Math.PI) / 180

export const toGround = (longitude: number, latitude: number): Ground => {
  const bounded = Math.min(MOST_NORTH, Math.max(-MOST_NORTH, latitude))
  return {
    x: EARTH_METRES * radians(longitude),
    y: -EARTH_METRES * Math.log(Math.tan(Math.PI / 4 + radians(bounded) / 2)),
  }
}
export const fromGround = ({ x, y }: Ground): Readonly<{ longitude: number; latitude: number }> => ({
  longitude: (x / EARTH_METRES) * (180 / Math.PI),
  latitude: (2 * Math.atan(Math.exp(-y / EARTH_METRES)) - Math.PI / 2) * (180 / Math.PI),
})

/** What a map shows: its middle, and how many metres of the ground a pixel is. */
export type Sight = Readonly<{ middle: Ground; perPixel: number }>
type Size = Readonly<{ width: number; height: number }>

const CLOSEST = 0.05
const FARTHEST = 40_000
const clamp = (perPixel: number): number => Math.min(FARTHEST, Math.max(CLOSEST, perPixel))

/** All of these in the picture, with some room around; a single point with a street's width. */
export const sightOf = ({ west, south, east, north }: Sides, { width, height }: Size): Sight => {
  const [a, b] = [toGround(west, north), toGround(east, south)]
  const room = 1.15
  const perPixel = Math.max(((b.x - a.x) * room) / width, ((b.y - a.y) * room) / height, 200 / width)
  return { middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, perPixel: clamp(perPixel) }
}

export const sidesOf = ({ middle, perPixel }: Sight, { width, height }: Size): Sides => {
  const a = fromGround({ x: middle.x - (width / 2) * perPixel, y: middle.y - (height / 2) * perPixel })
  const b = fromGround({ x: middle.x + (width / 2) * perPixel, y: middle.y + (height / 2) * perPixel })
  const within = (value: number, most: number): number => Math.min(most, Math.max(-most, value))
  return {
    west: within(a.longitude, 180),
    north: within(a.latitude, 90),
    east: within(b.longitude, 180),
    south: within(b.latitude, 90),
  }
}

/** Metres to the millimetre are enough, and make a short address. */
export const boxOf = ({ west, south, east, north }: Sides): string =>
  [west, south, east, north].map((n) => n.toFixed(6)).join(',')

export const pixelOf = ({ middle, perPixel }: Sight, { width, height }: Size, at: Ground): Ground => ({
  x: (at.x - middle.x) / perPixel + width / 2,
  y: (at.y - middle.y) / perPixel + height / 2,
})

/** Nearer or farther, with the point under the pointer staying where it is. */
export const zoomed = (sight: Sight, by: number, size: Size, at?: Ground): Sight => {
  const perPixel = clamp(sight.perPixel * by)
  const pointer = at ?? { x: size.width / 2, y: size.height / 2 }
  const off = { x: pointer.x - size.width / 2, y: pointer.y - size.height / 2 }
  return {
    perPixel,
    middle: {
      x: sight.middle.x + off.x * (sight.perPixel - perPixel),
      y: sight.middle.y + off.y * (sight.perPixel - perPixel),
    },
  }
}

/** A round length for the scale, and how many pixels it is. The picture is stretched away from the equator; true metres count. */
export const scaleOf = ({ middle, perPixel }: Sight): Readonly<{ metres: number; pixels: number }> => {
  const truePerPixel = perPixel * Math.cos(radians(fromGround(middle).latitude))
  const about = truePerPixel * 120
  const power = 10 ** Math.floor(Math.log10(about))
  const metres = ([5, 2, 1].find((n) => n * power <= about) ?? 1) * power
  return { metres, pixels: metres / truePerPixel }
}
