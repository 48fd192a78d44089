import { fromBase64, toBase64 } from '../bytes.ts'
import { findCosignature } from '../cosignature.ts'
import { parseTreeSize } from '../merkle.ts'
import { parseNote, signatureLine, type NoteKey, type VerifyEd25519 } from '../note.ts'

/** C2SP tlog-witness: at most so many consistency hashes; a tree of 2^63 needs no more. */
const MAX_PROOF = 63

/** The body of `POST …/add-checkpoint`. */
export type AddCheckpoint = Readonly<{
  /** Size of the checkpoint that the witness cosigned last; 0 when it never did. */
  oldSize: number
  /** Consistency proof from there, nothing when `oldSize` is 0 or the size is the same. */
  proof: readonly Uint8Array[]
  /** The signed note, verbatim. */
  checkpoint: string
}>

export const formatAddCheckpoint = ({ oldSize, proof, checkpoint }: AddCheckpoint): string =>
  `${[`old ${oldSize}`, ...proof.map(toBase64)].join('\n')}\n\n${checkpoint}`

/** Undefined for anything that formatAddCheckpoint does not write. The checkpoint is returned unread. */
export const parseAddCheckpoint = (body: string): AddCheckpoint | undefined => {
  const at = body.indexOf('\n\n')
  if (at < 0) return undefined
  const [old = '', ...lines] = body.slice(0, at).split('\n')
  const oldSize = old.startsWith('old ') ? parseTreeSize(old.slice(4)) : undefined
  const proof = lines.map(fromBase64).filter((h) => h?.length === 32)
  if (oldSize === undefined || proof.length !== lines.length || proof.length > MAX_PROOF) return undefined
  return { oldSize, proof: proof.filter((h) => h !== undefined), checkpoint: body.slice(at + 2) }
}

/** The line of this witness in its answer to a checkpoint, and when it signed; lines of others are ignored. */
export const readCosignature = (
  checkpoint: string,
  answer: string,
  witness: NoteKey,
  verify?: VerifyEd25519,
): Readonly<{ line: string; seconds: number }> | undefined => {
  const note = parseNote(checkpoint + answer)
  const found = note && findCosignature(note, witness, verify)
  return found && { line: signatureLine(found.signature), seconds: found.seconds }
}
