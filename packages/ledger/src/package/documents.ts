import { z } from 'zod'
import { fromBase64 } from '../bytes.ts'
import { StreamId } from '../leaf.ts'

const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)
const Digest = z.string().refine((s) => fromBase64(s)?.length === 32, 'not the base64 of 32 bytes')

/** data/case.json: what the case is, for a reader; the events are the record. Further members are allowed. */
export const CaseSummary = z.looseObject({
  v: z.literal(1),
  caseId: z.string(),
  caseNo: z.string().min(1),
  title: z.string(),
  agency: z.object({ id: z.string(), name: z.string() }),
  /** A demonstration runs under a simulated clock and says so. */
  clock: z.enum(['real', 'simulated']),
})
export type CaseSummary = z.infer<typeof CaseSummary>

/** metadata/case.json: filing metadata of the archive; named fields as the archive asks for them. */
export const CaseMetadata = z.looseObject({ v: z.literal(1) })
export type CaseMetadata = z.infer<typeof CaseMetadata>

/** proofs/export.json: which event states what this package must hold. */
export const ExportPointer = z.strictObject({ v: z.literal(1), streamId: StreamId, version: z.int().min(1) })
export type ExportPointer = z.infer<typeof ExportPointer>

/** Type of the event that is recorded before a package leaves the house. */
export const EXPORT_EVENT = 'PackageExported'

/**
 * What the public part of that event states: the head of every stream at the moment of export, so that nothing can be
 * left off the end, and the digests of both payload manifests, so that every payload byte is part of the record. The case's
 * own stream ends right before the export event.
 */
export const ExportStatement = z.looseObject({
  streams: z.array(z.object({ streamId: StreamId, head: z.int().min(1), leafHash: Digest })).min(1),
  payloadManifestSha256: Sha256Hex.optional(),
  /** SM3 of manifest-sm3.txt, in hex; stated where the SM3 of every payload file was known. */
  payloadManifestSm3: Sha256Hex.optional(),
  /**
   * Every checkpoint of this log that papers told of here bear lies in proofs/issued with its proof. Packages that were
   * exported before this was stated may have none.
   */
  issuedCheckpoints: z.literal('enclosed').optional(),
  audience: z.enum(['whole', 'party']).optional(),
  /** The internal part lists what the archives want in the package. Packages that were exported before say nothing. */
  enclosures: z.literal('listed').optional(),
})
export type ExportStatement = z.infer<typeof ExportStatement>

/**
 * Metadata of the archives and encapsulated papers that the package was to have, by path. Metadata has its digest; a paper
 * is encapsulated, and perhaps signed, after the export was recorded, and what lies in it is compared by itself. The names
 * of papers are for no party, so the list stands in the internal part.
 */
export const Enclosure = z.strictObject({ path: z.string(), sha256: Sha256Hex.optional() })
export type Enclosure = z.infer<typeof Enclosure>
export const ExportEnclosures = z.looseObject({ data: z.looseObject({ enclosed: z.array(Enclosure) }) })

export const CHUNK_BYTES = 4 * 1024 * 1024

/** proofs/media/<sha256>.manifest.json: lets a player check a range, and names the digests of the whole. */
export const MediaManifest = z.strictObject({
  v: z.literal(1),
  sizeBytes: z.int().min(0),
  mime: z.string().min(1).max(100),
  sha256: Sha256Hex,
  sm3: Sha256Hex.optional(),
  chunkSizeBytes: z.literal(CHUNK_BYTES),
  /** SHA-256 of every chunk; the root is the RFC 6962 tree over these 32-byte values. */
  chunks: z.array(Digest),
  chunkRoot: Digest,
})
export type MediaManifest = z.infer<typeof MediaManifest>

/** metadata/da-t-70.json: 四性检测 as the exporting system carried it out. */
export const DaT70 = z.strictObject({
  v: z.literal(1),
  standard: z.literal('DA/T 70-2018'),
  at: z.string(),
  items: z
    .array(
      z.strictObject({
        code: z.string(),
        name: z.string(),
        group: z.enum(['authenticity', 'integrity', 'usability', 'security']),
        result: z.enum(['passed', 'failed', 'not-checked']),
        detail: z.string(),
      }),
    )
    .min(1),
})
export type DaT70 = z.infer<typeof DaT70>

/** Bytes named by an event: the value of any member `blob` in a payload. A sibling `chunkRoot` belongs to it. */
export const BlobRef = z.looseObject({
  sha256: Sha256Hex,
  sizeBytes: z.int().min(0),
  mime: z.string().optional(),
  sm3: Sha256Hex.optional(),
})
export type BlobRef = z.infer<typeof BlobRef>

/** What an event says of the signatures on the PDF that its `blob` names. */
export const SealingStatement = z.looseObject({
  unsealed: z.object({ sha256: Sha256Hex, sizeBytes: z.int().min(1) }),
  seals: z
    .array(
      z.looseObject({
        by: z.string(),
        certificate: Sha256Hex,
        range: z.tuple([z.literal(0), z.int(), z.int(), z.int()]).readonly(),
      }),
    )
    .min(1),
  beside: z
    .array(
      z.looseObject({
        algorithm: z.string(),
        certificate: Sha256Hex,
        x509: z.string(),
        signature: z.string(),
      }),
    )
    .exactOptional(),
})
export type SealingStatement = z.infer<typeof SealingStatement>
