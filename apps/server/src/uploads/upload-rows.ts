import { CHUNK_BYTES } from '../blobs/chunk-size.ts'
import type { Tx } from '../postgres/transaction.ts'

export type UploadState =
  | 'receiving'
  | 'held'
  | 'joined'
  | 'received'
  | 'finished'
  | 'rejected'
  | 'failed'
  | 'terminated'
  | 'expired'

/** The words of tus: a `final` upload is joined from `partial` ones, which are for nothing by themselves. */
export type UploadKind = 'whole' | 'partial' | 'final'

export type Upload = Readonly<{
  id: string
  agencyId: string
  userId: string
  kind: UploadKind
  /** Absent of a partial upload. */
  targetId: string | null
  /** The final upload that a partial one was given to. */
  partOf: string | null
  metadata: string
  /** Which file; see upload-file.ts. */
  file: string
  lengthBytes: number
  receivedBytes: number
  declaredSha256: string | null
  state: UploadState
  everyChunkChecked: boolean
  note: string | null
  expiresAt: string | Date
}>

/** Whole and final uploads, which end in something that has a record. */
export type TargetedUpload = Upload & Readonly<{ targetId: string }>

export const COLUMNS = `id, agency_id AS "agencyId", user_id AS "userId", kind, target_id AS "targetId",
  part_of AS "partOf", metadata, file,
  length_bytes::float8 AS "lengthBytes", received_bytes::float8 AS "receivedBytes",
  declared_sha256 AS "declaredSha256", state, every_chunk_checked AS "everyChunkChecked", note,
  expires_at AS "expiresAt"`

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const find = async (db: Tx, id: string, lock: '' | 'FOR UPDATE'): Promise<Upload | undefined> => {
  if (!UUID.test(id)) return undefined
  const { rows } = await db.query<Upload>(`SELECT ${COLUMNS} FROM app.upload WHERE id = $1 ${lock}`, [id])
  return rows[0]
}
export const findUpload = (tx: Tx, id: string): Promise<Upload | undefined> => find(tx, id, '')

/** The row is the lock of everything that is done to the upload's bytes, across processes. */
export const lockUpload = (tx: Tx, id: string): Promise<Upload | undefined> => find(tx, id, 'FOR UPDATE')

export type NewUpload = Pick<
  Upload,
  | 'id'
  | 'file'
  | 'agencyId'
  | 'userId'
  | 'kind'
  | 'targetId'
  | 'metadata'
  | 'lengthBytes'
  | 'declaredSha256'
  | 'expiresAt'
>

export const insertUpload = async (tx: Tx, u: NewUpload): Promise<void> => {
  await tx.query(
    `INSERT INTO app.upload
       (id, agency_id, user_id, kind, target_id, metadata, length_bytes, declared_sha256, expires_at, file, state)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'receiving')`,
    [
      u.id,
      u.agencyId,
      u.userId,
      u.kind,
      u.targetId,
      u.metadata,
      u.lengthBytes,
      u.declaredSha256,
      u.expiresAt,
      u.file,
    ],
  )
}

export type Advance = Readonly<{
  start: number
  length: number
  sha256?: string
  complete: boolean
  checked: boolean
  file: string
}>

/** The offset of record moves, in the transaction that holds the lock, after the bytes are durable. */
export const advanceUpload = async (tx: Tx, id: string, a: Advance): Promise<void> => {
  const work = [
    tx.query(
      `UPDATE app.upload SET received_bytes = $2, file = $5, every_chunk_checked = every_chunk_checked AND $3,
              state = CASE WHEN NOT $4 THEN state WHEN kind = 'partial' THEN 'held' ELSE 'received' END
        WHERE id = $1`,
      [id, a.start + a.length, a.checked, a.complete, a.file],
    ),
  ]
  if (a.sha256 !== undefined)
    work.push(
      tx.query(
        'INSERT INTO app.upload_chunk (upload_id, start_byte, length_bytes, sha256) VALUES ($1, $2, $3, $4)',
        [id, a.start, a.length, a.sha256],
      ),
    )
  await Promise.all(work)
}

export const hasChunk = async (tx: Tx, id: string, a: Omit<Advance, 'file'>): Promise<boolean> => {
  const { rowCount } = await tx.query(
    `SELECT FROM app.upload_chunk
      WHERE upload_id = $1 AND start_byte = $2 AND length_bytes = $3 AND sha256 = $4`,
    [id, a.start, a.length, a.sha256],
  )
  return rowCount === 1
}

type ChunkRow = Readonly<{ start: number; length: number; sha256: string }>

/**
 * SHA-256 in hex of every chunk of the file's tree, as its sender gave it and it held; absent unless they make up the
 * whole file, cut where the tree cuts.
 */
export const wholeChunks = async (
  tx: Tx,
  u: Pick<Upload, 'id' | 'lengthBytes'>,
): Promise<readonly string[] | undefined> => {
  const { rows } = await tx.query<ChunkRow>(
    `SELECT start_byte::float8 AS start, length_bytes::float8 AS length, sha256
       FROM app.upload_chunk WHERE upload_id = $1 ORDER BY start_byte`,
    [u.id],
  )
  const cutAsTree = ({ start, length }: ChunkRow, i: number) =>
    start === i * CHUNK_BYTES && length === Math.min(CHUNK_BYTES, u.lengthBytes - start)
  const isWhole = rows.length === Math.ceil(u.lengthBytes / CHUNK_BYTES) && rows.every(cutAsTree)
  return isWhole ? rows.map((r) => r.sha256) : undefined
}

export const endUpload = async (
  tx: Tx,
  id: string,
  state: Exclude<UploadState, 'receiving' | 'received' | 'held'>,
  note?: string,
): Promise<void> => {
  await tx.query('UPDATE app.upload SET state = $2, note = $3 WHERE id = $1', [id, state, note])
}
