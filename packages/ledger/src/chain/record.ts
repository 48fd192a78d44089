import { z } from 'zod'
import { concat, decodeUtf8, fromBase64, toBase64, utf8 } from '../bytes.ts'
import { canonicalBytes, canonicalJson, parseCanonical } from '../canonical.ts'
import { sha256 } from '../hashes.ts'

/** What one run of a camera leaves: a list of records, each signed by the device and naming the one before it. */
const TAG = utf8('liuhen.chain.v1\n')

const Base64 = z.string().refine((text) => fromBase64(text) !== undefined)
const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)
const Wall = z.iso.datetime({ offset: true })

const CHAIN_MEDIA = ['video', 'audio', 'photo'] as const
export const ChainMedium = z.enum(CHAIN_MEDIA)
export type ChainMedium = z.infer<typeof ChainMedium>

/** `chain`: this run; `n`: 0, 1, 2 …; `wall`: the device's clock. */
const base = { v: z.literal(1), chain: z.uuid(), n: z.int().min(0), wall: Wall }
/** Milliseconds of a clock that nobody can set. Absent on what was signed after a restart: that clock began anew. */
const mono = z.int().min(0)
const prev = Base64

export const OpenRecord = z.strictObject({
  ...base,
  kind: z.literal('open'),
  mono,
  /** One act of recording; its runs are numbered from 1. */
  session: z.uuid(),
  take: z.int().min(1),
  medium: ChainMedium,
  mime: z.string().max(100),
  /** SubjectPublicKeyInfo of the device's P-256 key, base64: every record is signed with it. */
  key: Base64,
  clock: z.enum(['real', 'simulated']),
  officer: z.strictObject({ id: z.string(), name: z.string(), certNo: z.string().optional() }),
  about: z
    .strictObject({ case: z.string(), step: z.string().optional(), scene: z.string().optional() })
    .optional(),
  /** What those present are told of being recorded, as it stood on the screen. */
  notice: z.string().max(500).optional(),
  /** Link of the last record of the run before. */
  after: Base64.optional(),
  /** The newest signed head of the log that the device knew: this run did not begin before it. */
  log: z.strictObject({ size: z.int().min(0), root: Base64 }).optional(),
})
export type OpenRecord = z.infer<typeof OpenRecord>

export const SegmentRecord = z.strictObject({
  ...base,
  kind: z.literal('segment'),
  mono: mono.optional(),
  medium: ChainMedium,
  bytes: z.int().min(1),
  sha256: Sha256Hex,
  prev,
})
export type SegmentRecord = z.infer<typeof SegmentRecord>

/** A moment that somebody marked: `code` is of the list of what must be shown, or of the app. */
export const MarkRecord = z.strictObject({
  ...base,
  kind: z.literal('mark'),
  mono,
  atMs: z.int().min(0),
  code: z.string().max(64),
  prev,
})
export type MarkRecord = z.infer<typeof MarkRecord>

export const CLOSINGS = ['finished', 'continued', 'interrupted'] as const
export const CloseRecord = z.strictObject({
  ...base,
  kind: z.literal('close'),
  mono: mono.optional(),
  segments: z.int().min(0),
  bytes: z.int().min(0),
  /** continued: the next run follows at once; `next` is its chain, which was open already. */
  why: z.enum(CLOSINGS),
  next: z.uuid().optional(),
  cause: z.string().max(64).optional(),
  detail: z.string().max(500).optional(),
  prev,
})
export type CloseRecord = z.infer<typeof CloseRecord>

export const ChainRecord = z.discriminatedUnion('kind', [OpenRecord, SegmentRecord, MarkRecord, CloseRecord])
export type ChainRecord = z.infer<typeof ChainRecord>

/** What is signed, and whose SHA-256 is the link that the next record names. */
export const messageOf = (record: Uint8Array): Uint8Array => concat(TAG, record)
export const linkOf = (record: Uint8Array): string => toBase64(sha256(messageOf(record)))

export const recordBytes = (record: ChainRecord): Uint8Array => canonicalBytes(record)

/** One line of a chain's file: the signature (r ‖ s, base64), a space, the record's canonical JSON. */
export const chainLine = (record: ChainRecord, signature: Uint8Array): string =>
  `${toBase64(signature)} ${canonicalJson(record)}\n`

export type ChainLine = Readonly<{
  record: ChainRecord
  link: string
  message: Uint8Array
  signature: Uint8Array
}>

const parseLine = (line: string): ChainLine | undefined => {
  const at = line.indexOf(' ')
  const signature = fromBase64(line.slice(0, Math.max(0, at)))
  if (at < 0 || signature === undefined) return undefined
  const bytes = utf8(line.slice(at + 1))
  const parsed = parseCanonical(bytes)
  const record = parsed.ok ? ChainRecord.safeParse(parsed.value) : undefined
  if (!record?.success) return undefined
  return { record: record.data, link: linkOf(bytes), message: messageOf(bytes), signature }
}

/** A line that is no record stays as undefined, so that its place is known. A torn last line is one of those. */
export const parseChain = (file: Uint8Array): readonly (ChainLine | undefined)[] => {
  const text = decodeUtf8(file)
  if (text === undefined) return [undefined]
  if (text === '') return []
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines.map(parseLine)
}

/** The segments that a file of this chain's bytes is made of, in the order of their numbers, each number once. */
export const segmentsOf = (lines: readonly (ChainLine | undefined)[]): readonly SegmentRecord[] => {
  const byNumber = new Map<number, SegmentRecord>()
  for (const line of lines)
    if (line?.record.kind === 'segment' && !byNumber.has(line.record.n))
      byNumber.set(line.record.n, line.record)
  return [...byNumber.values()].toSorted((a, b) => a.n - b.n)
}
