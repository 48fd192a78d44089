import type { PartName } from '@liuhen/ledger/leaf'
import { z } from 'zod'
import { SHRED_EVENT, Shredding, type ShreddedBy, shreddedIn } from '@liuhen/ledger/shredding'
import type { Tx } from '../postgres/transaction.ts'
import type { Findings } from './findings.ts'
import type { Release } from './lawful-releases.ts'

/** By which event a part of a stream was let go of; nothing when none says so. */
export type LetGo = (streamId: string, leafHash: Uint8Array, part: PartName) => ShreddedBy | undefined

type Row = {
  event_id: string
  agency_id: string
  stream_type: string
  stream_id: string
  version: number
  position: number
  bytes: Buffer | null
}

const STATEMENTS = `SELECT e.event_id, e.agency_id, e.stream_type, e.stream_id, e.version, e.position::integer, p.bytes
  FROM record.event e LEFT JOIN record.payload p ON p.event_id = e.event_id AND p.part = 'public'
  WHERE e.type = $1 ORDER BY e.position`

const read = <T>(schema: z.ZodType<T>, bytes: Buffer | null): T | undefined => {
  try {
    return schema.safeParse(JSON.parse((bytes ?? Buffer.from('')).toString())).data
  } catch {
    return undefined
  }
}

/** What one part of the events of a type says, in some streams: enough to know which case file a stream belongs to. */
const SAYING = `SELECT e.agency_id, e.stream_id, e.position::integer, p.bytes
  FROM record.event e JOIN record.payload p ON p.event_id = e.event_id AND p.part = $3
  WHERE e.type = $1 AND e.stream_id = ANY ($2)`
type Saying = Pick<Row, 'agency_id' | 'stream_id' | 'position' | 'bytes'>

const Linked = z.object({ recordingId: z.string() })
const Requested = z.object({ source: z.object({ recordingId: z.string() }) })

/**
 * Whether a batch had let go of the case file to which the statement's stream belongs: the case, a recording that it had
 * by then, or a copy of one. The wall in the database asks the same (066); here it is read anew, past the wall, and of
 * releases that three people had decided.
 */
const readBelonging = async (
  tx: Tx,
  said: readonly (Row & { statement: Shredding })[],
  releases: readonly Release[],
) => {
  const saying = async <T>(type: string, ids: readonly string[], part: PartName, schema: z.ZodType<T>) =>
    (await tx.query<Saying>(SAYING, [type, [...new Set(ids)], part])).rows.flatMap((row) => {
      const value = read(schema, row.bytes)
      return value === undefined ? [] : [{ ...row, value }]
    })
  const files = releases.flatMap((r) => r.caseFile ?? [])
  const linked = await saying('RecordingLinked', files, 'public', Linked)
  const copies = said.filter((s) => s.stream_type === 'derivative').map((s) => s.stream_id)
  const requested = await saying('DerivativeRequested', copies, 'public', Requested)
  return (s: Row & { statement: Shredding }): boolean =>
    releases.some(({ batchId, agencyId, position, caseFile }) => {
      if (batchId !== s.statement.batchId || agencyId !== s.agency_id || position > s.position) return false
      if (s.stream_type === 'case') return caseFile === s.stream_id
      const source = requested.find((d) => d.stream_id === s.stream_id)?.value.source.recordingId
      const recordingId = s.stream_type === 'derivative' ? source : s.stream_id
      return linked.some(
        (l) => l.stream_id === caseFile && l.position < position && l.value.recordingId === recordingId,
      )
    })
}

/** What events of the record let go of. Their own commitments are checked with the record, like those of every event. */
export const readLetGo = async (tx: Tx, releases: readonly Release[], findings: Findings): Promise<LetGo> => {
  const { rows } = await tx.query<Row>(STATEMENTS, [SHRED_EVENT])
  const byStream = new Map<string, { version: number; statement: Shredding }[]>()
  const whatOf = (r: Row) => `${SHRED_EVENT} ${r.event_id}（${r.stream_id} 第${r.version}条）`
  const said = rows.flatMap((row) => {
    const statement = read(Shredding, row.bytes)
    if (statement !== undefined) return [{ ...row, statement }]
    findings.add('shred-unlawful', whatOf(row), '销毁登记读不出来')
    return []
  })
  const isReleased = await readBelonging(tx, said, releases)
  for (const s of said) {
    const { stream_id, version, statement } = s
    if (isReleased(s)) byStream.set(stream_id, [...(byStream.get(stream_id) ?? []), { version, statement }])
    else
      findings.add(
        'shred-unlawful',
        whatOf(s),
        `所指的销毁批次 ${statement.number} 此前没有依法放行过所属的案卷`,
      )
  }
  const goneBy = new Map([...byStream].map(([id, statements]) => [id, shreddedIn(statements)]))
  return (streamId, leafHash, part) => goneBy.get(streamId)?.(leafHash, part)
}
