import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseCheckpoint } from '@liuhen/ledger/checkpoint'
import { sha256 } from '@liuhen/ledger/hashes'
import { inclusionRanges } from '@liuhen/ledger/merkle'
import { parseNote } from '@liuhen/ledger/note'
import { parseTilePath, rangesFromTiles, tilePath } from '@liuhen/ledger/tiles'
import { formatTlogProof } from '@liuhen/ledger/tlog-proof'

/** The log's public folder: a checkpoint and tiles. Names are parsed strictly, so that no path leads out of it. */
export type LogFiles = Readonly<{
  checkpoint: () => Promise<string | undefined>
  tile: (path: string) => Promise<Buffer | undefined>
  /** How the log's key changed; absent while it never did. */
  keys: () => Promise<Buffer | undefined>
  /** The roots by SM3 that the log states. */
  sm3Roots: () => Promise<Buffer | undefined>
  /** tlog-proof text; absent while the latest checkpoint does not cover the index. */
  proofOf: (index: number) => Promise<string | undefined>
}>

const orAbsent = async <T>(read: Promise<T>): Promise<T | undefined> => {
  try {
    return await read
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

export const logFiles = (dir: string): LogFiles => {
  const checkpoint = () => orAbsent(readFile(join(dir, 'checkpoint'), 'utf8'))
  const proofOf = async (index: number): Promise<string | undefined> => {
    const note = await checkpoint()
    const size = note === undefined ? undefined : parseCheckpoint(parseNote(note)?.text ?? '')?.size
    if (note === undefined || size === undefined || index >= size) return undefined
    const log = { size, read: (tile: Parameters<typeof tilePath>[0]) => readFile(join(dir, tilePath(tile))) }
    const hashes = await rangesFromTiles(sha256, log, inclusionRanges(index, size))
    return formatTlogProof({ index, hashes, checkpoint: note })
  }
  return {
    checkpoint,
    proofOf,
    keys: () => orAbsent(readFile(join(dir, 'keys.json'))),
    sm3Roots: () => orAbsent(readFile(join(dir, 'sm3-roots.json'))),
    tile: async (path) =>
      parseTilePath(path) === undefined ? undefined : orAbsent(readFile(join(dir, path))),
  }
}
