import { equalBytes } from './bytes.ts'
import type { Hash } from './hashes.ts'
import { leafHash } from './leaf.ts'
import { foldRange, perfectHash, perfectNodes } from './merkle.ts'
import {
  decodeBundle,
  decodeTile,
  encodeBundle,
  encodeTile,
  nodeFromTile,
  TILE_WIDTH,
  tilePath,
  type Tile,
} from './tiles.ts'

/**
 * The growing right side of a log: the unfinished bundle and, per level, the hashes of the unfinished tile.
 * It is all that is needed to append and to know the root (a compact range with fan-out 256).
 */
export type Edge = Readonly<{
  size: number
  entries: readonly Uint8Array[]
  levels: readonly (readonly Uint8Array[])[]
}>

export type LogFile = Readonly<{ tile: Tile; path: string; bytes: Uint8Array }>

export const emptyEdge: Edge = { size: 0, entries: [], levels: [] }

/** Root of the tree that ends at this edge. */
export const edgeRoot = (hash: Hash, edge: Edge): Uint8Array => {
  const hashes = perfectNodes({ start: 0, end: edge.size }).map((node) =>
    nodeFromTile(hash, edge.levels[Math.floor(node.level / 8)] ?? [], node),
  )
  return foldRange(hash, hashes)
}

const fileOf = (tile: Tile, bytes: Uint8Array): LogFile => ({ tile, path: tilePath(tile), bytes })

/** Adds one row of hashes to a level; full tiles go to `files`, their hashes to the next level. */
const growLevels = (
  hash: Hash,
  edge: Edge,
  added: readonly Uint8Array[],
  files: LogFile[],
): Uint8Array[][] => {
  const levels: Uint8Array[][] = edge.levels.map((row) => [...row])
  let incoming = added
  for (let level = 0; incoming.length > 0; level++) {
    const done = Math.floor(edge.size / TILE_WIDTH ** (level + 1))
    const row = [...(levels[level] ?? []), ...incoming]
    const parents: Uint8Array[] = []
    let at = 0
    for (; at + TILE_WIDTH <= row.length; at += TILE_WIDTH) {
      const full = row.slice(at, at + TILE_WIDTH)
      files.push(fileOf({ level, index: done + parents.length, width: TILE_WIDTH }, encodeTile(full)))
      parents.push(perfectHash(hash, full))
    }
    const rest = row.slice(at)
    levels[level] = rest
    if (rest.length > 0) {
      files.push(fileOf({ level, index: done + parents.length, width: rest.length }, encodeTile(rest)))
    }
    incoming = parents
  }
  return levels
}

const growBundles = (edge: Edge, added: readonly Uint8Array[], files: LogFile[]): Uint8Array[] => {
  const row = [...edge.entries, ...added]
  const done = Math.floor(edge.size / TILE_WIDTH)
  for (let at = 0; at < row.length; at += TILE_WIDTH) {
    const bundle = row.slice(at, at + TILE_WIDTH)
    const tile: Tile = { level: 'entries', index: done + at / TILE_WIDTH, width: bundle.length }
    files.push(fileOf(tile, encodeBundle(bundle)))
    if (bundle.length < TILE_WIDTH) return bundle
  }
  return []
}

/**
 * Appends a batch of entries. `files` are the bundles and tiles that hold something new, ready to be written under the
 * log's prefix: full ones never change again, partial ones (`.p/W`) belong to this size.
 */
export const appendEntries = (
  hash: Hash,
  edge: Edge,
  entries: readonly Uint8Array[],
): Readonly<{
  edge: Edge
  root: Uint8Array
  leafHashes: readonly Uint8Array[]
  files: readonly LogFile[]
}> => {
  const files: LogFile[] = []
  const leafHashes = entries.map((entry) => leafHash(hash, entry))
  const grown: Edge = {
    size: edge.size + entries.length,
    entries: growBundles(edge, entries, files),
    levels: growLevels(hash, edge, leafHashes, files),
  }
  return { edge: grown, root: edgeRoot(hash, grown), leafHashes, files }
}

/** The unfinished tiles and bundle of an edge, as files. */
export const edgeFiles = (edge: Edge): LogFile[] => {
  const done = (level: number): number => Math.floor(edge.size / TILE_WIDTH ** (level + 1))
  const tiles = edge.levels.flatMap((row, level) =>
    row.length > 0 ? [fileOf({ level, index: done(level), width: row.length }, encodeTile(row))] : [],
  )
  if (edge.entries.length === 0) return tiles
  const bundle: Tile = { level: 'entries', index: done(0), width: edge.entries.length }
  return [fileOf(bundle, encodeBundle(edge.entries)), ...tiles]
}

/** The partial tiles and bundle from which `loadEdge` restores an edge. */
export const edgeTiles = (size: number): Tile[] => {
  const tiles: Tile[] = []
  const add = (level: Tile['level'], count: number): void => {
    if (count % TILE_WIDTH > 0) {
      tiles.push({ level, index: Math.floor(count / TILE_WIDTH), width: count % TILE_WIDTH })
    }
  }
  add('entries', size)
  for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / TILE_WIDTH))
    add(level, count)
  return tiles
}

/** Restores an edge from the stored files (path → bytes). Throws when one is missing or of the wrong width. */
export const loadEdge = (size: number, files: ReadonlyMap<string, Uint8Array>): Edge => {
  const rows = edgeTiles(size).map((tile) => {
    const bytes = files.get(tilePath(tile))
    const row = bytes && (tile.level === 'entries' ? decodeBundle(bytes) : decodeTile(bytes))
    if (row?.length !== tile.width) throw new RangeError(`${tilePath(tile)} is missing or damaged`)
    return { level: tile.level, row }
  })
  const levels: Uint8Array[][] = []
  for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / TILE_WIDTH)) {
    levels.push(rows.find((r) => r.level === level)?.row ?? [])
  }
  return { size, entries: rows.find((r) => r.level === 'entries')?.row ?? [], levels }
}

export type LogFault = Readonly<{ path: string; why: 'missing' | 'different' | 'unreadable' }>

/**
 * Checks a whole log by rebuilding it from its entry bundles and comparing every tile byte for byte. Hashes read from
 * tiles are never used to vouch for other tiles. The caller compares `root` with the signed checkpoint.
 */
export const rebuildLog = async (
  hash: Hash,
  size: number,
  read: (path: string) => Promise<Uint8Array | undefined>,
): Promise<Readonly<{ root: Uint8Array; faults: readonly LogFault[] }>> => {
  const faults: LogFault[] = []
  const compare = async (file: LogFile): Promise<void> => {
    const stored = await read(file.path)
    if (!stored) faults.push({ path: file.path, why: 'missing' })
    else if (!equalBytes(stored, file.bytes)) faults.push({ path: file.path, why: 'different' })
  }
  let edge = emptyEdge
  for (let index = 0; index * TILE_WIDTH < size; index++) {
    const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH)
    const path = tilePath({ level: 'entries', index, width })
    const bytes = await read(path)
    const entries = bytes && decodeBundle(bytes)
    if (entries?.length !== width) {
      faults.push({ path, why: bytes ? 'unreadable' : 'missing' })
      break // indexes after a hole cannot be assigned
    }
    const step = appendEntries(hash, edge, entries)
    edge = step.edge
    for (const file of step.files) {
      if (file.tile.width === TILE_WIDTH && file.tile.level !== 'entries') await compare(file)
    }
  }
  for (const file of edgeFiles(edge)) if (file.tile.level !== 'entries') await compare(file)
  return { root: edgeRoot(hash, edge), faults }
}
