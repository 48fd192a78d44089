import { concat } from './bytes.ts'
import { foldRange, perfectHash, perfectNodes, type Node, type Range } from './merkle.ts'
import type { Hash } from './hashes.ts'

/** Hashes in a full tile, entries in a full bundle. */
export const TILE_WIDTH = 256
const HASH_BYTES = 32
const MAX_ENTRY_BYTES = 0xffff

/** `level` 0…63 is a tile of hashes, 'entries' a bundle of log entries. */
export type Tile = Readonly<{ level: number | 'entries'; index: number; width: number }>

/** 1234067 → x001/x234/067 */
const indexPath = (index: number): string => {
  const digits = String(index)
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0')
  const groups = padded.match(/.{3}/g) ?? []
  return groups.map((g, i) => (i < groups.length - 1 ? `x${g}` : g)).join('/')
}

/** C2SP tlog-tiles: path below the log's prefix. */
export const tilePath = ({ level, index, width }: Tile): string =>
  `tile/${level}/${indexPath(index)}${width < TILE_WIDTH ? `.p/${width}` : ''}`

const TILE_PATH = /^tile\/(entries|0|[1-9][0-9]?)\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/

/** Inverse of tilePath; undefined for any other text. */
export const parseTilePath = (path: string): Tile | undefined => {
  const match = TILE_PATH.exec(path)
  if (!match) return undefined
  const [, level = '', index = '', width] = match
  const tile: Tile = {
    level: level === 'entries' ? level : Number(level),
    index: Number(index.replace(/[x/]/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  }
  const sane = Number.isSafeInteger(tile.index) && (tile.level === 'entries' || tile.level < 64)
  return sane && tilePath(tile) === path ? tile : undefined
}

/** Tiles of one level that hold something new when the level grows from `from` to `to` hashes. */
const grown = (level: Tile['level'], from: number, to: number): Tile[] => {
  const tiles: Tile[] = []
  if (to <= from) return tiles
  for (let index = Math.floor(from / TILE_WIDTH); index * TILE_WIDTH < to; index++) {
    tiles.push({ level, index, width: Math.min(TILE_WIDTH, to - index * TILE_WIDTH) })
  }
  return tiles
}

/** Tiles and bundles to write when the tree grows; `tilesToWrite(0, n)` is the whole layout of a log of n entries. */
export const tilesToWrite = (from: number, to: number): Tile[] => {
  const tiles = grown('entries', from, to)
  let a = from
  let b = to
  for (let level = 0; b > 0; level++) {
    tiles.push(...grown(level, a, b))
    a = Math.floor(a / TILE_WIDTH)
    b = Math.floor(b / TILE_WIDTH)
  }
  return tiles
}

/** Entry bundle: big-endian uint16 length before each entry. */
export const encodeBundle = (entries: readonly Uint8Array[]): Uint8Array => {
  const framed = entries.flatMap((entry) => {
    if (entry.length > MAX_ENTRY_BYTES) throw new RangeError(`an entry has at most ${MAX_ENTRY_BYTES} bytes`)
    return [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry]
  })
  return concat(...framed)
}

/** Undefined when the bytes end inside an entry. */
export const decodeBundle = (bytes: Uint8Array): Uint8Array[] | undefined => {
  const entries: Uint8Array[] = []
  for (let at = 0; at < bytes.length; ) {
    if (at + 2 > bytes.length) return undefined
    const end = at + 2 + (bytes[at]! << 8) + bytes[at + 1]! // both within bytes, see above
    if (end > bytes.length) return undefined
    entries.push(bytes.subarray(at + 2, end))
    at = end
  }
  return entries
}

export const encodeTile = (hashes: readonly Uint8Array[]): Uint8Array => concat(...hashes)

/** Undefined unless the bytes are 1 to 256 whole hashes. */
export const decodeTile = (bytes: Uint8Array): Uint8Array[] | undefined => {
  const width = bytes.length / HASH_BYTES
  if (!Number.isInteger(width) || width < 1 || width > TILE_WIDTH) return undefined
  return Array.from({ length: width }, (_, i) => bytes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES))
}

/** The tile of a log of `size` entries that holds, or holds what makes up, the hash of a perfect subtree. */
export const tileOfNode = ({ level, index }: Node, size: number): Tile => {
  const tileLevel = Math.floor(level / 8)
  const tileIndex = Math.floor((index * 2 ** (level % 8)) / TILE_WIDTH)
  const hashesAtLevel = Math.floor(size / TILE_WIDTH ** tileLevel)
  const width = Math.min(TILE_WIDTH, hashesAtLevel - tileIndex * TILE_WIDTH)
  if (width < 1) throw new RangeError('the node lies outside the tree')
  return { level: tileLevel, index: tileIndex, width }
}

/** Hash of a perfect subtree from the hashes of the tile that tileOfNode names. */
export const nodeFromTile = (
  hash: Hash,
  hashes: readonly Uint8Array[],
  { level, index }: Node,
): Uint8Array => {
  const count = 2 ** (level % 8)
  const first = (index * count) % TILE_WIDTH
  const part = hashes.slice(first, first + count)
  if (part.length !== count) throw new RangeError('the tile is too short for the node')
  return perfectHash(hash, part)
}

/** Reads one tile of the operator's own log; resolves to its bytes. */
export type ReadTile = (tile: Tile) => Promise<Uint8Array>

/**
 * Hashes of ranges, for building proofs from tiles. It trusts the tiles: proofs made from it are checked by whoever
 * receives them, and a log is checked by rebuilding it from its entries (`edge.ts`), never by reading hashes back.
 */
export const rangesFromTiles = async (
  hash: Hash,
  log: Readonly<{ read: ReadTile; size: number }>,
  ranges: readonly Range[],
): Promise<Uint8Array[]> => {
  const cache = new Map<string, Promise<Uint8Array[]>>()
  const load = async (tile: Tile): Promise<Uint8Array[]> => {
    const hashes = decodeTile(await log.read(tile))
    if (hashes?.length !== tile.width)
      throw new RangeError(`${tilePath(tile)} does not hold ${tile.width} hashes`)
    return hashes
  }
  const nodeOf = async (node: Node): Promise<Uint8Array> => {
    const tile = tileOfNode(node, log.size)
    const path = tilePath(tile)
    const held = cache.get(path) ?? load(tile)
    cache.set(path, held)
    return nodeFromTile(hash, await held, node)
  }
  return Promise.all(
    ranges.map(async (range) => foldRange(hash, await Promise.all(perfectNodes(range).map(nodeOf)))),
  )
}
