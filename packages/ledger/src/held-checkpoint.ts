import { bundlesFrom, type LogFiles } from './bundles.ts'
import { equalBytes } from './bytes.ts'
import { parseCheckpoint, type Checkpoint } from './checkpoint.ts'
import type { Hash } from './hashes.ts'
import { parseLeaf } from './leaf.ts'
import { checkNote, parseNote, type NoteKey, type VerifyEd25519 } from './note.ts'
import { rangesFromTiles, tilePath } from './tiles.ts'

/** First line of what the square of a served paper says; the checkpoint stands behind its first empty line. */
const SQUARE = 'liuhen.document.v1\n'

/** What the square of a served paper says, or a checkpoint alone. */
export type Square = Readonly<{
  /** Of the paper that bears the square; undefined for a checkpoint alone. */
  documentId?: string
  /** Number of the paper, as the square writes it; nothing signs it. */
  number?: string
  /** Signed note; undefined where the square had no room for it. */
  note?: string
}>

export const readSquare = (source: string): Square => {
  if (!source.startsWith(SQUARE)) return { note: source }
  const blank = source.indexOf('\n\n')
  const [head = '', number = ''] = (blank < 0 ? source : source.slice(0, blank)).split('\n').slice(1)
  const documentId = head.slice(head.lastIndexOf('#') + 1)
  const note = blank < 0 ? '' : source.slice(blank + 2)
  const named = number !== '' && { number }
  return { documentId, ...named, ...(note !== '' && { note: note.endsWith('\n') ? note : `${note}\n` }) }
}

export type HeldCheckpoint = Readonly<{ text: string; checkpoint: Checkpoint }>

/** A checkpoint that somebody kept, as a file or as the square of a paper says it; undefined when none of these keys signed it. */
export const readHeldCheckpoint = (
  source: string,
  keys: readonly NoteKey[],
  verify?: VerifyEd25519,
): HeldCheckpoint | undefined => {
  const note = parseNote(readSquare(source).note ?? '')
  const checkpoint = note && parseCheckpoint(note.text)
  const signed = note && keys.some((key) => checkNote(note, key, verify) === 'verified')
  const ours = keys.some((key) => key.name === checkpoint?.origin)
  return note && checkpoint && signed && ours ? { text: note.text, checkpoint } : undefined
}

/** Whether the log goes on from that checkpoint. Its tiles were compared with its entries before (`rebuildLog`). */
export const beginsWith = async (hash: Hash, log: LogFiles, { size, root }: Checkpoint): Promise<boolean> => {
  if (size > log.size) return false
  const read = async (tile: Parameters<typeof tilePath>[0]): Promise<Uint8Array> =>
    (await log.read(tilePath(tile))) ?? new Uint8Array()
  const [found] = await rangesFromTiles(hash, { size: log.size, read }, [{ start: 0, end: size }])
  return found !== undefined && equalBytes(found, root)
}

export type LateEntry = Readonly<{ index: number; at: string }>

/**
 * Entries that say they are older than a time at which the log of `size` entries existed without them. `mmdSeconds` is the
 * delay that the log may take. Either they were back-dated, or the log stood still then.
 */
export const lateEntries = async (
  log: LogFiles,
  since: Readonly<{ size: number; at: string; mmdSeconds: number }>,
): Promise<LateEntry[]> => {
  const before = Date.parse(since.at) - since.mmdSeconds * 1000
  const late: LateEntry[] = []
  for await (const { index, entries } of bundlesFrom(log, since.size)) {
    for (const [i, entry] of entries.entries()) {
      const leaf = parseLeaf(entry)
      if (leaf.ok && Date.parse(leaf.value.at) < before) late.push({ index: index + i, at: leaf.value.at })
    }
  }
  return late
}
