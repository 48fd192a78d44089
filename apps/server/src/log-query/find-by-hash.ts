import type { ResponseOf } from '@liuhen/api/route'
import type { findByHash as route } from '@liuhen/api/routes/log'
import { toBase64 } from '@liuhen/ledger/bytes'
import { isBy, parseNote, parseVkey } from '@liuhen/ledger/note'
import { formatTlogProof } from '@liuhen/ledger/tlog-proof'
import type { Store } from '../event-store/store.ts'
import { stampsFor } from '../ledger/anchor.ts'
import { inclusionFor } from '../ledger/inclusion.ts'
import { newestWitnessed } from '../ledger/newest-witnessed.ts'
import type { WitnessPolicy } from '../ledger/witness-policy.ts'
import { withAgency } from '../postgres/transaction.ts'

type Deps = Readonly<{
  store: Pick<Store, 'pool'>
  logFolder: string
  documentName: (type: string) => string
  witnesses: WitnessPolicy
  signer: Readonly<{ status(): Promise<Readonly<{ vkey: string }>> }>
}>

export type KnownFile = ResponseOf<typeof route>

type Row = {
  agency_id: string
  kind: 'document' | 'recording'
  type: string | null
  number: string | null
  event_id: string
  recorded_at: string
  corrected_at: string | null
}

type Included = Readonly<{ index: number; hashes: readonly Uint8Array[]; checkpoint: string; size: number }>

/** The event under the newest checkpoint that enough witnesses signed, and where none covers it under the newest of all. */
const includedOf = async (deps: Deps, { agency_id, event_id }: Row): Promise<Included | undefined> => {
  const log = { pool: deps.store.pool, logFolder: deps.logFolder }
  const at = async (size?: number): Promise<Included | undefined> => {
    const { included, checkpoint, size: of } = await inclusionFor(log, agency_id, [event_id], size)
    const [one] = included
    return one && checkpoint !== undefined ? { ...one, checkpoint, size: of } : undefined
  }
  const newest = await at()
  const witnessed = newest && (await newestWitnessed(log.pool, deps.witnesses, newest.index + 1))
  const older = witnessed && (await at(witnessed.size))
  const key = parseVkey((await deps.signer.status()).vkey)
  // Whoever has the present key alone could not read one from before a change of keys.
  const isPresent = key && parseNote(older?.checkpoint ?? '')?.signatures.some((s) => isBy(key, s))
  return isPresent === true ? older : newest
}

/** What the leaf commits to in public: whoever holds the bytes may compare them with it. */
const recordOf = async (deps: Deps, { agency_id, event_id }: Row): Promise<KnownFile['record']> => {
  const [row] = await withAgency(deps.store, agency_id, async (tx) => {
    const found = await tx.query<{ entry: Buffer; salt: Buffer; payload: Buffer }>(
      `SELECT e.entry, p.salt, p.bytes AS payload FROM record.event e JOIN record.payload p USING (event_id)
        WHERE e.event_id = $1 AND p.part = 'public'`,
      [event_id],
    )
    return found.rows
  })
  return (
    row && {
      entry: row.entry.toString('utf8'),
      salt: toBase64(row.salt),
      payload: row.payload.toString('utf8'),
    }
  )
}

/** The first time stamp that was given after the event, which bounds best when it can have been written. */
const stampOf = async (deps: Deps, { index, size }: Included): Promise<KnownFile['stamp']> => {
  const log = { pool: deps.store.pool, logFolder: deps.logFolder }
  const first = (await stampsFor(log, [index], size)).findLast((stamp) => stamp.size > index)
  return (
    first && {
      size: first.size,
      token: toBase64(first.token),
      checkpoint: first.checkpoint,
      consistency: first.proof.map(toBase64),
      certificate: first.certificate,
    }
  )
}

/** Whether the log has the very bytes that the asker holds, with all that proves it. */
export const findByHash = async (deps: Deps, sha256: string): Promise<KnownFile> => {
  const { rows } = await deps.store.pool.query<Row>('SELECT * FROM app.find_known_file($1)', [sha256])
  const row = rows[0]
  if (row === undefined) return { found: false }
  const at = await includedOf(deps, row)
  const [record, stamp] = await Promise.all([recordOf(deps, row), at && stampOf(deps, at)])
  return {
    found: true,
    kind: row.kind,
    ...(row.type === null || row.kind === 'recording' ? {} : { title: deps.documentName(row.type) }),
    ...(row.number === null ? {} : { number: row.number }),
    recordedAt: row.recorded_at,
    ...(row.corrected_at === null ? {} : { correctedAt: row.corrected_at }),
    ...(at && { proof: formatTlogProof(at) }),
    ...(record && { record }),
    ...(stamp && { stamp }),
  }
}
