import { concat, equalBytes, utf8 } from './bytes.ts'
import type { Hashes } from './hashes.ts'
import { isBy, noteKey, type Note, type NoteKey } from './note.ts'
import { isSignedBy } from './seal/public-key.ts'

/** C2SP signed-note: a type that has no number of its own, named by what follows it. */
export const UNASSIGNED = 0xff
/** SM2 with SM3 (GB/T 32918.2) over the note's text, usual user name, the signature as DER. Others do not know it, and ignore the line. */
const NAME = utf8('liuhen/sm2-sm3/v1')
const POINT_BYTES = 65

/** `point` uncompressed. */
export const sm2NoteKey = (name: string, point: Uint8Array): NoteKey => {
  if (point.length !== POINT_BYTES || point[0] !== 4) throw new RangeError('an SM2 point has 65 bytes')
  return noteKey(name, UNASSIGNED, concat(NAME, point))
}

const pointOf = ({ type, key }: NoteKey): Uint8Array | undefined => {
  const point = key.slice(NAME.length)
  const is = type === UNASSIGNED && equalBytes(key.slice(0, NAME.length), NAME)
  return is && point.length === POINT_BYTES && point[0] === 4 ? point : undefined
}

export const isSm2Key = (key: NoteKey): boolean => pointOf(key) !== undefined

/** How a note stands to one SM2 key: every line by it must hold. */
export const checkSm2Line = (note: Note, key: NoteKey, hashes: Hashes): 'verified' | 'bad' | 'absent' => {
  const own = note.signatures.filter((s) => isBy(key, s))
  const point = pointOf(key)
  if (own.length === 0) return 'absent'
  if (!point) return 'bad'
  const isOwn = ({ signature }: Note['signatures'][number]): boolean =>
    isSignedBy({ algorithm: 'sm2-sm3', point }, utf8(note.text), signature, hashes)
  return own.every(isOwn) ? 'verified' : 'bad'
}
