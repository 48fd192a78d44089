import { join } from 'node:path'
import { toBase64 } from '@liuhen/ledger/bytes'
import { canonicalBytes } from '@liuhen/ledger/canonical'
import { checkNote, isBy, parseNote, parseVkey } from '@liuhen/ledger/note'
import { PublicStream, streamWithProofs } from '@liuhen/ledger/public-stream'
import { SM3_ROOT_EVENT } from '@liuhen/ledger/sm3-root'
import { nodeHashes } from '../event-store/seal-event.ts'
import { derivedId } from '../jobs/job-command.ts'
import type { Tx } from '../postgres/transaction.ts'
import { readLogFile, tileReader, writeDurably } from './log-folder.ts'

/** The one stream in which the changes of the log's keys stand. */
export const KEY_STREAM = derivedId('liuhen.log-keys.v1')

/** Published as /log/keys.json and /log/sm3-roots.json. */
export const KEYS_FILE = 'keys.json'
export const SM3_ROOTS_FILE = 'sm3-roots.json'

type Row = { leaf_index: number; entry: Buffer; bytes: Buffer; salt: Buffer }

const streamOf = async (tx: Tx, streamId: string, size?: number): Promise<Uint8Array | undefined> => {
  const { rows } = await tx.query<Row>(
    `SELECT l.leaf_index, e.entry, p.bytes, p.salt FROM record.event e JOIN log.leaf l USING (position)
       JOIN record.payload p ON p.event_id = e.event_id AND p.part = 'public'
      WHERE e.stream_id = $1 AND ($2::bigint IS NULL OR l.leaf_index < $2) ORDER BY e.version`,
    [streamId, size ?? null],
  )
  const events = rows.map(({ leaf_index, entry, bytes, salt }) => ({
    index: leaf_index,
    entry: toBase64(entry),
    public: toBase64(bytes),
    salt: toBase64(salt),
  }))
  return events.length === 0 ? undefined : canonicalBytes(PublicStream.parse({ v: 1, events }))
}

/** Puts a stream of the log beside the checkpoint, up to this size; nothing while it is empty. */
export const publishStream = async (
  tx: Tx,
  { streamId, path, size }: Readonly<{ streamId: string; path: string; size?: number }>,
): Promise<void> => {
  const bytes = await streamOf(tx, streamId, size)
  if (bytes !== undefined) await writeDurably(path, bytes)
}

/** keys.json as the record has it; undefined while the log never changed its key. The connection sees every agency. */
export const keysInRecord = (owner: Tx): Promise<Uint8Array | undefined> => streamOf(owner, KEY_STREAM)

/** Puts keys.json beside the checkpoint. */
export const publishKeys = (owner: Tx, logFolder: string, size?: number): Promise<void> =>
  publishStream(owner, {
    streamId: KEY_STREAM,
    path: join(logFolder, KEYS_FILE),
    ...(size !== undefined && { size }),
  })

/** Puts sm3-roots.json beside the checkpoint; the connection sees every agency. */
export const publishSm3Roots = async (owner: Tx, logFolder: string, size?: number): Promise<void> => {
  const { rows } = await owner.query<{ streamId: string }>(
    'SELECT stream_id AS "streamId" FROM record.event WHERE type = $1 ORDER BY position LIMIT 1',
    [SM3_ROOT_EVENT],
  )
  const path = join(logFolder, SM3_ROOTS_FILE)
  if (rows[0]) await publishStream(owner, { ...rows[0], path, ...(size !== undefined && { size }) })
}

/** keys.json for a package under the checkpoint of this size: the changes that it covers, each with its proof. */
export const keysForPackage = async (logFolder: string, size: number): Promise<Uint8Array | undefined> => {
  const bytes = await readLogFile(logFolder, KEYS_FILE)
  const log = { read: tileReader(logFolder), size }
  return bytes && streamWithProofs(nodeHashes.sha256, bytes, { size, log })
}

/** Of the keys of the log, the first under which this checkpoint stands. */
export const keyUnder = (checkpoint: string, vkeys: readonly string[]): string => {
  const note = parseNote(checkpoint)
  const signed = vkeys.find((vkey) => {
    const key = parseVkey(vkey)
    return note !== undefined && key !== undefined && checkNote(note, key) === 'verified'
  })
  return signed ?? vkeys[0] ?? ''
}

/** The SM2 key, if its line stands under this checkpoint: one from before the line was begun has none. */
export const sm2Under = (checkpoint: string, vkey: string | undefined): string | undefined => {
  const [note, key] = [parseNote(checkpoint), vkey === undefined ? undefined : parseVkey(vkey)]
  return note && key && note.signatures.some((s) => isBy(key, s)) ? vkey : undefined
}
