import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { fromBase64, toBase64 } from '@liuhen/ledger/bytes'
import { formatCheckpoint } from '@liuhen/ledger/checkpoint'
import { verifyConsistency } from '@liuhen/ledger/merkle'
import { formatReceipt, MMD_SECONDS, type Receipt } from '@liuhen/ledger/receipt'
import { formatNote, formatVkey } from '@liuhen/ledger/note'
import { nodeHashes } from '../event-store/seal-event.ts'
import { currentOf, openRing, signingNow, type KeyRing } from './key-ring.ts'
import { writeDurably } from './log-folder.ts'
import { readOr, serially } from './key-file.ts'
import { lineOf, NoKeyError, type LogKey, type TokenKeys } from './log-key.ts'

export type SignRequest = Readonly<{
  size: number
  root: Uint8Array
  /** Consistency proof from the size of `status()` to this size. */
  proof: readonly Uint8Array[]
}>
export type SignerStatus = Readonly<{
  /** Of the current key. */
  vkey: string
  /** Of all keys that ever signed for this log and are not revoked, the current one first. */
  vkeys: readonly string[]
  /** Keys that sign beside the current one, and until when. */
  retiring: readonly Readonly<{ vkey: string; until: string }>[]
  /** Why nothing could be signed the last time; absent when it could. */
  trouble?: string
  /** Of the SM2 line, when there is one. */
  sm2Vkey?: string
  origin: string
  size: number
  root: Uint8Array
}>
export type SignAnswer = Readonly<{ note: string }> | Readonly<{ refused: 'rollback' | 'fork' }>

export type ReceiptRequest = Pick<Receipt, 'acceptedAt' | 'leafHashes'>

/** Holds the log's key and its own memory of the largest tree that it signed. It believes nobody. */
export type Signer = Readonly<{
  status(): Promise<SignerStatus>
  sign(request: SignRequest): Promise<SignAnswer>
  /** The promise that these leaves will be under a checkpoint in time, as a signed note. It words the text itself. */
  receipt(request: ReceiptRequest): Promise<string>
}>

const Digest = z.string().refine((text) => fromBase64(text)?.length === 32)
const HighWater = z.strictObject({ origin: z.string(), size: z.int().min(0), root: Digest })

const digestOf = (text: string): Uint8Array => {
  const bytes = fromBase64(text)
  if (bytes === undefined) throw new Error('a digest is base64')
  return bytes
}

const EMPTY_ROOT = nodeHashes.sha256(new Uint8Array())

type SignerOptions = Readonly<{
  folder: string
  origin: string
  /** For an installation that keeps its keys in a token. */
  token?: TokenKeys
  /** Whether the keys are looked for at once, by the process that will sign. */
  reachesNow?: boolean
  /** Signs each checkpoint too, in a line that those who do not know SM2 ignore. */
  sm2?: LogKey
}>

/** The keys that may sign for this log: those that do, and those that did. */
const vkeysOf = async (ring: KeyRing): Promise<Pick<SignerStatus, 'vkey' | 'vkeys' | 'retiring'>> => {
  const read = await ring.read()
  const { vkey } = currentOf(read)
  const others = read.keys.filter((k) => k.state === 'retiring').toReversed()
  const retiring = others.flatMap((k) => (k.until === undefined ? [] : [{ vkey: k.vkey, until: k.until }]))
  return { vkey, vkeys: [vkey, ...others.map((k) => k.vkey)], retiring }
}

/**
 * The signer on its own folder: keys (0600) and `high-water.json`, durable before any signature is given out. The memory is
 * the log's, not the key's: it stays when the key changes.
 */
export const openSigner = async (input: SignerOptions): Promise<Signer> => {
  const { folder, origin } = input
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const memory = join(folder, 'high-water.json')
  const held = await readOr(memory)
  const ring = await openRing({ ...input, isNew: held === undefined })
  const highWater = held === undefined ? undefined : HighWater.parse(JSON.parse(held))
  if (highWater !== undefined && highWater.origin !== origin) {
    throw new Error(`签名器属于日志 ${highWater.origin}，不能为 ${origin} 签名。`)
  }
  let size = highWater?.size ?? 0
  let root = highWater === undefined ? EMPTY_ROOT : digestOf(highWater.root)
  const sm2Keys = input.sm2 === undefined ? [] : [input.sm2]
  const sm2Vkey = input.sm2 && formatVkey(input.sm2.key)
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
  /** Under every key that signs now, or not at all. */
  const signed = async (text: string, more: readonly LogKey[] = []): Promise<string> => {
    const keys = await Promise.all(signingNow(await ring.read(), Date.now()).map(ring.open))
    return formatNote({
      text,
      signatures: await Promise.all([...keys, ...more].map((key) => lineOf(key, text))),
    })
  }
  let trouble: string | undefined
  const noteOf = async (...what: Parameters<typeof signed>): Promise<string> => {
    try {
      const note = await signed(...what)
      trouble = undefined
      return note
    } catch (error) {
      if (error instanceof NoKeyError) trouble = error.message
      throw error
    }
  }
  // What cannot be reached is told before the first event waits for it.
  const reach = async (): Promise<void> => {
    await Promise.all(signingNow(await ring.read(), Date.now()).map(ring.open))
  }
  if (input.reachesNow === true) {
    await reach().catch((error: unknown) => {
      if (!(error instanceof NoKeyError)) throw error
      trouble = error.message
    })
  }
  const signOne = async (request: SignRequest): Promise<SignAnswer> => {
    const refused = refusalOf(request)
    if (refused !== undefined) return { refused }
    // A key that cannot be reached moves no memory, and no signature leaves before the memory is on the disk.
    const note = await noteOf(formatCheckpoint({ origin, size: request.size, root: request.root }), sm2Keys)
    if (held === undefined || request.size > size) await remember(request)
    return { note }
  }
  return {
    status: async () => ({
      ...(await vkeysOf(ring)),
      ...(sm2Vkey !== undefined && { sm2Vkey }),
      ...(trouble !== undefined && { trouble }),
      origin,
      size,
      root,
    }),
    sign: (request) => inTurn(() => signOne(request)),
    receipt: (request) => noteOf(formatReceipt({ origin, mmdSeconds: MMD_SECONDS, ...request })),
  }
}
