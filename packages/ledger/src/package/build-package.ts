import { compareUtf8, toBase64, toHex, utf8 } from '../bytes.ts'
import { canonicalBytes } from '../canonical.ts'
import type { Hash } from '../hashes.ts'
import { PARTS, type Part, type PartName } from '../leaf.ts'
import { formatTlogProof } from '../tlog-proof.ts'
import { BAGIT_TEXT, formatBagInfo } from './bag-info.ts'
import type { CaseMetadata, CaseSummary, DaT70, ExportPointer, MediaManifest } from './documents.ts'
import { formatManifest } from './manifest.ts'
import * as at from './paths.ts'
import { README_TEXT } from './readme.ts'
import { VERIFY_SH_TEXT } from './verify-sh.ts'

/** A file whose bytes lie in the blob store, found by their digest. */
export type StoredFile = Readonly<{ name: string; sha256: string; sizeBytes: number }>

/** One file of the package; without `bytes` the caller streams it, most often the blob `sha256`. */
export type PackageFile = Readonly<{ path: string; sha256: string; sizeBytes: number; bytes?: Uint8Array }>

export type PayloadInput = Readonly<{
  summary: CaseSummary
  documents: readonly StoredFile[]
  media: readonly StoredFile[]
  /** Beside the media, by the same name: captions with their bytes, a phone's chain from the store. */
  sidecars?: readonly (StoredFile & Readonly<{ bytes?: Uint8Array }>)[]
}>

export type EventInput = Readonly<{
  version: number
  entry: Uint8Array
  index: number
  /** Inclusion proof under the package's checkpoint. */
  hashes: readonly Uint8Array[]
  /** The parts that this recipient may read. */
  parts: Readonly<Partial<Record<PartName, Part>>>
}>

export type StampInput = Readonly<{
  size: number
  /** RFC 3161 response or token over the text of the note. */
  token: Uint8Array
  /** The signed note of that size. */
  checkpoint: string
  /** Consistency proof from that size to the package's; nothing when they are the same. */
  proof: readonly Uint8Array[]
}>

/** An earlier checkpoint that somebody holds. */
export type IssuedInput = Readonly<{
  size: number
  /** Text of the checkpoint, without signatures: whoever holds it has them. */
  text: string
  /** Consistency proof from that size to the package's. */
  proof: readonly Uint8Array[]
}>

export type PackageInput = PayloadInput &
  Readonly<{
    organisation: string
    /** yyyy-MM-dd */
    date: string
    metadata: CaseMetadata
    daT70: DaT70
    mediaManifests: readonly MediaManifest[]
    streams: readonly Readonly<{ streamId: string; events: readonly EventInput[] }>[]
    exported: Omit<ExportPointer, 'v'>
    /** metadata/premis.xml and index.html: for reading. */
    premis?: Uint8Array
    index?: Uint8Array
    /** Objects in the words of the archives' schemes, and papers encapsulated. */
    described?: readonly (PackageFile | Readonly<{ path: string; bytes: Uint8Array }>)[]
    /** verify/verify.html, as this installation publishes it. */
    verifyPage?: Uint8Array
    /** Signed note. */
    checkpoint: string
    vkey: string
    /** The log's SM2 key, where its line stands under the checkpoint. */
    sm2Vkey?: string
    /** SM3 of a payload file, in hex; when all are known, the package has a manifest of them. */
    sm3Of?: (file: PackageFile) => string | undefined
    /** keys.json with a proof for each change, of a log that changed its key. */
    keys?: Uint8Array
    /** Time stamps over this or earlier checkpoints. */
    stamps?: readonly StampInput[]
    /** Checkpoints that were printed on papers or lay in earlier packages, each size once. */
    issued?: readonly IssuedInput[]
  }>

const fileOf = (hash: Hash, path: string, bytes: Uint8Array): PackageFile => ({
  path,
  bytes,
  sizeBytes: bytes.length,
  sha256: toHex(hash(bytes)),
})

const byDigest = ({ path, sha256 }: PackageFile) => ({ path, digest: sha256 })

const stored = (folder: string, files: readonly StoredFile[]): PackageFile[] =>
  files.map(({ name, sha256, sizeBytes }) => ({ path: folder + name, sha256, sizeBytes }))

/**
 * The payload and its manifest. The export event is recorded with `manifestSha256` before the package is built, which
 * makes every payload byte part of the record.
 */
export const payloadOf = (
  hash: Hash,
  input: PayloadInput,
): Readonly<{ files: readonly PackageFile[]; manifest: Uint8Array; manifestSha256: string }> => {
  const files = [
    fileOf(hash, at.CASE_SUMMARY, canonicalBytes(input.summary)),
    ...stored(at.DOCUMENTS, input.documents),
    ...stored(at.MEDIA, input.media),
    ...(input.sidecars ?? []).map(({ name, ...file }) => ({ path: at.MEDIA + name, ...file })),
  ]
  const manifest = formatManifest(files.map(byDigest))
  return { files, manifest, manifestSha256: toHex(hash(manifest)) }
}

