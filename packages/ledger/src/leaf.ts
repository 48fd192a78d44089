import { z } from 'zod'
import { concat, fromBase64, toBase64 } from './bytes.ts'
import { canonicalBytes, parseCanonical, type Parsed } from './canonical.ts'
import { commitBoth } from './commitment.ts'
import type { Hash, Hashes } from './hashes.ts'

export const MAX_LEAF_BYTES = 1024

export const PARTS = ['public', 'internal', 'personal'] as const
export type PartName = (typeof PARTS)[number]

/** Key of a compartment in the leaf. */
export const PART_KEYS = { public: 'pub', internal: 'int', personal: 'pii' } as const

const Digest = z.string().refine((s) => fromBase64(s)?.length === 32, 'not the base64 of 32 bytes')
const Commitments = z.strictObject({
  int: Digest.optional(),
  pii: Digest.optional(),
  pub: Digest.optional(),
})

/** Stream ids are part of paths in a package. */
export const StreamId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/)

/** One entry of the log: what anybody may see of an event (docs/design/001, docs/design/002). */
export const Leaf = z
  .strictObject({
    at: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/),
    c: Commitments,
    c3: Commitments,
    id: z.uuid(),
    n: z.int().min(1),
    o: z.string().min(1).max(64),
    p: Digest.nullable(),
    s: StreamId,
    t: z.string().regex(/^[A-Za-z][A-Za-z0-9.-]{0,63}$/),
    v: z.literal(1),
  })
  .refine((l) => (l.p === null) === (l.n === 1), 'only the first of a stream has no predecessor')
  .refine((l) => Object.keys(l.c).join() === Object.keys(l.c3).join(), 'c and c3 name different compartments')
export type Leaf = z.infer<typeof Leaf>

export type Part = Readonly<{ salt: Uint8Array; bytes: Uint8Array }>

export type LeafInput = Readonly<{
  id: string
  streamId: string
  /** 1, 2, 3 … within the stream. */
  version: number
  agencyId: string
  type: string
  /** Any instant with an offset; the leaf keeps whole seconds in UTC. */
  recordedAt: string
  /** Leaf hash of version − 1; null for the first. */
  prevLeafHash: Uint8Array | null
  parts: Readonly<Partial<Record<PartName, Part>>>
}>

export type SealedLeaf = Readonly<{ leaf: Leaf; bytes: Uint8Array; hash: Uint8Array }>

/** RFC 6962 §2.1: the prefix keeps a leaf from being read as an inner node. */
export const leafHash = (hash: Hash, entry: Uint8Array): Uint8Array => hash(concat(Uint8Array.of(0), entry))

const wholeSeconds = (instant: string): string => `${new Date(instant).toISOString().slice(0, 19)}Z`

const commitmentsOf = (parts: LeafInput['parts'], hashes: Hashes): Pick<Leaf, 'c' | 'c3'> => {
  const c: Leaf['c'] = {}
  const c3: Leaf['c3'] = {}
  for (const name of PARTS) {
    const part = parts[name]
    if (!part) continue
    const both = commitBoth(hashes, part.salt, part.bytes)
    c[PART_KEYS[name]] = toBase64(both.sha256)
    c3[PART_KEYS[name]] = toBase64(both.sm3)
  }
  return { c, c3 }
}

/** Seals an event into its leaf. Throws on input that breaks the schema or the size limit: a programmer's error. */
export const makeLeaf = (input: LeafInput, hashes: Hashes): SealedLeaf => {
  const leaf = Leaf.parse({
    at: wholeSeconds(input.recordedAt),
    ...commitmentsOf(input.parts, hashes),
    id: input.id,
    n: input.version,
    o: input.agencyId,
    p: input.prevLeafHash && toBase64(input.prevLeafHash),
    s: input.streamId,
    t: input.type,
    v: 1,
  })
  const bytes = canonicalBytes(leaf)
  if (bytes.length > MAX_LEAF_BYTES) throw new RangeError(`a leaf has at most ${MAX_LEAF_BYTES} bytes`)
  return { leaf, bytes, hash: leafHash(hashes.sha256, bytes) }
}

/** Reads a leaf that came from elsewhere. */
export const parseLeaf = (bytes: Uint8Array): Parsed<Leaf> => {
  if (bytes.length > MAX_LEAF_BYTES) return { ok: false, why: `超过 ${MAX_LEAF_BYTES} 字节` }
  const json = parseCanonical(bytes)
  if (!json.ok) return json
  const leaf = Leaf.safeParse(json.value)
  return leaf.success
    ? { ok: true, value: leaf.data }
    : {
        ok: false,
        why: `成员不符合规定：${leaf.error.issues.map((i) => i.path.join('.') || '整体').join('、')}`,
      }
}
