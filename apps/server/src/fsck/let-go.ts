import type { PartName } from '@liuhen/ledger/leaf'
import { SHRED_EVENT, Shredding, type ShreddedBy, shreddedIn } from '@liuhen/ledger/shredding'
import type { Tx } from '../postgres/transaction.ts'
import type { Findings } from './findings.ts'

/** By which event a part of a stream was let go of; nothing when none says so. */
export type LetGo = (streamId: string, leafHash: Uint8Array, part: PartName) => ShreddedBy | undefined

type Row = { event_id: string; stream_id: string; version: number; bytes: Buffer | null; batches: string[] }

/** Every statement with the batches of disposal that had let go of something before it. */
const STATEMENTS = `SELECT e.event_id, e.stream_id, e.version, p.bytes,
    ARRAY(SELECT DISTINCT r.stream_id FROM record.event r WHERE r.stream_type = 'disposal'
      AND r.type = 'DisposalItemReleased' AND r.agency_id = e.agency_id) AS batches
  FROM record.event e LEFT JOIN record.payload p ON p.event_id = e.event_id AND p.part = 'public'
  WHERE e.type = $1 ORDER BY e.position`

const read = (bytes: Buffer | null): Shredding | undefined => {
  try {
    return Shredding.safeParse(JSON.parse((bytes ?? Buffer.from('')).toString())).data
  } catch {
    return undefined
  }
}

/** What events of the record let go of. Their own commitments are checked with the record, like those of every event. */
export const readLetGo = async (tx: Tx, findings: Findings): Promise<LetGo> => {
  const { rows } = await tx.query<Row>(STATEMENTS, [SHRED_EVENT])
  const byStream = new Map<string, { version: number; statement: Shredding }[]>()
  for (const { event_id, stream_id, version, bytes, batches } of rows) {
    const statement = read(bytes)
    const what = `${SHRED_EVENT} ${event_id}（${stream_id} 第${version}条）`
    if (statement === undefined) findings.add('shred-unlawful', what, '销毁登记读不出来')
    else if (!batches.includes(statement.batchId))
      findings.add('shred-unlawful', what, `所指的销毁批次 ${statement.number} 没有放行过任何一件`)
    else byStream.set(stream_id, [...(byStream.get(stream_id) ?? []), { version, statement }])
  }
  const goneBy = new Map([...byStream].map(([id, statements]) => [id, shreddedIn(statements)]))
  return (streamId, leafHash, part) => goneBy.get(streamId)?.(leafHash, part)
}
