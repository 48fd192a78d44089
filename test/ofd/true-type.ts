/** A typeface read as OpenType says (1.9: head, loca, glyf, cmap), by numbers of glyphs; nothing of it is ours. */
export type TrueType = Readonly<{
  em: number
  glyphs: number
  /** As SVG writes a path, in units of the em, y upwards. */
  outline: (glyph: number) => string
  glyphOf: (character: number) => number
}>

type Affine = readonly [number, number, number, number, number, number]
type Dot = Readonly<{ x: number; y: number; on: boolean }>

export function readTrueType(bytes: Uint8Array): TrueType {
  const all = Buffer.from(bytes)
  const table = (name: string): Buffer => {
    for (let i = 12; i < 12 + all.readUInt16BE(4) * 16; i += 16)
      if (all.toString('latin1', i, i + 4) === name)
        return all.subarray(all.readUInt32BE(i + 8), all.readUInt32BE(i + 8) + all.readUInt32BE(i + 12))
    throw new Error(`no table ${name}`)
  }
  const [head, loca, glyf] = [table('head'), table('loca'), table('glyf')]
  const isLong = head.readInt16BE(50) === 1
  const offset = (i: number): number => (isLong ? loca.readUInt32BE(i * 4) : loca.readUInt16BE(i * 2) * 2)
  const contours = (glyph: number): readonly (readonly Dot[])[] => {
    const data = glyf.subarray(offset(glyph), offset(glyph + 1))
    if (data.length === 0) return []
    return data.readInt16BE(0) < 0 ? compound(data, contours) : simple(data)
  }
  const cmap = table('cmap')
  const map = new Map<number, number>()
  for (let i = 0; i < cmap.readUInt16BE(2); i += 1) {
    const at = cmap.readUInt32BE(4 + i * 8 + 4)
    if (cmap.readUInt16BE(at) !== 12) continue
    for (let g = 0; g < cmap.readUInt32BE(at + 12); g += 1) {
      const [from, to, glyph] = [0, 4, 8].map((o) => cmap.readUInt32BE(at + 16 + g * 12 + o))
      for (let c = from ?? 0; c <= (to ?? -1); c += 1) map.set(c, (glyph ?? 0) + c - (from ?? 0))
    }
  }
  return {
    em: head.readUInt16BE(18),
    glyphs: table('maxp').readUInt16BE(4),
    outline: (glyph) => contours(glyph).map(pathOf).join(''),
    glyphOf: (character) => map.get(character) ?? 0,
  }
}

function simple(data: Buffer): readonly (readonly Dot[])[] {
  const count = data.readInt16BE(0)
  const ends = Array.from({ length: count }, (_, i) => data.readUInt16BE(10 + i * 2))
  const dots = (ends.at(-1) ?? -1) + 1
  let at = 10 + count * 2
  at += 2 + data.readUInt16BE(at)
  const flags: number[] = []
  while (flags.length < dots) {
    const flag = data.readUInt8(at++)
    const repeat = flag & 8 ? data.readUInt8(at++) : 0
    for (let i = 0; i <= repeat; i += 1) flags.push(flag)
  }
  const coordinates = (short: number, same: number): readonly number[] => {
    let value = 0
    return flags.map((flag) => {
      if (flag & short) value += (flag & same ? 1 : -1) * data.readUInt8(at++)
      else if (!(flag & same)) {
        value += data.readInt16BE(at)
        at += 2
      }
      return value
    })
  }
  const xs = coordinates(2, 16)
  const ys = coordinates(4, 32)
  return ends.map((end, i) => {
    const from = i === 0 ? 0 : (ends[i - 1] ?? 0) + 1
    return Array.from({ length: end - from + 1 }, (_, k) => ({
      x: xs[from + k] ?? 0,
      y: ys[from + k] ?? 0,
      on: ((flags[from + k] ?? 0) & 1) === 1,
    }))
  })
}

function compound(
  data: Buffer,
  contours: (glyph: number) => readonly (readonly Dot[])[],
): readonly (readonly Dot[])[] {
  const found: (readonly Dot[])[] = []
  let at = 10
  for (let more = true; more; ) {
    const flags = data.readUInt16BE(at)
    const glyph = data.readUInt16BE(at + 2)
    at += 4
    const isWide = (flags & 1) !== 0
    const [e, f] = isWide
      ? [data.readInt16BE(at), data.readInt16BE(at + 2)]
      : [data.readInt8(at), data.readInt8(at + 1)]
    at += isWide ? 4 : 2
    const part = (): number => {
      at += 2
      return data.readInt16BE(at - 2) / 16384
    }
    let affine: Affine = [1, 0, 0, 1, e, f]
    if (flags & 8) {
      const scale = part()
      affine = [scale, 0, 0, scale, e, f]
    } else if (flags & 64) affine = [part(), 0, 0, part(), e, f]
    else if (flags & 128) affine = [part(), part(), part(), part(), e, f]
    const [a, b, c, d] = affine
    for (const contour of contours(glyph))
      found.push(contour.map(({ x, y, on }) => ({ x: a * x + c * y + e, y: b * x + d * y + f, on })))
    more = (flags & 32) !== 0
  }
  return found
}

const between = (a: Dot, b: Dot): Dot => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, on: true })

/** Two dots off the curve have one on it between them. */
function pathOf(contour: readonly Dot[]): string {
  const whole = contour.flatMap((dot, i) => {
    const next = contour[(i + 1) % contour.length] ?? dot
    return !dot.on && !next.on ? [dot, between(dot, next)] : [dot]
  })
  const start = whole.findIndex((dot) => dot.on)
  const turned = [...whole.slice(start), ...whole.slice(0, start)]
  const [origin] = turned
  if (origin === undefined || start === -1) return ''
  let path = `M${origin.x} ${origin.y}`
  for (let i = 1; i <= turned.length; i += 1) {
    const dot = turned[i % turned.length] ?? origin
    if (dot.on) path += `L${dot.x} ${dot.y}`
    else {
      i += 1
      const end = turned[i % turned.length] ?? origin
      path += `Q${dot.x} ${dot.y} ${end.x} ${end.y}`
    }
  }
  return `${path}Z`
}
