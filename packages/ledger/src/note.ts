import { ed25519 } from '@noble/curves/ed25519.js'
import { concat, equalBytes, fromBase64, fromHex, toBase64, toHex, utf8 } from './bytes.ts'
import { sha256 } from './hashes.ts'

/** C2SP signed-note: types of signature. */
export const ED25519 = 0x01
export const COSIGNATURE_ED25519 = 0x04

/** A verifier key: `name+keyId+base64(type ‖ key)`. */
export type NoteKey = Readonly<{ name: string; keyId: Uint8Array; type: number; key: Uint8Array }>

export type NoteSignature = Readonly<{ name: string; keyId: Uint8Array; signature: Uint8Array }>
export type Note = Readonly<{
  /** Everything up to and including the newline before the blank line: what is signed. */
  text: string
  signatures: readonly NoteSignature[]
}>

/** A host may inject its own, faster Ed25519. */
export type VerifyEd25519 = (signature: Uint8Array, message: Uint8Array, key: Uint8Array) => boolean

export const verifyEd25519: VerifyEd25519 = (signature, message, key) => {
  try {
    return ed25519.verify(signature, message, key, { zip215: false })
  } catch {
    return false // a key or signature that is no point of the curve
  }
}

const isName = (name: string): boolean => name !== '' && !/[\s+\p{Cc}]/u.test(name)

export const noteKeyId = (name: string, type: number, key: Uint8Array): Uint8Array =>
  sha256(concat(utf8(`${name}\n`), Uint8Array.of(type), key)).slice(0, 4)

export const noteKey = (name: string, type: number, key: Uint8Array): NoteKey => {
  if (!isName(name)) throw new RangeError('a key name has no spaces and no plus sign')
  return { name, type, key, keyId: noteKeyId(name, type, key) }
}

export const formatVkey = ({ name, keyId, type, key }: NoteKey): string =>
  `${name}+${toHex(keyId)}+${toBase64(concat(Uint8Array.of(type), key))}`

/** Undefined unless well formed, with the right key id, and an Ed25519 key has 32 bytes. */
export const parseVkey = (text: string): NoteKey | undefined => {
  // The base64 may itself hold plus signs, so only the first two separate.
  const match = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text)
  const [, name = '', id = '', body = ''] = match ?? []
  const bytes = fromBase64(body)
  const type = bytes?.[0]
  if (!bytes || type === undefined || !isName(name)) return undefined
  const key = noteKey(name, type, bytes.slice(1))
  if (!equalBytes(key.keyId, fromHex(id) ?? new Uint8Array())) return undefined
  const is25519 = type === ED25519 || type === COSIGNATURE_ED25519
  return is25519 && key.key.length !== 32 ? undefined : key
}

/** What a person compares with the published value: SHA-256 of type ‖ key, in hex. */
export const keyFingerprint = ({ type, key }: NoteKey): string =>
  toHex(sha256(concat(Uint8Array.of(type), key)))

export const signatureLine = ({ name, keyId, signature }: NoteSignature): string =>
  `— ${name} ${toBase64(concat(keyId, signature))}\n`

export const formatNote = ({ text, signatures }: Note): string => {
  if (!text.endsWith('\n')) throw new RangeError('the text of a note ends with a newline')
  return `${text}\n${signatures.map(signatureLine).join('')}`
}

/** Signs with an Ed25519 seed of 32 bytes held in memory. A signer elsewhere returns a NoteSignature of its own. */
export const signEd25519 = (name: string, seed: Uint8Array, text: string): NoteSignature => ({
  name,
  keyId: noteKeyId(name, ED25519, ed25519.getPublicKey(seed)),
  signature: ed25519.sign(utf8(text), seed),
})

export const ed25519NoteKey = (name: string, seed: Uint8Array): NoteKey =>
  noteKey(name, ED25519, ed25519.getPublicKey(seed))

const MAX_SIGNATURES = 64

const parseSignature = (line: string): NoteSignature | undefined => {
  const [, name = '', body = ''] = /^— ([^ ]+) ([A-Za-z0-9+/=]+)$/.exec(line) ?? []
  const bytes = fromBase64(body)
  if (!bytes || bytes.length < 5 || !isName(name)) return undefined
  return { name, keyId: bytes.slice(0, 4), signature: bytes.slice(4) }
}

/** Strict reading of a signed note; undefined for anything else. */
export const parseNote = (source: string): Note | undefined => {
  const at = source.lastIndexOf('\n\n')
  // oxlint-disable-next-line no-control-regex -- the norm forbids exactly these
  if (at < 0 || !source.endsWith('\n') || /[\u0000-\u0009\u000b-\u001f\u007f]/.test(source)) return undefined
  const lines = source.slice(at + 2, -1).split('\n')
  if (lines.length > MAX_SIGNATURES) return undefined
  const signatures = lines.map(parseSignature)
  const sound = signatures.filter((s) => s !== undefined)
  return sound.length === lines.length ? { text: source.slice(0, at + 1), signatures: sound } : undefined
}

/** Whether the line names this key; whether it holds is another question. */
export const isBy = (key: NoteKey, s: NoteSignature): boolean =>
  s.name === key.name && equalBytes(s.keyId, key.keyId)

/** How a note stands to one Ed25519 log key: signatures by other keys are ignored, every one by this key must hold. */
export const checkNote = (
  note: Note,
  key: NoteKey,
  verify = verifyEd25519,
): 'verified' | 'bad' | 'absent' => {
  const own = note.signatures.filter((s) => isBy(key, s))
  if (own.length === 0) return 'absent'
  if (key.type !== ED25519) return 'bad'
  return own.every((s) => verify(s.signature, utf8(note.text), key.key)) ? 'verified' : 'bad'
}
