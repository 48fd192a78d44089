import { hash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import vectors from '../../../vectors/ledger/tiles.json' with { type: 'json' }
import { utf8 } from './bytes.ts'
import { appendEntries, edgeTiles, emptyEdge, loadEdge, rebuildLog, type Edge, type LogFile } from './edge.ts'
import { leafHash } from './leaf.ts'
import { consistencyRanges, inclusionRanges, rangeHash, treeRoot } from './merkle.ts'
import {
  decodeBundle,
  encodeBundle,
  parseTilePath,
  rangesFromTiles,
  tilePath,
  tilesToWrite,
} from './tiles.ts'

/** OpenSSL's: some of these logs are long. */
const sha256 = (bytes: Uint8Array): Uint8Array => Uint8Array.from(hash('sha256', bytes, 'buffer'))

const entriesOf = (n: number, from = 0): Uint8Array[] =>
  Array.from({ length: n }, (_, i) => utf8(`entry ${from + i}`))

/** Writes a log in batches, as the sequencer does. */
const writeLog = (
  sizes: readonly number[],
): { files: Map<string, Uint8Array>; edge: Edge; root: Uint8Array } => {
  const files = new Map<string, Uint8Array>()
  let edge = emptyEdge
  let root = new Uint8Array()
  for (const size of sizes) {
    const step = appendEntries(sha256, edge, entriesOf(size - edge.size, edge.size))
    for (const file of step.files) files.set(file.path, file.bytes)
    edge = step.edge
    root = Uint8Array.from(step.root)
  }
  return { files, edge, root }
}

describe('tiles (C2SP tlog-tiles)', () => {
  it.each(vectors.paths)('writes and reads $path', ({ level, index, width, path }) => {
    const tile = { level: level === 'entries' ? ('entries' as const) : Number(level), index, width }
    expect(tilePath(tile)).toBe(path)
    expect(parseTilePath(path)).toEqual(tile)
  })

  it.each(vectors.badPaths)('refuses the path %j', (path) => expect(parseTilePath(path)).toBeUndefined())

  it.each(vectors.layouts)('lays out a log of $size entries as known', ({ size, count, partial, levels }) => {
    const tiles = tilesToWrite(0, size)
    expect(tiles.length).toBe(count)
    expect(tiles.filter((t) => t.width < 256).map(tilePath)).toEqual(partial)
    expect(levels.map((_, l) => tiles.filter((t) => t.level === l && t.width === 256).length)).toEqual(levels)
  })

  it('writes exactly the files that growing from one size to another asks for', () => {
    const sizes = [1, 2, 255, 256, 257, 511, 512, 700, 1100]
    let edge = emptyEdge
    for (const size of sizes) {
      const step = appendEntries(sha256, edge, entriesOf(size - edge.size, edge.size))
      const asked = tilesToWrite(edge.size, size).map(tilePath)
      expect(step.files.map((f: LogFile) => f.path).sort()).toEqual(asked.sort())
      edge = step.edge
    }
  })

  it('has the root of the whole tree after every batch, also restored from its files', () => {
    const entries = entriesOf(1100)
    const leaves = entries.map((e) => leafHash(sha256, e))
    let edge = emptyEdge
    const files = new Map<string, Uint8Array>()
    for (const size of [1, 100, 255, 256, 257, 512, 513, 1099, 1100]) {
      const step = appendEntries(sha256, edge, entries.slice(edge.size, size))
      for (const file of step.files) files.set(file.path, file.bytes)
      expect(step.root).toEqual(treeRoot(sha256, leaves.slice(0, size)))
      expect(loadEdge(size, files)).toEqual(step.edge)
      edge = loadEdge(size, files)
    }
  })

  it('says which file is missing when an edge is restored', () => {
    expect(() => loadEdge(3, new Map())).toThrow('tile/entries/000.p/3')
    expect(edgeTiles(70_000).map(tilePath)).toEqual([
      'tile/entries/273.p/112',
      'tile/0/273.p/112',
      'tile/1/001.p/17',
      'tile/2/000.p/1',
    ])
  })

  it('builds the same proofs from tiles as from leaves', { timeout: 60_000 }, async () => {
    const size = 66_000
    const { files } = writeLog([40_000, size])
    const leaves = entriesOf(size).map((e) => leafHash(sha256, e))
    const read = async (tile: Parameters<typeof tilePath>[0]): Promise<Uint8Array> =>
      files.get(tilePath(tile)) ?? new Uint8Array()
    for (const ranges of [
      inclusionRanges(0, size),
      inclusionRanges(65_535, size),
      inclusionRanges(65_999, size),
      consistencyRanges(40_000, size),
      consistencyRanges(65_536, size),
    ]) {
      const expected = ranges.map((r) => rangeHash(sha256, leaves, r))
      expect(await rangesFromTiles(sha256, { read, size }, ranges)).toEqual(expected)
    }
  })

  it('finds every changed byte of a tile or bundle by rebuilding', async () => {
    const { files, root } = writeLog([300, 600])
    const size = 600
    const check = (path: string, bytes: Uint8Array | undefined): ReturnType<typeof rebuildLog> =>
      rebuildLog(sha256, size, async (p) => (p === path ? bytes : files.get(p)))
    const clean = await check('', undefined)
    expect(clean).toEqual({ root, faults: [] })
    for (const tile of tilesToWrite(0, size)) {
      const path = tilePath(tile)
      const changed = Uint8Array.from(files.get(path)!)
      changed[changed.length - 1]! ^= 1
      const found = await check(path, changed)
      if (tile.level === 'entries') expect(found.root).not.toEqual(root)
      else expect(found.faults).toEqual([{ path, why: 'different' }])
      expect((await check(path, undefined)).faults).toEqual([{ path, why: 'missing' }])
    }
  })

  it('finds a forged entry although its own tile was forged with it', async () => {
    const { files, root } = writeLog([600])
    const forged = new Map(files)
    const bundle = decodeBundle(files.get('tile/entries/000')!)!.with(7, utf8('entry X'))
    forged.set('tile/entries/000', encodeBundle(bundle))
    forged.set('tile/0/000', appendEntries(sha256, emptyEdge, bundle).files[1]!.bytes)
    const found = await rebuildLog(sha256, 600, async (p) => forged.get(p))
    expect(found.faults).toEqual([{ path: 'tile/1/000.p/2', why: 'different' }])
    expect(found.root).not.toEqual(root)
  })

  it('frames entries with their length and refuses a bundle that ends inside one', () => {
    expect(encodeBundle([utf8('ab'), utf8('')])).toEqual(Uint8Array.of(0, 2, 97, 98, 0, 0))
    expect(decodeBundle(Uint8Array.of(0, 2, 97))).toBeUndefined()
    expect(decodeBundle(Uint8Array.of(0))).toBeUndefined()
    expect(() => encodeBundle([new Uint8Array(65_536)])).toThrow(RangeError)
  })
})
