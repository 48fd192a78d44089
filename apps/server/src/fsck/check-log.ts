import { equalBytes } from '@liuhen/ledger/bytes'
import { parseCheckpoint } from '@liuhen/ledger/checkpoint'
import { rebuildLog } from '@liuhen/ledger/edge'
import { checkNote, parseNote, parseVkey } from '@liuhen/ledger/note'
import { SM3_ROOT_EVENT, Sm3Root, wrongSm3Roots } from '@liuhen/ledger/sm3-root'
import { decodeBundle, TILE_WIDTH, tilePath } from '@liuhen/ledger/tiles'
import { nodeHashes } from '../event-store/seal-event.ts'
import { readLogFile } from '../ledger/log-folder.ts'
import { KEYS_FILE, keysInRecord } from '../ledger/published-keys.ts'
import { checkOutside, type OutsideDeps } from './check-outside.ts'
import type { Findings } from './findings.ts'

export type LogDeps = OutsideDeps &
  Readonly<{
    /** The log's verification key, from wherever the caller trusts it. */
    vkey: string
    /** What the signer remembers to have signed at most. */
    highWater?: Readonly<{ size: number; root: Uint8Array }>
  }>

type Signed = { size: number; root: Buffer; note: string }

/** Every event has an index or waits for one; every index has an event; the indexes have no holes. */
const checkIndexes = async ({ tx }: LogDeps, findings: Findings): Promise<void> => {
  const lost = await tx.query<{ leaf_index: number }>(
    `SELECT leaf_index FROM log.leaf l WHERE NOT EXISTS (SELECT FROM record.event e WHERE e.position = l.position)
      ORDER BY leaf_index`,
  )
  for (const { leaf_index } of lost.rows)
    findings.add('event-missing', `日志第 ${leaf_index} 条`, '日志里有这一条，记录里的事件不在了')
  const unlogged = await tx.query<{ event_id: string }>(
    `SELECT e.event_id FROM record.event e
      WHERE NOT EXISTS (SELECT FROM log.leaf l WHERE l.position = e.position)
        AND NOT EXISTS (SELECT FROM log.pending p WHERE p.position = e.position) ORDER BY e.position`,
  )
  for (const { event_id } of unlogged.rows)
    findings.add('event-unlogged', event_id, '事件既没有日志序号，也不在等待入链')
  const gaps = await tx.query<{ leaf_index: number; n: number }>(
    `SELECT leaf_index, n FROM (SELECT leaf_index, row_number() OVER (ORDER BY leaf_index) - 1 AS n FROM log.leaf) x
      WHERE leaf_index <> n ORDER BY leaf_index LIMIT 1`,
  )
  for (const { n } of gaps.rows) findings.add('index-gap', `日志第 ${n} 条`, '日志序号不连续')
  const state = await tx.query<{ size: number; count: number }>(
    'SELECT (SELECT size FROM log.state) AS size, (SELECT count(*)::int FROM log.leaf) AS count',
  )
  const [row] = state.rows
  if (row !== undefined && row.size !== row.count)
    findings.add(
      'index-gap',
      `日志第 ${Math.min(row.size, row.count)} 条`,
      `状态记载 ${row.size} 条，实有 ${row.count} 条`,
    )
}

/** The published bundles hold the very leaves of the record, in the order of their indexes. */
const checkEntries = async ({ tx, logFolder }: LogDeps, size: number, findings: Findings): Promise<void> => {
  for (let index = 0; index * TILE_WIDTH < size; index++) {
    const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH)
    const bytes = await readLogFile(logFolder, tilePath({ level: 'entries', index, width }))
    const entries = bytes === undefined ? undefined : decodeBundle(bytes)
    const { rows } = await tx.query<{ leaf_index: number; entry: Buffer }>(
      `SELECT l.leaf_index, e.entry FROM log.leaf l JOIN record.event e USING (position)
        WHERE l.leaf_index >= $1 AND l.leaf_index < $2 ORDER BY l.leaf_index`,
      [index * TILE_WIDTH, index * TILE_WIDTH + width],
    )
    for (const { leaf_index, entry } of rows) {
      const published = entries?.[leaf_index - index * TILE_WIDTH]
      if (published !== undefined && !equalBytes(published, entry))
        findings.add('entry-differs', `日志第 ${leaf_index} 条`, '公布的条目与记录里的叶不一致')
    }
  }
}

