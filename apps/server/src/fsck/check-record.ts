import { equalBytes, fromBase64, toBase64 } from '@liuhen/ledger/bytes'
import { commitBoth } from '@liuhen/ledger/commitment'
import { type Leaf, leafHash, parseLeaf, PART_KEYS, PARTS } from '@liuhen/ledger/leaf'
import { nodeHashes } from '../event-store/seal-event.ts'
import type { Tx } from '../postgres/transaction.ts'
import type { Findings } from './findings.ts'
import { addNamedBlobs, type NamedBlobs } from './named-blobs.ts'
import { type LetGo, readLetGo } from './let-go.ts'
import type { Release } from './lawful-releases.ts'

const BATCH = 500

type Row = {
  position: number
  event_id: string
  agency_id: string
  stream_type: string
  stream_id: string
  version: number
  type: string
  recorded_at: string
  entry: Buffer
  leaf_hash: Buffer
  prev_hash: Buffer | null
  parts: string[]
  salts: Buffer[]
  payloads: Buffer[]
}

/** The event before this one in its stream is fetched with it, so that a check may begin anywhere. */
const QUERY = `SELECT e.position, e.event_id, e.agency_id, e.stream_type, e.stream_id, e.version, e.type, e.recorded_at,
    e.entry, e.leaf_hash, b.leaf_hash AS prev_hash, p.parts, p.salts, p.payloads
  FROM record.event e
  LEFT JOIN record.event b ON b.stream_id = e.stream_id AND b.version = e.version - 1
  CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(part ORDER BY part), '{}') AS parts, coalesce(array_agg(salt ORDER BY part), '{}') AS salts,
           coalesce(array_agg(bytes ORDER BY part), '{}') AS payloads
    FROM record.payload WHERE event_id = e.event_id) p
  WHERE e.position > $1 ORDER BY e.position LIMIT ${BATCH}`

const nameOf = (row: Row): string => `${row.type} ${row.event_id}（${row.stream_id} 第${row.version}条）`

const second = (instant: string): string => `${new Date(instant).toISOString().slice(0, 19)}Z`

/** Columns repeat the leaf for queries; where they say something else, somebody has written into the table. */
const checkColumns = (row: Row, leaf: Leaf, findings: Findings): void => {
  const same =
    leaf.id === row.event_id &&
    leaf.s === row.stream_id &&
    leaf.n === row.version &&
    leaf.t === row.type &&
    leaf.o === row.agency_id &&
    leaf.at === second(row.recorded_at)
  if (!same) findings.add('row-differs', nameOf(row), '事件表的列与日志叶不一致')
}

type Found = Readonly<{ findings: Findings; letGo: LetGo; onShredded: () => void }>

const checkPart = (row: Row, leaf: Leaf, name: (typeof PARTS)[number], found: Found): void => {
  const { findings } = found
  const at = row.parts.indexOf(name)
  const [salt, bytes] = [row.salts[at], row.payloads[at]]
  const key = PART_KEYS[name]
  const [sha256, sm3] = [leaf.c[key], leaf.c3[key]]
  const what = `${nameOf(row)} ${name}`
  const by = found.letGo(row.stream_id, row.leaf_hash, name)
  if (salt === undefined || bytes === undefined) {
    if (sha256 === undefined) return
    if (by !== undefined) found.onShredded()
    else findings.add('payload-missing', what, '叶中有承诺，内容不在了，也没有依法销毁的登记')
    return
  }
  if (by !== undefined)
    findings.add('shred-unfinished', what, `第 ${by.version} 条登记已依法销毁（${by.number}），内容和盐还在`)
  if (sha256 === undefined || sm3 === undefined) {
    findings.add('payload-unowned', what, '有内容，叶中没有对它的承诺')
    return
  }
  const both = commitBoth(nodeHashes, salt, bytes)
  if (toBase64(both.sha256) !== sha256 || toBase64(both.sm3) !== sm3)
    findings.add('payload-altered', what, '内容或者盐与入账时的承诺不一致')
}

const checkChain = (row: Row, leaf: Leaf, findings: Findings): void => {
  const prev = leaf.p === null ? undefined : fromBase64(leaf.p)
  if (row.version === 1 && prev === undefined) return
  if (row.prev_hash === null)
    findings.add('stream-broken', nameOf(row), `同一事件流的第${row.version - 1}条不在了`)
  else if (prev === undefined || !equalBytes(prev, row.prev_hash))
    findings.add('stream-broken', nameOf(row), '与前一条的摘要不相扣')
}

const checkRow = (row: Row, found: Found): void => {
  const { findings } = found
  if (!equalBytes(leafHash(nodeHashes.sha256, row.entry), row.leaf_hash))
    findings.add('leaf-hash', nameOf(row), '叶的摘要与叶的字节不一致')
  const leaf = parseLeaf(row.entry)
  if (!leaf.ok) {
    findings.add('leaf-unreadable', nameOf(row), `叶无法解读：${leaf.why}`)
    return
  }
  checkColumns(row, leaf.value, findings)
  for (const name of PARTS) checkPart(row, leaf.value, name, found)
  checkChain(row, leaf.value, findings)
}

export type RecordCheck = Readonly<{
  events: number
  /** Parts that are gone by lawful disposal. */
  shredded: number
  next: number | undefined
  /** Files that the events read so far rest on. */
  blobs: ReadonlyMap<string, string>
  /** Those of them that are recordings. */
  films: ReadonlyMap<string, string>
}>

/**
 * Recomputes every leaf from what is stored. `until` is asked between batches; a check that is stopped says where the
 * next one goes on.
 */
export const checkRecord = async (
  tx: Tx,
  findings: Findings,
  options: Readonly<{
    releases: readonly Release[]
    from: number
    until: () => boolean
    onEvents?: (events: number) => void
  }>,
): Promise<RecordCheck> => {
  let [events, shredded] = [0, 0]
  const onShredded = (): void => void (shredded += 1)
  const found = { findings, letGo: await readLetGo(tx, options.releases, findings), onShredded }
  const blobs: NamedBlobs = new Map()
  const films: NamedBlobs = new Map()
  for (let after = options.from; ; ) {
    const { rows } = await tx.query<Row>(QUERY, [after])
    for (const row of rows) {
      checkRow(row, found)
      for (const bytes of row.payloads) addNamedBlobs(bytes, nameOf(row), blobs)
      if (row.stream_type === 'recording' || row.type === 'RecordingLinked')
        for (const bytes of row.payloads) addNamedBlobs(bytes, nameOf(row), films)
    }
    events += rows.length
    options.onEvents?.(events)
    const last = rows.at(-1)
    if (last === undefined || rows.length < BATCH) return { events, shredded, next: undefined, blobs, films }
    after = last.position
    if (options.until()) return { events, shredded, next: after, blobs, films }
  }
}

/** Payloads of events that are not there. */
export const checkOrphans = async (tx: Tx, findings: Findings): Promise<void> => {
  const { rows } = await tx.query<{ event_id: string; part: string }>(
    `SELECT p.event_id, p.part FROM record.payload p
      WHERE NOT EXISTS (SELECT FROM record.event e WHERE e.event_id = p.event_id) ORDER BY p.event_id`,
  )
  for (const { event_id, part } of rows)
    findings.add('payload-unowned', `${event_id} ${part}`, '内容所属的事件不在了')
}
