import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { fromBase64, toBase64, utf8 } from '@liuhen/ledger/bytes'
import { formatCheckpoint } from '@liuhen/ledger/checkpoint'
import { verifyConsistency } from '@liuhen/ledger/merkle'
import { ED25519, formatNote, formatVkey, noteKey } from '@liuhen/ledger/note'
import { nodeHashes } from '../event-store/seal-event.ts'
import { writeDurably } from './log-folder.ts'

export type SignRequest = Readonly<{
  size: number
  root: Uint8Array
  /** Consistency proof from the size of `status()` to this size. */
  proof: readonly Uint8Array[]
}>
export type SignerStatus = Readonly<{ vkey: string; origin: string; size: number; root: Uint8Array }>
export type SignAnswer = Readonly<{ note: string }> | Readonly<{ refused: 'rollback' | 'fork' }>

/** Holds the log's key and its own memory of the largest tree that it signed. It believes nobody. */
export type Signer = Readonly<{
  status(): Promise<SignerStatus>
  sign(request: SignRequest): Promise<SignAnswer>
}>

const Digest = z.string().refine((text) => fromBase64(text)?.length === 32)
const HighWater = z.strictObject({ origin: z.string(), size: z.int().min(0), root: Digest })

const digestOf = (text: string): Uint8Array => {
  const bytes = fromBase64(text)
  if (bytes === undefined) throw new Error('a digest is base64')
  return bytes
}

const EMPTY_ROOT = nodeHashes.sha256(new Uint8Array())

const readOr = async (path: string): Promise<string | undefined> =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })

/** Makes the key on the first start. A memory without its key means that the key was lost: nothing is made up then. */
const openKey = async (folder: string, isNew: boolean): Promise<KeyObject> => {
  const path = join(folder, 'key.pem')
  const held = await readOr(path)
  if (held !== undefined) return createPrivateKey(held)
  if (!isNew) throw new Error(`签名密钥 ${path} 不见了，请从备份恢复；不能另造一把代替。`)
  const made = generateKeyPairSync('ed25519').privateKey
  await writeDurably(path, made.export({ type: 'pkcs8', format: 'pem' }), 0o600)
  return made
}

const publicBytes = (key: KeyObject): Uint8Array =>
  createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(-32)

/** Calls one after the other, whoever makes them. */
const serially = () => {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work)
    last = next.catch(() => undefined)
    return next
  }
}

/** The signer on its own folder: `key.pem` (0600) and `high-water.json`, durable before any signature is given out. */
export const openSigner = async (input: { folder: string; origin: string }): Promise<Signer> => {
  const { folder, origin } = input
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const memory = join(folder, 'high-water.json')
  const held = await readOr(memory)
  const key = await openKey(folder, held === undefined)
  const highWater = held === undefined ? undefined : HighWater.parse(JSON.parse(held))
  if (highWater !== undefined && highWater.origin !== origin) {
    throw new Error(`签名器属于日志 ${highWater.origin}，不能为 ${origin} 签名。`)
  }
  let size = highWater?.size ?? 0
  let root = highWater === undefined ? EMPTY_ROOT : digestOf(highWater.root)
  const verifier = noteKey(origin, ED25519, publicBytes(key))
  const inTurn = serially()

  const refusalOf = (request: SignRequest): 'rollback' | 'fork' | undefined => {
    if (request.size < size) return 'rollback'
    const claim = {
      first: size,
      second: request.size,
      firstRoot: root,
      secondRoot: request.root,
      proof: request.proof,
    }
    return verifyConsistency(nodeHashes.sha256, claim) ? undefined : 'fork'
  }
  const remember = async (request: SignRequest): Promise<void> => {
    await writeDurably(
      memory,
      JSON.stringify({ origin, size: request.size, root: toBase64(request.root) }),
      0o600,
    )
    size = request.size
    root = request.root
  }
  const signOne = async (request: SignRequest): Promise<SignAnswer> => {
    const refused = refusalOf(request)
    if (refused !== undefined) return { refused }
    if (held === undefined || request.size > size) await remember(request)
    const text = formatCheckpoint({ origin, size: request.size, root: request.root })
    const signature = sign(null, utf8(text), key)
    return { note: formatNote({ text, signatures: [{ name: origin, keyId: verifier.keyId, signature }] }) }
  }
  return {
    status: () => Promise.resolve({ vkey: formatVkey(verifier), origin, size, root }),
    sign: (request) => inTurn(() => signOne(request)),
  }
}
