import { createHash } from 'node:crypto'
import { toBase64 } from '@liuhen/ledger/bytes'
import { leafHash } from '@liuhen/ledger/leaf'
import { treeRoot } from '@liuhen/ledger/merkle'
import { CHUNK_BYTES, type MediaManifest } from '@liuhen/ledger/package/documents'
import { nodeHashes } from '../event-store/seal-event.ts'

export type Told = Readonly<{ sha256: string; mime: string; sm3?: string }>

/**
 * Reads a recording once, chunk by chunk. The digests are those of the bytes that lie on the disk now; the manifest
 * names them, whatever the record says, so that a file that has changed is found and not covered up.
 */
export const mediaManifest = async (
  told: Told,
  bytes: AsyncIterable<Uint8Array>,
): Promise<Readonly<{ manifest: MediaManifest; sha256: string }>> => {
  const whole = createHash('sha256')
  const chunks: Uint8Array[] = []
  let chunk = createHash('sha256')
  let held = 0
  let sizeBytes = 0
  const flush = (): void => {
    chunks.push(chunk.digest())
    chunk = createHash('sha256')
    held = 0
  }
  for await (const part of bytes) {
    whole.update(part)
    sizeBytes += part.length
    for (let at = 0; at < part.length; ) {
      const take = Math.min(part.length - at, CHUNK_BYTES - held)
      chunk.update(part.subarray(at, at + take))
      held += take
      at += take
      if (held === CHUNK_BYTES) flush()
    }
  }
  if (held > 0) flush()
  const leaves = chunks.map((c) => leafHash(nodeHashes.sha256, c))
  const manifest: MediaManifest = {
    v: 1,
    sizeBytes,
    mime: told.mime,
    sha256: told.sha256,
    ...(told.sm3 === undefined ? {} : { sm3: told.sm3 }),
    chunkSizeBytes: CHUNK_BYTES,
    chunks: chunks.map(toBase64),
    chunkRoot: toBase64(treeRoot(nodeHashes.sha256, leaves)),
  }
  return { manifest, sha256: whole.digest('hex') }
}
