import { createHash } from 'node:crypto'
import { purePrimitives, type Primitives } from '@liuhen/ledger/package/primitives'
import { tarReader } from '@liuhen/ledger/package/tar'
import { verifyPackage } from '@liuhen/ledger/package/verify'
import type { BlobStore } from '../blobs/blob-store.ts'
import { nodeHashes } from '../event-store/seal-event.ts'
import { storedTar } from './package-bytes.ts'
import type { Verdict } from './package-rows.ts'

const primitives: Primitives = {
  ...purePrimitives,
  ...nodeHashes,
  startSha256: () => createHash('sha256'),
  startSm3: () => createHash('sm3'),
  digestChunk: (bytes) => Promise.resolve(nodeHashes.sha256(bytes)),
}

/** Verifies the bytes that lie in the store under the installation's own policy: the log's key, its witnesses counted, whoever stamped for it. */
export const verifyStored = async (
  blobs: BlobStore,
  { sha256, sizeBytes }: Readonly<{ sha256: string; sizeBytes: number }>,
  policy: string,
): Promise<Omit<Verdict, 'treeSize'>> => {
  const reader = tarReader(storedTar(blobs, sha256, sizeBytes))
  const report = await verifyPackage(reader, { policy, primitives })
  const failed = report.items
    .filter((i) => i.result === 'FAIL')
    .map((i) => `${i.path}：${i.detail || i.title}`)
  const { verdict, anchoring, witnesses, keys, items } = report
  return { verdict, anchoring, witnesses, keys, items: items.length, failed }
}
