import type { Tx } from '../postgres/transaction.ts'
import type { CopyVerdict } from './read-copy.ts'
import type { StoreName } from './store-place.ts'

export type Copy = Readonly<{ store: StoreName; verifiedAt: string }>

/**
 * In which stores each digest lies, and when that copy was last read back and found intact. A digest without an entry, or
 * with one copy only, must not be the reason to clear a device.
 */
export const copiesOf = async (
  tx: Tx,
  sha256s: readonly string[],
): Promise<ReadonlyMap<string, readonly Copy[]>> => {
  const { rows } = await tx.query<{ sha256: string; store: StoreName; verified_at: string }>(
    `SELECT sha256, store, verified_at FROM app.blob_copy
      WHERE sha256 = ANY ($1) AND state = 'intact' ORDER BY sha256, store`,
    [sha256s],
  )
  const copies = new Map<string, Copy[]>()
  for (const { sha256, store, verified_at } of rows)
    copies.set(sha256, [...(copies.get(sha256) ?? []), { store, verifiedAt: verified_at }])
  return copies
}

/** What reading a copy found. When it was last intact stays known after it no longer is. */
export const noteRead = async (
  tx: Tx,
  copy: Readonly<{ sha256: string; store: StoreName }>,
  found: CopyVerdict,
  now: string,
): Promise<void> => {
  await tx.query(
    `INSERT INTO app.blob_copy (sha256, store, state, verified_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (sha256, store) DO UPDATE
       SET state = EXCLUDED.state, verified_at = coalesce(EXCLUDED.verified_at, blob_copy.verified_at)`,
    [copy.sha256, copy.store, found, found === 'intact' ? now : null],
  )
}

export type BlobSize = Readonly<{ sha256: string; sizeBytes: number }>

/** Verified blobs without an intact copy in the second store, the newest first: whoever just docked waits for them. */
export const listUncopied = async (
  tx: Tx,
  options: Readonly<{ limit: number; except: readonly string[] }>,
): Promise<readonly BlobSize[]> => {
  const { rows } = await tx.query<BlobSize>(
    `SELECT b.sha256, b.size_bytes AS "sizeBytes" FROM app.blob b
      WHERE b.state = 'verified' AND b.sha256 <> ALL ($2)
        AND NOT EXISTS (SELECT FROM app.blob_copy c WHERE c.sha256 = b.sha256 AND c.store = 'second')
      ORDER BY b.settled_at DESC, b.sha256 LIMIT $1`,
    [options.limit, options.except],
  )
  return rows
}