const checkSigned = async (deps: LogDeps, signed: Signed, findings: Findings): Promise<void> => {
  const { logFolder, vkey } = deps
  const what = `${signed.size} 条时的检查点`
  const note = parseNote(signed.note)
  const checkpoint = note && parseCheckpoint(note.text)
  const key = parseVkey(vkey)
  if (
    note === undefined ||
    checkpoint === undefined ||
    key === undefined ||
    checkNote(note, key) !== 'verified'
  )
    findings.add('checkpoint', what, '签名不成立')
  else if (checkpoint.size !== signed.size || !equalBytes(checkpoint.root, signed.root))
    findings.add('checkpoint', what, '登记的规模或者根与签名的不一致')
  const rebuilt = await rebuildLog(nodeHashes.sha256, signed.size, (path) => readLogFile(logFolder, path))
  for (const { path, why } of rebuilt.faults)
    findings.add(
      'tile',
      path,
      { missing: '文件不在了', different: '内容与重算的不一致', unreadable: '无法解读' }[why],
    )
  if (rebuilt.faults.length === 0 && !equalBytes(rebuilt.root, signed.root))
    findings.add('checkpoint', what, '由条目重建的根与签名的根不一致')
  const shown = await readLogFile(logFolder, 'checkpoint')
  if (shown === undefined || !equalBytes(shown, Buffer.from(signed.note)))
    findings.add('checkpoint', 'checkpoint', '公布的检查点不是最近签名的那一份')
}

/** The signer's own memory lies outside the database: a database that went back to an old state cannot hide it. */
const checkHighWater = (signed: Signed | undefined, deps: LogDeps, findings: Findings): void => {
  const { highWater } = deps
  if (highWater === undefined) return
  const size = signed?.size ?? 0
  if (size < highWater.size)
    findings.add('rollback', `${size} 条`, `签名器已签署至 ${highWater.size} 条：数据库回到了旧的状态`)
  else if (signed !== undefined && size === highWater.size && !equalBytes(signed.root, highWater.root))
    findings.add('rollback', `${size} 条`, '签名器记得的根与数据库里的不一致')
}

/** What is published of the keys' changes is what the record has. */
const checkKeys = async ({ tx, logFolder }: LogDeps, findings: Findings): Promise<void> => {
  const recorded = await keysInRecord(tx)
  const shown = await readLogFile(logFolder, KEYS_FILE)
  const same =
    recorded === undefined ? shown === undefined : shown !== undefined && equalBytes(shown, recorded)
  if (!same)
    findings.add('keys', KEYS_FILE, '公布的换钥记录与记录里的不一致，运行 liuhen key status 重新公布')
}

/** The roots by SM3 that the log states are those of its entries. */
const checkSm3Roots = async ({ tx, logFolder }: LogDeps, size: number, findings: Findings): Promise<void> => {
  const { rows } = await tx.query<{ bytes: Buffer }>(
    `SELECT p.bytes FROM record.event e JOIN record.payload p ON p.event_id = e.event_id AND p.part = 'public'
      WHERE e.type = $1 AND e.stream_type = 'log' ORDER BY e.position`,
    [SM3_ROOT_EVENT],
  )
  const stated = rows.map(({ bytes }) => Sm3Root.safeParse(JSON.parse(bytes.toString())))
  const sound = stated.flatMap((s) => (s.success ? [s.data] : []))
  const read = (path: string) => readLogFile(logFolder, path)
  const wrong = await wrongSm3Roots(nodeHashes.sm3, sound, { size, read })
  for (const root of wrong) findings.add('sm3-root', `${root.size} 条的 SM3 根`, '与由条目重算的不一致')
  if (sound.length < stated.length) findings.add('sm3-root', 'SM3 根', '登记读不出来')
}

/** Rebuilds the tree from its entries and compares it with tiles, checkpoint and record. Returns the signed size. */
export const checkLog = async (deps: LogDeps, findings: Findings): Promise<number> => {
  await checkIndexes(deps, findings)
  const { rows } = await deps.tx.query<Signed>(
    'SELECT size, root, note FROM log.published ORDER BY size DESC LIMIT 1',
  )
  const signed = rows[0]
  checkHighWater(signed, deps, findings)
  if (signed === undefined) return 0
  await checkSigned(deps, signed, findings)
  await checkKeys(deps, findings)
  await checkEntries(deps, signed.size, findings)
  if (!findings.list().some((f) => f.kind === 'tile')) await checkSm3Roots(deps, signed.size, findings)
  // On tiles that do not hold nothing more can be said of earlier trees.
  if (!findings.list().some((f) => f.kind === 'tile')) await checkOutside(deps, signed.size, findings)
  return signed.size
}
