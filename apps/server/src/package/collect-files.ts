import { createHash } from 'node:crypto'
import type { MediaManifest } from '@liuhen/ledger/package/documents'
import { findBlob } from '../blobs/blob-rows.ts'
import type { BlobStore } from '../blobs/blob-store.ts'
import type { Store } from '../event-store/store.ts'
import type { FoundFile } from '../package-contents/examine.ts'
import { mediaManifest } from '../package-contents/media-manifest.ts'
import { withAgency } from '../postgres/transaction.ts'
import type { PackagePlan } from './package-rows.ts'

type CollectDeps = Readonly<{ store: Pick<Store, 'pool'>; blobs: BlobStore }>

const HEAD_BYTES = 16

type Read = Readonly<{ sha256: string; sm3: string; sizeBytes: number }>

const hexOf = async (bytes: AsyncIterable<Uint8Array>): Promise<Read> => {
  const hash = createHash('sha256')
  const sm3 = createHash('sm3')
  let sizeBytes = 0
  for await (const part of bytes) {
    hash.update(part)
    sm3.update(part)
    sizeBytes += part.length
  }
  return { sha256: hash.digest('hex'), sm3: sm3.digest('hex'), sizeBytes }
}

const headOf = async (store: BlobStore, sha256: string): Promise<Uint8Array> =>
  Buffer.concat(await (await store.open(sha256, { start: 0, end: HEAD_BYTES - 1 })).toArray())

export type Collected = Readonly<{
  files: readonly FoundFile[]
  manifests: readonly MediaManifest[]
  /** SM3 by SHA-256, both in hex, of what was read and of recordings whose SM3 the record has. */
  sm3s: ReadonlyMap<string, string>
}>

/** Reads every file of the plan once, as it lies on the disk. A file that is not there is left out and named later. */
export const collectFiles = async (
  deps: CollectDeps,
  agencyId: string,
  plan: PackagePlan,
  sm3s: ReadonlyMap<string, string>,
): Promise<Collected> => {
  const files: FoundFile[] = []
  const manifests: MediaManifest[] = []
  const found = new Map<string, string>()
  for (const d of plan.documents) {
    if ((await deps.blobs.sizeOf(d.sha256)) === undefined) continue
    const { sm3, ...read } = await hexOf(await deps.blobs.open(d.sha256))
    found.set(read.sha256, sm3)
    files.push({ name: d.name, ...read, head: await headOf(deps.blobs, d.sha256) })
  }
  for (const r of plan.recordings) {
    if ((await deps.blobs.sizeOf(r.sha256)) === undefined) continue
    const row = await withAgency(deps.store, agencyId, (tx) => findBlob(tx, r.sha256))
    const sm3 = sm3s.get(r.recordingId) ?? row?.sm3
    if (sm3 !== undefined) found.set(r.sha256, sm3)
    const told = { sha256: r.sha256, mime: r.mime, ...(sm3 === undefined ? {} : { sm3 }) }
    const { manifest, sha256 } = await mediaManifest(told, await deps.blobs.open(r.sha256))
    manifests.push(manifest)
    files.push({
      name: r.name,
      sha256,
      sizeBytes: manifest.sizeBytes,
      head: await headOf(deps.blobs, r.sha256),
    })
  }
  for (const { sha256, text } of plan.sidecars) {
    if (text !== undefined || (await deps.blobs.sizeOf(sha256)) === undefined) continue
    found.set(sha256, (await hexOf(await deps.blobs.open(sha256))).sm3)
  }
  return { files, manifests, sm3s: found }
}
