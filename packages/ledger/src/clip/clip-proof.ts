import { z } from 'zod'
import { fromBase64, toBase64 } from '../bytes.ts'
import { canonicalBytes } from '../canonical.ts'
import type { Hash } from '../hashes.ts'
import { leafHash, StreamId } from '../leaf.ts'
import { inclusionProof } from '../merkle.ts'
import { CHUNK_BYTES } from '../package/documents.ts'

const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)
const Digest = z.string().refine((s) => fromBase64(s)?.length === 32, 'not the base64 of 32 bytes')
const File = z.strictObject({ sha256: Sha256Hex, sizeBytes: z.int().positive() })

/** Each sample of a track in the order of decoding: where it begins in the original, and its length. */
const Track = z.array(z.tuple([z.int().min(0), z.int().min(0)]))

/** What the maker of a clip found, kept beside it: the table, and the chunks of the original that hold its samples. */
export const ClipTable = z.strictObject({
  v: z.literal(1),
  clip: File,
  original: z.strictObject({
    ...File.shape,
    chunkRoot: Digest,
    chunkSizeBytes: z.literal(CHUNK_BYTES),
  }),
  tracks: z.array(Track).min(1).max(8),
  chunks: z
    .array(z.strictObject({ index: z.int().min(0), sha256: Digest, audit: z.array(Digest).max(63) }))
    .min(1),
})
export type ClipTable = z.infer<typeof ClipTable>

const EventAt = z.strictObject({ streamId: StreamId, version: z.int().min(1) })

/** clip-proof.json: the table, and where the record tells of the two files. */
export const ClipProof = z.strictObject({
  ...ClipTable.shape,
  /** RecordingStored of the original, and DerivativeMade of the clip. */
  stored: EventAt,
  made: EventAt,
  /** Whether the chunks' own bytes are in the folder. They hold pictures before and after the clip. */
  bytes: z.enum(['included', 'left-out']),
})
export type ClipProof = z.infer<typeof ClipProof>

export const CLIP_PROOF = 'clip-proof.json'
export const CLIP_FILE = 'data/media/clip.mp4'
export const STORED_EVENT = 'RecordingStored'
export const MADE_EVENT = 'DerivativeMade'
export const chunkPath = (index: number): string => `data/media/original/${String(index).padStart(6, '0')}`

/** Beyond this a clip and its proof are no longer checked in memory. */
export const MAX_CLIP_BYTES = 1024 ** 3

type Measured = Pick<ClipTable, 'tracks' | 'original'>

/** Chunks of the original in which the samples lie, in order. */
export const chunksOf = ({ tracks, original }: Measured): readonly number[] => {
  const found = new Set<number>()
  for (const [at, length] of tracks.flat()) {
    if (length === 0) continue
    const last = Math.floor((at + length - 1) / original.chunkSizeBytes)
    for (let i = Math.floor(at / original.chunkSizeBytes); i <= last; i += 1) found.add(i)
  }
  return [...found].sort((a, b) => a - b)
}

/** Adds the chunks with their audit paths; `chunkDigests` are the SHA-256 of every chunk of the original. */
export const makeClipTable = (
  hash: Hash,
  told: Omit<ClipTable, 'v' | 'chunks'>,
  chunkDigests: readonly Uint8Array[],
): ClipTable => {
  const leaves = chunkDigests.map((digest) => leafHash(hash, digest))
  const chunks = chunksOf(told).map((index) => {
    const digest = chunkDigests[index]
    if (digest === undefined) throw new RangeError(`the original has no chunk ${index}`)
    return { index, sha256: toBase64(digest), audit: inclusionProof(hash, leaves, index).map(toBase64) }
  })
  return ClipTable.parse({ ...told, v: 1, chunks })
}

/** Canonical bytes of clip-proof.json. */
export const clipProofBytes = (
  table: ClipTable,
  more: Pick<ClipProof, 'stored' | 'made' | 'bytes'>,
): Uint8Array => canonicalBytes(ClipProof.parse({ ...table, ...more }))
