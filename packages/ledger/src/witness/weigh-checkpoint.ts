import { equalBytes } from '../bytes.ts'
import { parseCheckpoint, type Checkpoint } from '../checkpoint.ts'
import type { Hash } from '../hashes.ts'
import { verifyConsistency } from '../merkle.ts'
import { checkNote, parseNote, type Note, type NoteKey, type VerifyEd25519 } from '../note.ts'
import { parseAddCheckpoint, type AddCheckpoint } from './add-checkpoint.ts'

export type Submission = Readonly<{ request: AddCheckpoint; note: Note; checkpoint: Checkpoint }>
/** The largest tree that the witness cosigned for a log. */
export type Seen = Readonly<{ size: number; root: Uint8Array }>

/** Status codes of C2SP tlog-witness; 409 comes with the size that the witness is at. */
export type Refusal =
  | Readonly<{ status: 400 | 403 | 404 | 422; why: string }>
  | Readonly<{ status: 409; why: string; size: number }>

const refuse = (status: 400 | 403 | 404 | 422, why: string): Refusal => ({ status, why })

/** What can be said of a request without remembering anything: its form, whose log it is, who signed. */
export const readSubmission = (
  body: string | undefined,
  logs: readonly NoteKey[],
  verify?: VerifyEd25519,
): Submission | Refusal => {
  const request = body === undefined ? undefined : parseAddCheckpoint(body)
  const note = request && parseNote(request.checkpoint)
  const checkpoint = note && parseCheckpoint(note.text)
  if (!request || !note || !checkpoint) return refuse(400, 'not an add-checkpoint request')
  const keys = logs.filter((key) => key.name === checkpoint.origin)
  if (keys.length === 0) return refuse(404, 'this log is not known here')
  const verdicts = keys.map((key) => checkNote(note, key, verify))
  // A line that claims to be by a known key and is not spoils the note, as signed-note recommends.
  if (verdicts.includes('bad') || !verdicts.includes('verified'))
    return refuse(403, 'no signature by a key that is trusted for this log')
  return request.oldSize > checkpoint.size
    ? refuse(400, 'the old size is larger than the new one')
    : { request, note, checkpoint }
}

/** Against what the witness saw last; undefined when the checkpoint may be cosigned. The caller makes this and the keeping of the new one a single step. */
export const weighSubmission = (
  hash: Hash,
  { request, checkpoint }: Submission,
  last: Seen | undefined,
): Refusal | undefined => {
  const seen = last ?? { size: 0, root: hash(new Uint8Array()) }
  if (request.oldSize !== seen.size)
    return { status: 409, why: 'the old size is not the one that was cosigned last', size: seen.size }
  if (checkpoint.size === seen.size && !equalBytes(checkpoint.root, seen.root))
    return refuse(422, 'another tree of this size was cosigned')
  const { size: second, root: secondRoot } = checkpoint
  const claim = { first: seen.size, second, firstRoot: seen.root, secondRoot, proof: request.proof }
  return verifyConsistency(hash, claim) ? undefined : refuse(422, 'the consistency proof does not hold')
}

export type Comparison =
  /** One tree. */
  | 'same'
  /** Two roots for one size under one key: the two notes prove, by themselves, that the log spoke with two tongues. */
  | 'split'
  /** Of different sizes: only a consistency proof can tell. */
  | 'undecided'
  /** One of them is not a checkpoint that this key signed. */
  | 'unsigned'

/** Whether two signed checkpoints of one log can both be true. Anybody who holds both and the log's key can ask. */
export const compareCheckpoints = (
  a: string,
  b: string,
  key: NoteKey,
  verify?: VerifyEd25519,
): Comparison => {
  const read = (source: string): Checkpoint | undefined => {
    const note = parseNote(source)
    const checkpoint = note && parseCheckpoint(note.text)
    const signed = note && checkNote(note, key, verify) === 'verified'
    return signed && checkpoint?.origin === key.name ? checkpoint : undefined
  }
  const [one, other] = [read(a), read(b)]
  if (!one || !other) return 'unsigned'
  if (one.size !== other.size) return 'undecided'
  return equalBytes(one.root, other.root) ? 'same' : 'split'
}
