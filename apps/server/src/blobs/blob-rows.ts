import type { Tx } from '../postgres/transaction.ts'

export type BlobFacts = Readonly<{ sha256: string; sm3?: string; sizeBytes: number; chunkRoot?: string }>

export type BlobOrigin = 'upload' | 'put'

export const insertReceiving = async (
  db: Tx,
  id: string,
  mime: string,
  origin: BlobOrigin,
): Promise<void> => {
  await db.query(`INSERT INTO app.blob (id, origin, state, mime) VALUES ($1, $2, 'receiving', $3)`, [
    id,
    origin,
    mime,
  ])
}

/** Before the bytes get their final name, so that the name has an owner at every moment. */
export const sealBlob = async (db: Tx, id: string, f: BlobFacts): Promise<void> => {
  await db.query(
    `UPDATE app.blob SET state = 'sealed', sha256 = $2, sm3 = $3, size_bytes = $4, chunk_root = $5
      WHERE id = $1 AND state IN ('receiving', 'sealed')`,
    [id, f.sha256, f.sm3, f.sizeBytes, f.chunkRoot],
  )
}

/** One row owns the bytes of a digest. A second copy of the same bytes is discarded in favour of the first. */
export const settleVerified = async (tx: Tx, id: string, sha256: string): Promise<string> => {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 10))', [sha256])
  const { rows } = await tx.query<{ id: string }>(
    `SELECT id FROM app.blob WHERE sha256 = $1 AND state = 'verified'`,
    [sha256],
  )
  const owner = rows[0]?.id
  if (owner === undefined) {
    await tx.query(`UPDATE app.blob SET state = 'verified', settled_at = now() WHERE id = $1`, [id])
    return id
  }
  if (owner !== id) await settle(tx, id, 'discarded', `same bytes as ${owner}`)
  return owner
}

export const settle = async (
  db: Tx,
  id: string,
  state: 'quarantined' | 'discarded',
  note: string,
): Promise<void> => {
  await db.query(`UPDATE app.blob SET state = $2, note = $3, settled_at = now() WHERE id = $1`, [
    id,
    state,
    note,
  ])
}

export type StoredBlob = Readonly<{ sha256: string; sm3?: string; sizeBytes: number; mime: string }>

export const findBlob = async (db: Tx, sha256: string): Promise<StoredBlob | undefined> => {
  const { rows } = await db.query<{ sm3: string | null; size_bytes: string; mime: string }>(
    `SELECT sm3, size_bytes, mime FROM app.blob WHERE sha256 = $1 AND state = 'verified'`,
    [sha256],
  )
  const row = rows[0]
  if (row === undefined) return undefined
  const { sm3, mime } = row
  return { sha256, ...(sm3 === null ? {} : { sm3 }), sizeBytes: Number(row.size_bytes), mime }
}

/** SM3 by SHA-256, both in hex, of those of these blobs whose SM3 is known. */
export const sm3sOf = async (
  db: Tx,
  sha256s: readonly string[],
): Promise<readonly (readonly [string, string])[]> => {
  const { rows } = await db.query<{ sha256: string; sm3: string }>(
    `SELECT sha256, sm3 FROM app.blob WHERE sha256 = ANY ($1) AND state = 'verified' AND sm3 IS NOT NULL`,
    [sha256s],
  )
  return rows.map((row) => [row.sha256, row.sm3])
}
