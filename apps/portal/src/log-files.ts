import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseCheckpoint } from '@liuhen/ledger/checkpoint'
import { sha256 } from '@liuhen/ledger/hashes'
import { consistencyRanges, inclusionRanges } from '@liuhen/ledger/merkle'
import { parseNote } from '@liuhen/ledger/note'
import { streamWithProofs } from '@liuhen/ledger/public-stream'
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
  /** That the log of `to` entries goes on from that of `from`; absent for sizes that it does not have. */
  consistency: (from: number, to: number) => Promise<readonly Uint8Array[] | undefined>
  /** How the key changed, each change that a checkpoint of this size covers with its proof. */
  keysAt: (size: number) => Promise<Uint8Array | undefined>
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
  /** Tiles of the size that is published now; they hold every earlier size too. */
  const present = async () => {
    const note = await checkpoint()
    const size = note === undefined ? undefined : parseCheckpoint(parseNote(note)?.text ?? '')?.size
    const read = (tile: Parameters<typeof tilePath>[0]) => readFile(join(dir, tilePath(tile)))
    return note === undefined || size === undefined ? undefined : { note, size, read }
  }
  /** A partial tile goes when it is full: then there is a newer checkpoint, and what was asked is asked once more. */
  const twice = <T>(ask: () => Promise<T>): Promise<T> => ask().catch(ask)
  const proofOf = async (index: number): Promise<string | undefined> => {
    const log = await present()
    if (log === undefined || index >= log.size) return undefined
    const hashes = await rangesFromTiles(sha256, log, inclusionRanges(index, log.size))
    return formatTlogProof({ index, hashes, checkpoint: log.note })
  }
  const consistency = async (from: number, to: number): Promise<readonly Uint8Array[] | undefined> => {
    const log = await present()
    if (log === undefined || from > to || to > log.size) return undefined
    return rangesFromTiles(sha256, log, consistencyRanges(from, to))
  }
  const keysAt = async (size: number): Promise<Uint8Array | undefined> => {
    const [log, bytes] = [await present(), await orAbsent(readFile(join(dir, 'keys.json')))]
    if (log === undefined || bytes === undefined || size > log.size) return undefined
    return streamWithProofs(sha256, bytes, { size, log })
  }
  return {
    checkpoint,
    proofOf: (index) => twice(() => proofOf(index)),
    consistency: (from, to) => twice(() => consistency(from, to)),
    keysAt: (size) => twice(() => keysAt(size)),
    keys: () => orAbsent(readFile(join(dir, 'keys.json'))),
    sm3Roots: () => orAbsent(readFile(join(dir, 'sm3-roots.json'))),
    tile: async (path) =>
      parseTilePath(path) === undefined ? undefined : orAbsent(readFile(join(dir, path))),
  }
}
