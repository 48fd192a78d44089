import { decodeUtf8, equalBytes } from './bytes.ts'
import { parseCheckpoint, type Checkpoint } from './checkpoint.ts'
import { rebuildLog } from './edge.ts'
import type { Hash } from './hashes.ts'
import { checkNote, parseNote, type NoteKey, type VerifyEd25519 } from './note.ts'

export type PublishedLog = Readonly<{
  checkpoint: Checkpoint
  /** What does not hold, in English, the first first; empty when all does. */
  faults: readonly string[]
}>

type Tools = Readonly<{
  hash: Hash
  verify?: VerifyEd25519
  read: (path: string) => Promise<Uint8Array | undefined>
}>

/**
 * A published log against the key that its keeper made known: signature, tree from the entries, every tile. Undefined
 * when there is no checkpoint to read. `vectors/check-log.go` and `.py` do the same with none of this code.
 */
export const checkPublishedLog = async (key: NoteKey, tools: Tools): Promise<PublishedLog | undefined> => {
  const source = decodeUtf8((await tools.read('checkpoint')) ?? new Uint8Array()) ?? ''
  const note = parseNote(source)
  const checkpoint = note && parseCheckpoint(note.text)
  if (!note || !checkpoint) return undefined
  const signed = checkNote(note, key, tools.verify) === 'verified'
  const { root, faults } = await rebuildLog(tools.hash, checkpoint.size, tools.read)
  return {
    checkpoint,
    faults: [
      ...(signed ? [] : ['the checkpoint is not signed by this key']),
      ...(key.name === checkpoint.origin ? [] : ['the key is of another log']),
      ...(equalBytes(root, checkpoint.root) ? [] : ['the entries do not have the root that was signed']),
      ...faults.map(({ path, why }) => `${why} ${path}`),
    ],
  }
}
