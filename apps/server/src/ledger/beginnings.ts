import { parseCheckpoint } from '@liuhen/ledger/checkpoint'
import { consistencyRanges } from '@liuhen/ledger/merkle'
import { parseNote } from '@liuhen/ledger/note'
import type { IssuedInput } from '@liuhen/ledger/package/build-package'
import { rangesFromTiles } from '@liuhen/ledger/tiles'
import { nodeHashes } from '../event-store/seal-event.ts'
import { tileReader } from './log-folder.ts'

/**
 * Of these signed notes, each size once, those that are of the same log as `checkpoint` and not newer: with the proof that
 * it begins with them. Notes of a log that had another name before it was restored are left out.
 */
export const beginningsOf = async (
  logFolder: string,
  checkpoint: string,
  notes: readonly string[],
): Promise<readonly IssuedInput[]> => {
  const read = (note: string) => {
    const text = parseNote(note)?.text
    const parsed = text === undefined ? undefined : parseCheckpoint(text)
    return text === undefined || parsed === undefined ? undefined : { ...parsed, text }
  }
  const now = read(checkpoint)
  if (now === undefined) return []
  const earlier = notes.flatMap((note) => {
    const old = read(note)
    return old !== undefined && old.origin === now.origin && old.size < now.size ? [old] : []
  })
  const log = { read: tileReader(logFolder), size: now.size }
  const bySize = [...new Map(earlier.map((old) => [old.size, old])).values()]
  return Promise.all(
    bySize
      .toSorted((a, b) => a.size - b.size)
      .map(async ({ size, text }) => ({
        size,
        text,
        proof: await rangesFromTiles(nodeHashes.sha256, log, consistencyRanges(size, now.size)),
      })),
  )
}
