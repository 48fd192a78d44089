import { ed25519 } from '@noble/curves/ed25519.js'
import { concat, equalBytes, utf8 } from './bytes.ts'
import {
  COSIGNATURE_ED25519,
  noteKey,
  verifyEd25519,
  type Note,
  type NoteKey,
  type NoteSignature,
} from './note.ts'

/** C2SP tlog-cosignature v1, Ed25519: a time of 8 bytes before the signature. */
const TIME_BYTES = 8
const SIGNATURE_BYTES = 64
/** The time is a number of 64 bits, read in two halves: the offline page runs where there is no BigInt. */
const HALF = 2 ** 32

const secondsIn = (signature: Uint8Array): number => {
  const view = new DataView(signature.buffer, signature.byteOffset)
  return view.getUint32(0) * HALF + view.getUint32(4)
}

/** What a witness signs: that at this time (seconds since 1970) this was the largest tree that it had seen of the log. */
export const cosignatureMessage = (seconds: number, text: string): Uint8Array =>
  utf8(`cosignature/v1\ntime ${seconds}\n${text}`)

export const cosignatureOf = (witness: NoteKey, seconds: number, signature: Uint8Array): NoteSignature => {
  const time = new Uint8Array(TIME_BYTES)
  const view = new DataView(time.buffer)
  view.setUint32(0, Math.floor(seconds / HALF))
  view.setUint32(4, seconds % HALF)
  return { name: witness.name, keyId: witness.keyId, signature: concat(time, signature) }
}

/** Cosigns with a seed held in memory; a witness elsewhere signs `cosignatureMessage` by its own means. */
export const cosignEd25519 = (
  name: string,
  seed: Uint8Array,
  { seconds, text }: Readonly<{ seconds: number; text: string }>,
): NoteSignature =>
  cosignatureOf(
    witnessKey(name, ed25519.getPublicKey(seed)),
    seconds,
    ed25519.sign(cosignatureMessage(seconds, text), seed),
  )

export const witnessKey = (name: string, publicKey: Uint8Array): NoteKey =>
  noteKey(name, COSIGNATURE_ED25519, publicKey)

/** The first line of this witness that holds, and its time in seconds; undefined when there is none. */
export const findCosignature = (
  note: Note,
  witness: NoteKey,
  verify = verifyEd25519,
): Readonly<{ seconds: number; signature: NoteSignature }> | undefined => {
  if (witness.type !== COSIGNATURE_ED25519) return undefined
  for (const s of note.signatures) {
    if (s.name !== witness.name || !equalBytes(s.keyId, witness.keyId)) continue
    if (s.signature.length !== TIME_BYTES + SIGNATURE_BYTES) continue
    const seconds = secondsIn(s.signature)
    if (!Number.isSafeInteger(seconds)) continue
    const message = cosignatureMessage(seconds, note.text)
    if (verify(s.signature.slice(TIME_BYTES), message, witness.key)) return { seconds, signature: s }
  }
  return undefined
}