const eventFiles = (hash: Hash, streamId: string, event: EventInput, checkpoint: string): PackageFile[] => {
  const base = at.eventPath(streamId, event.version)
  const proof = formatTlogProof({ index: event.index, hashes: event.hashes, checkpoint })
  const parts = PARTS.flatMap((name) => {
    const part = event.parts[name]
    if (!part) return []
    return [fileOf(hash, `${base}.${name}.json`, part.bytes), fileOf(hash, `${base}.${name}.salt`, part.salt)]
  })
  return [
    fileOf(hash, `${base}.entry`, event.entry),
    fileOf(hash, `${base}.tlog-proof`, utf8(proof)),
    ...parts,
  ]
}

const consistencyText = (proof: readonly Uint8Array[]): Uint8Array =>
  utf8(proof.map((h) => `${toBase64(h)}\n`).join(''))

const issuedFiles = (hash: Hash, { size, text, proof }: IssuedInput): PackageFile[] => [
  fileOf(hash, at.issuedPath(size, 'checkpoint'), utf8(text)),
  fileOf(hash, at.issuedPath(size, 'consistency'), consistencyText(proof)),
]

const stampFiles = (hash: Hash, { size, token, checkpoint, proof }: StampInput): PackageFile[] => [
  fileOf(hash, at.stampPath(size, 'tsr'), token),
  fileOf(hash, at.stampPath(size, 'checkpoint'), utf8(checkpoint)),
  fileOf(hash, at.stampPath(size, 'consistency'), consistencyText(proof)),
]

/**
 * SM3 of every payload file, or nothing where one is not known: a manifest of some would say that the others are not there.
 * The export event is recorded with the SM3 of its bytes, as it is with the SHA-256 of the other.
 */
export const sm3ManifestOf = (
  files: readonly PackageFile[],
  sm3Of: (file: PackageFile) => string | undefined,
): Uint8Array | undefined => {
  const lines = files.flatMap((f) => {
    const digest = sm3Of(f)
    return digest === undefined ? [] : [{ path: f.path, digest }]
  })
  return lines.length === files.length ? formatManifest(lines) : undefined
}

const tagFiles = (hash: Hash, input: PackageInput, payload: ReturnType<typeof payloadOf>): PackageFile[] => {
  const info = {
    organisation: input.organisation,
    date: input.date,
    caseNo: input.summary.caseNo,
    payloadBytes: payload.files.reduce((sum, f) => sum + f.sizeBytes, 0),
    payloadFiles: payload.files.length,
  }
  const sm3Manifest = input.sm3Of && sm3ManifestOf(payload.files, input.sm3Of)
  const texts: [string, Uint8Array][] = [
    [at.BAGIT, utf8(BAGIT_TEXT)],
    [at.BAG_INFO, formatBagInfo(info)],
    [at.MANIFEST, payload.manifest],
    ...(sm3Manifest ? [[at.MANIFEST_SM3, sm3Manifest] as [string, Uint8Array]] : []),
    [at.CHECKPOINT, utf8(input.checkpoint)],
    [at.LOG_KEY, utf8(`${input.vkey}\n`)],
    ...(input.sm2Vkey === undefined
      ? []
      : [[at.SM2_KEY, utf8(`${input.sm2Vkey}\n`)] as [string, Uint8Array]]),
    ...(input.keys ? [[at.KEYS, input.keys] as [string, Uint8Array]] : []),
    [at.EXPORT, canonicalBytes({ v: 1, ...input.exported })],
    [at.CASE_METADATA, canonicalBytes(input.metadata)],
    [at.DA_T_70, canonicalBytes(input.daT70)],
    [at.README, utf8(README_TEXT)],
    ...(input.premis ? [[at.PREMIS, input.premis] as [string, Uint8Array]] : []),
    ...(input.index ? [[at.INDEX, input.index] as [string, Uint8Array]] : []),
    [at.VERIFY_SH, utf8(VERIFY_SH_TEXT)],
    ...(input.verifyPage ? [[at.VERIFY_HTML, input.verifyPage] as [string, Uint8Array]] : []),
    ...input.mediaManifests.map((m): [string, Uint8Array] => [
      at.mediaManifestPath(m.sha256),
      canonicalBytes(m),
    ]),
  ]
  return texts.map(([path, bytes]) => fileOf(hash, path, bytes))
}

/** All files of a package, sorted by path. The same input gives the same bytes. */
export const buildPackage = (hash: Hash, input: PackageInput): PackageFile[] => {
  const payload = payloadOf(hash, input)
  const tags = [
    ...tagFiles(hash, input, payload),
    ...(input.described ?? []).map((f) => ('sha256' in f ? f : fileOf(hash, f.path, f.bytes))),
    ...(input.stamps ?? []).flatMap((stamp) => stampFiles(hash, stamp)),
    ...(input.issued ?? []).flatMap((one) => issuedFiles(hash, one)),
    ...input.streams.flatMap((s) =>
      s.events.flatMap((e) => eventFiles(hash, s.streamId, e, input.checkpoint)),
    ),
  ]
  const bad = [...payload.files, ...tags].find((f) => !at.isPackagePath(f.path))
  if (bad) throw new RangeError(`not a path for a package: ${bad.path}`)
  const tagManifest = fileOf(hash, at.TAG_MANIFEST, formatManifest(tags.map(byDigest)))
  return [...payload.files, ...tags, tagManifest].sort((a, b) => compareUtf8(a.path, b.path))
}
