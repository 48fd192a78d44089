import { toHex, utf8 } from '@liuhen/ledger/bytes'
import { type PackageFile, payloadOf, sm3ManifestOf } from '@liuhen/ledger/package/build-package'
import { sm3sOf } from '../blobs/blob-rows.ts'
import { readStreamIn } from '../event-store/read-stream.ts'
import { nodeHashes } from '../event-store/seal-event.ts'
import type { Tx } from '../postgres/transaction.ts'
import type { PackagePlan } from './package-rows.ts'
import { checkedSm3 } from './recording-checks.ts'

/** Captions and sheets carry their bytes with them; a chain's lie in the store. */
export const sidecarFiles = (plan: PackagePlan) =>
  plan.sidecars.map(({ name, sha256, sizeBytes, text }) => ({
    name,
    sha256,
    sizeBytes,
    ...(text !== undefined && { bytes: utf8(text) }),
  }))

/** SM3 of a payload file: of its bytes where they are at hand, else as it is known by its SHA-256. */
export const sm3By =
  (known: ReadonlyMap<string, string>) =>
  ({ sha256, bytes }: PackageFile): string | undefined =>
    bytes === undefined ? known.get(sha256) : toHex(nodeHashes.sm3(bytes))

/** As the record and the store have them before the files are read: a recording's from its check, else from when it came. */
const knownSm3s = async (tx: Tx, plan: PackagePlan): Promise<ReadonlyMap<string, string>> => {
  const stored = [...plan.documents, ...plan.recordings, ...plan.sidecars].map((f) => f.sha256)
  const known = new Map(await sm3sOf(tx, stored))
  for (const r of plan.recordings) {
    const sm3 = checkedSm3(await readStreamIn(tx, r.recordingId))
    if (sm3 !== undefined) known.set(r.sha256, sm3)
  }
  return known
}

/**
 * What the export event states of the payload: the digest of the manifest over every file, which makes each of their bytes
 * part of the record, and the same by SM3 where that of every file is known.
 */
export const boundPayload = async (tx: Tx, plan: PackagePlan) => {
  const { files, manifestSha256 } = payloadOf(nodeHashes.sha256, {
    summary: plan.summary,
    documents: plan.documents,
    media: plan.recordings,
    sidecars: sidecarFiles(plan),
  })
  const bySm3 = sm3ManifestOf(files, sm3By(await knownSm3s(tx, plan)))
  return {
    payloadManifestSha256: manifestSha256,
    ...(bySm3 && { payloadManifestSm3: toHex(nodeHashes.sm3(bySm3)) }),
  }
}
