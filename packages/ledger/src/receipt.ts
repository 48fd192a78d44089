import { fromBase64, toBase64 } from './bytes.ts'
import { checkNote, parseNote, type NoteKey, type VerifyEd25519 } from './note.ts'

const HEADER = 'liuhen.receipt.v1'

/** Maximum merge delay, stated to everybody: an event is under a checkpoint at the latest after so many seconds. */
export const MMD_SECONDS = 60

/**
 * The log's promise, signed when a command was committed: these leaves will stand under a checkpoint within so many seconds.
 * A receipt whose leaf the log does not hold after that time is evidence against whoever keeps the log.
 */
export type Receipt = Readonly<{
  /** Name of the log, which is the name of the key too. */
  origin: string
  /** When the command was committed: RFC 3339, as the record has it. */
  acceptedAt: string
  /** Maximum merge delay. */
  mmdSeconds: number
  leafHashes: readonly Uint8Array[]
}>

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/

/** Text to be signed. No checkpoint can be read from it: a checkpoint's second line is a number, here it is a name. */
export const formatReceipt = ({ origin, acceptedAt, mmdSeconds, leafHashes }: Receipt): string => {
  const leaves = leafHashes.map((hash) => `leaf ${toBase64(hash)}`)
  const text = `${[HEADER, `log ${origin}`, `accepted ${acceptedAt}`, `mmd ${mmdSeconds}`, ...leaves].join('\n')}\n`
  if (!parseReceipt(text)) throw new RangeError('not a receipt')
  return text
}

/** Strict; undefined for anything that formatReceipt does not write. */
export const parseReceipt = (text: string): Receipt | undefined => {
  if (!text.endsWith('\n')) return undefined
  const [header, log = '', accepted = '', mmd = '', ...leaves] = text.slice(0, -1).split('\n')
  const [, origin] = /^log (\S+)$/.exec(log) ?? []
  const acceptedAt = accepted.startsWith('accepted ') ? accepted.slice(9) : ''
  const [, seconds] = /^mmd ([1-9][0-9]{0,6})$/.exec(mmd) ?? []
  const hashes = leaves.map((line) => (line.startsWith('leaf ') ? fromBase64(line.slice(5)) : undefined))
  const leafHashes = hashes.filter((hash) => hash?.length === 32).filter((hash) => hash !== undefined)
  const whole = leafHashes.length === leaves.length && leaves.length > 0
  if (header !== HEADER || !origin || !TIME.test(acceptedAt) || !seconds || !whole) return undefined
  return { origin, acceptedAt, mmdSeconds: Number(seconds), leafHashes }
}

/** The receipt in a signed note, if this key of the log signed it. */
export const readReceipt = (source: string, key: NoteKey, verify?: VerifyEd25519): Receipt | undefined => {
  const note = parseNote(source)
  const receipt = note && parseReceipt(note.text)
  const signed = note && checkNote(note, key, verify) === 'verified'
  return signed && receipt?.origin === key.name ? receipt : undefined
}

export type Kept =
  /** Every leaf stands in the log. */
  | 'kept'
  /** Some do not yet, and the time is not over. */
  | 'pending'
  /** Some do not, and the time is over. */
  | 'broken'

/** Whether the log keeps its promise; `has` tells of a leaf hash whether the log that was rebuilt from its entries holds it. */
export const weighReceipt = (
  receipt: Receipt,
  has: (leafHash: Uint8Array) => boolean,
  nowMs: number,
): Kept => {
  if (receipt.leafHashes.every(has)) return 'kept'
  return nowMs > Date.parse(receipt.acceptedAt) + receipt.mmdSeconds * 1000 ? 'broken' : 'pending'
}
