import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { join } from 'node:path'
import { toHex, utf8 } from '@liuhen/ledger/bytes'
import { ED25519, noteKey, type NoteKey, type NoteSignature } from '@liuhen/ledger/note'
import { openKey, publicBytes } from './key-file.ts'
import { writeDurably } from './log-folder.ts'

/** A key of the log, wherever it lies: it says which it is, and signs. Files and tokens stand behind this port. */
export type LogKey = Readonly<{ key: NoteKey; sign(bytes: Uint8Array): Promise<Uint8Array> }>

const keyOf = (origin: string, key: KeyObject): LogKey => ({
  key: noteKey(origin, ED25519, publicBytes(key)),
  sign: (bytes) => Promise.resolve(new Uint8Array(sign(null, bytes, key))),
})

/** A key cannot be reached, with what to do. Nothing is signed then, and no other key takes its place. */
export class NoKeyError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'NoKeyError'
  }
}

/** Keys in a token (PKCS #11), by their ids. */
export type TokenKeys = Readonly<{
  /** Id of the key with which a new log begins. */
  first: string
  /** Throws a NoKeyError when token, PIN or key is not there. */
  open(id: string): Promise<LogKey>
}>

/** A key in a file (PKCS #8, PEM), made when it is the first of all; one that is not there is lost. */
export const fileKey = async (path: string, origin: string, mayMake = false): Promise<LogKey> =>
  keyOf(origin, await openKey(path, mayMake))

/** Another Ed25519 key, in a file that is named by it. */
export const makeFileKey = async (
  folder: string,
  origin: string,
): Promise<Readonly<{ made: LogKey; name: string }>> => {
  const { privateKey } = generateKeyPairSync('ed25519')
  const made = keyOf(origin, privateKey)
  const name = `key-${toHex(made.key.keyId)}.pem`
  await writeDurably(join(folder, name), privateKey.export({ type: 'pkcs8', format: 'pem' }), 0o600)
  return { made, name }
}

/** The line of this key under a text. */
export const lineOf = async ({ key, sign: by }: LogKey, text: string): Promise<NoteSignature> => ({
  name: key.name,
  keyId: key.keyId,
  signature: await by(utf8(text)),
})
