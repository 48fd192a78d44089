import { utf8 } from '@liuhen/ledger/bytes'
import { consistencyRanges } from '@liuhen/ledger/merkle'
import { parseNote } from '@liuhen/ledger/note'
import type { StampInput } from '@liuhen/ledger/package/build-package'
import { rangesFromTiles } from '@liuhen/ledger/tiles'
import { nodeHashes } from '../event-store/seal-event.ts'
import type { Store } from '../event-store/store.ts'
import { tileReader } from './log-folder.ts'
import { requestStamp } from './request-stamp.ts'

type AnchorDeps = Readonly<{
  pool: Store['pool']
  /** Address of the time stamping authority; without one nothing is stamped. */
  tsa?: string
}>

/** Has the newest checkpoint, or the one of this size, stamped (RFC 3161) and keeps the token. Throws when the authority does not answer. */
export const stampCheckpoint = async ({ pool, tsa }: AnchorDeps, size?: number): Promise<void> => {
  if (tsa === undefined) return
  const { rows } = await pool.query<{ size: number; note: string; stamped: boolean }>(
    `SELECT size, note, EXISTS (SELECT FROM log.anchor a WHERE a.size = k.size) AS stamped FROM log.checkpoint k
      WHERE $1::bigint IS NULL OR size = $1 ORDER BY size DESC LIMIT 1`,
    [size ?? null],
  )
  const text = rows[0] && parseNote(rows[0].note)?.text
  if (rows[0] === undefined || text === undefined || rows[0].stamped) return
  const stamp = await requestStamp(tsa, nodeHashes.sha256(utf8(text)))
  await pool.query(
    `INSERT INTO log.anchor (size, token, stamped_at, authority, certificate) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT DO NOTHING`,
    [rows[0].size, stamp.token, stamp.at, stamp.authority, stamp.fingerprint],
  )
}

export type Stamped = StampInput &
  Readonly<{
    /** Fingerprint of the certificate that stamped: SHA-256 in hex. */
    certificate: string
  }>

/** So many stamps say enough of a case of years. */
const MOST = 100

/**
 * Stamps for a package under the checkpoint of this size: for each event the first that was made after it, which bounds when
 * it can have been written, and the last of all.
 */
export const stampsFor = async (
  { pool, logFolder }: Readonly<{ pool: Store['pool']; logFolder: string }>,
  indexes: readonly number[],
  size: number,
): Promise<readonly Stamped[]> => {
  const { rows } = await pool.query<{ size: number; token: Buffer; checkpoint: string; certificate: string }>(
    `SELECT a.size, a.token, a.certificate, k.note AS checkpoint FROM log.anchor a JOIN log.checkpoint k USING (size)
      WHERE a.size <= $2 AND (a.size = (SELECT max(size) FROM log.anchor WHERE size <= $2)
        OR a.size IN (SELECT min(b.size) FROM unnest($1::bigint[]) i JOIN log.anchor b ON b.size > i GROUP BY i))
      ORDER BY a.size DESC LIMIT $3`,
    [indexes, size, MOST],
  )
  const log = { read: tileReader(logFolder), size }
  return Promise.all(
    rows.map(async ({ token, ...row }) => ({
      ...row,
      token: new Uint8Array(token),
      proof: await rangesFromTiles(nodeHashes.sha256, log, consistencyRanges(row.size, size)),
    })),
  )
}
