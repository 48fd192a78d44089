import type { ResponseOf } from '@liuhen/api/route'
import type { findByHash as route } from '@liuhen/api/routes/log'
import { formatTlogProof } from '@liuhen/ledger/tlog-proof'
import type { Store } from '../event-store/store.ts'
import { inclusionFor } from '../ledger/inclusion.ts'

type Deps = Readonly<{
  store: Pick<Store, 'pool'>
  logFolder: string
  documentName: (type: string) => string
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

/** Whether the log has the very bytes that the asker holds. Of a recording nothing is told but that it is there. */
export const findByHash = async (deps: Deps, sha256: string): Promise<KnownFile> => {
  const { rows } = await deps.store.pool.query<Row>('SELECT * FROM app.find_known_file($1)', [sha256])
  const row = rows[0]
  if (row === undefined) return { found: false }
  const { pool } = deps.store
  const { included, checkpoint } = await inclusionFor({ pool, logFolder: deps.logFolder }, row.agency_id, [
    row.event_id,
  ])
  const [at] = included
  const proof =
    at === undefined || checkpoint === undefined ? undefined : formatTlogProof({ ...at, checkpoint })
  return {
    found: true,
    kind: row.kind,
    ...(row.type === null || row.kind === 'recording' ? {} : { title: deps.documentName(row.type) }),
    ...(row.number === null ? {} : { number: row.number }),
    recordedAt: row.recorded_at,
    ...(row.corrected_at === null ? {} : { correctedAt: row.corrected_at }),
    ...(proof === undefined ? {} : { proof }),
  }
}
