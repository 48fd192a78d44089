import { randomUUID } from 'node:crypto'
import { chmod, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Role } from '@liuhen/domain/event'
import { isRefusal } from '@liuhen/domain/refusal'
import { toBase64 } from '@liuhen/ledger/bytes'
import { canonicalBytes } from '@liuhen/ledger/canonical'
import { commitBoth } from '@liuhen/ledger/commitment'
import { leafHash, parseLeaf, type Leaf, type PartName } from '@liuhen/ledger/leaf'
import { blobPath } from '../../apps/server/src/blobs/disk-blob-store.ts'
import { nodeHashes } from '../../apps/server/src/event-store/seal-event.ts'
import { type BatchOf, recordBatch } from '../disposal-batch.ts'
import { registerTestPerson } from '../test-agency.ts'
import { append } from '../../apps/server/src/event-store/append.ts'
import { AGENCY, runLog, type Stage, type World } from './adversary-world.ts'

/** Does harm to one event, and says what outsiders are shown afterwards: the same world, or another. */
export type Attack = Readonly<{
  name: string
  /** Which of the stage's events suffers. */
  on: keyof Stage['events']
  run: (world: World, event: string, stage: Stage) => Promise<World | void>
}>

const sql =
  (text: string) =>
  async ({ admin }: World, event: string): Promise<void> => {
    for (const statement of text.split(';')) await admin.query(statement.replaceAll('$EVENT', `'${event}'`))
  }

type Row = { position: number; event_id: string; entry: Buffer }
type Edit = Readonly<{ part: 'personal' | 'internal'; key: 'pii' | 'int'; from: string; to: string }>

/** What else holds the words that an event says: projections that fsck compares. */
const edited = async (
  { admin }: World,
  event: string,
  { part, key, from, to }: Edit,
): Promise<Partial<Leaf>> => {
  const { rows } = await admin.query<{ salt: Buffer; bytes: Buffer; entry: Buffer }>(
    `UPDATE record.payload p SET bytes = convert_to(replace(convert_from(p.bytes, 'UTF8'), $3, $4), 'UTF8')
       FROM record.event e WHERE e.event_id = p.event_id AND p.event_id = $1 AND part = $2 RETURNING salt, p.bytes, entry`,
    [event, part, from, to],
  )
  const [row] = rows
  const leaf = row && parseLeaf(row.entry)
  if (row === undefined || leaf?.ok !== true) throw new Error('no such part')
  await admin.query('UPDATE app.person SET name = $2 WHERE name = $1', [from, to])
  const both = commitBoth(nodeHashes, row.salt, row.bytes)
  const { c, c3 } = leaf.value
  return { c: { ...c, [key]: toBase64(both.sha256) }, c3: { ...c3, [key]: toBase64(both.sm3) } }
}

/** Writes every leaf anew from one that was changed on: chains, tree, checkpoint, all signed with the log's own key. */
const rewrite = async (world: World, event: string, edit: Edit): Promise<void> => {
  const { admin, logFolder, signerFolder } = world
  const change = await edited(world, event, edit)
  const { rows } = await admin.query<Row>(
    'SELECT position, event_id, entry FROM log.leaf JOIN record.event USING (position) ORDER BY leaf_index',
  )
  const heads = new Map<string, string>()
  for (const { position, event_id, entry } of rows) {
    const parsed = parseLeaf(entry)
    if (!parsed.ok) throw new Error(parsed.why)
    const p = heads.get(parsed.value.s) ?? null
    const bytes = canonicalBytes({ ...parsed.value, ...(event_id === event && change), p })
    const hash = leafHash(nodeHashes.sha256, bytes)
    heads.set(parsed.value.s, toBase64(hash))
    await admin.query('UPDATE record.event SET entry = $2, leaf_hash = $3 WHERE position = $1', [
      position,
      bytes,
      hash,
    ])
  }
  await admin.query('TRUNCATE log.checkpoint, log.cosignature, log.anchor, log.witness_answer')
  await rm(join(logFolder, 'tile'), { recursive: true })
  await rm(join(signerFolder, 'high-water.json'))
  await runLog(world)
}

const OLD: Edit = { part: 'personal', key: 'pii', from: '王小明', to: '王大明' }
const PROMISED: Edit = { part: 'internal', key: 'int', from: '有回执', to: '改过了' }
const LAST: Edit = { part: 'internal', key: 'int', from: '无回执', to: '改过了' }

/** Takes the newest events away, back to the newest checkpoint that was signed before them; with the signer's memory too, when asked. */
const cut =
  (withMemory: boolean) =>
  async (world: World, event: string): Promise<void> => {
    const { admin, logFolder, signerFolder } = world
    const { rows } = await admin.query<{ size: number; root: Buffer; note: string }>(
      `SELECT size, root, note FROM log.published WHERE size <= (SELECT leaf_index FROM log.leaf JOIN record.event USING (position)
       WHERE event_id = $1) ORDER BY size DESC LIMIT 1`,
      [event],
    )
    const [then] = rows
    if (then === undefined) throw new Error('nothing was signed before it')
    const gone = '(SELECT event_id FROM record.event JOIN log.leaf USING (position) WHERE leaf_index >= $1)'
    await admin.query(
      `DELETE FROM app.person WHERE person_id::text IN (SELECT stream_id FROM record.event WHERE event_id IN ${gone})`,
      [then.size],
    )
    await admin.query(`DELETE FROM record.payload WHERE event_id IN ${gone}`, [then.size])
    await admin.query(`DELETE FROM record.event WHERE event_id IN ${gone}`, [then.size])
    await admin.query('DELETE FROM log.leaf WHERE leaf_index >= $1', [then.size])
    await admin.query('DELETE FROM log.checkpoint WHERE size > $1', [then.size])
    await admin.query('UPDATE log.state SET size = $1', [then.size])
    await writeFile(join(logFolder, 'checkpoint'), then.note)
    if (!withMemory) return
    const memory = join(signerFolder, 'high-water.json')
    const held = JSON.parse(await readFile(memory, 'utf8')) as Record<string, unknown>
    await writeFile(memory, JSON.stringify({ ...held, size: then.size, root: toBase64(then.root) }))
  }

type Suffering = Readonly<{ stream: string; version: number; leaf: string; last: number }>

const sufferingOf = async ({ admin }: World, event: string): Promise<Suffering> => {
  const { rows } = await admin.query<Suffering>(
    `SELECT stream_id AS stream, version, encode(leaf_hash, 'base64') AS leaf,
        (SELECT max(version) FROM record.event o WHERE o.stream_id = e.stream_id) AS last
       FROM record.event e WHERE event_id = $1`,
    [event],
  )
  const [row] = rows
  if (row === undefined) throw new Error('no such event')
  return row
}

const SOMEBODY = { userId: '', name: '某人', roles: [], agencyId: AGENCY }

const say = async (
  { store }: World,
  streamType: 'case' | 'disposal',
  [streamId, expectedVersion]: readonly [string, number],
  [type, data]: readonly [string, object],
): Promise<void> => {
  const events = [{ type, schemaVersion: 1, occurredAt: new Date().toISOString(), data }]
  const done = await append(store, {
    commandId: randomUUID(),
    agencyId: AGENCY,
    actor: SOMEBODY,
    appends: [{ streamType, streamId, expectedVersion, events }],
  })
  if (isRefusal(done)) throw new Error(done.code)
}

/** The case is told that a batch let go of the event's names; then the names go. */
const shredUnder = async (world: World, event: string, batchId: string): Promise<void> => {
  const { stream, version, leaf, last } = await sufferingOf(world, event)
  const parts: readonly PartName[] = ['personal']
  const events = [{ n: version, leaf, parts }]
  const statement = { public: { batchId, number: '销毁〔2026〕1号', events } }
  await say(world, 'case', [stream, last], ['ContentShredded', statement])
  await world.admin.query(`DELETE FROM record.payload WHERE event_id = $1 AND part = 'personal'`, [event])
  await runLog(world)
}

/** A batch that let go of one film is named for a case that nobody weighed, by whoever may append. */
const borrowBatch = async (world: World, event: string): Promise<void> => {
  const batchId = randomUUID()
  const released = { internal: { recordingId: randomUUID(), sha256: '0'.repeat(64) } }
  await say(world, 'disposal', [batchId, 0], ['DisposalItemReleased', released])
  await shredUnder(world, event, batchId)
}

/** Whoever may append writes a batch of that very case, with everything but three people and a month. */
const forgeBatch = async (world: World, event: string): Promise<void> => {
  const { stream } = await sufferingOf(world, event)
  const as = (userId: string, role: Role) => ({ ...SOMEBODY, userId, personId: userId, roles: [role] })
  const batchId = await recordBatch(world.store, {
    agencyId: AGENCY,
    caseFile: stream,
    by: { keeper: as('甲', 'av-custodian'), reviewer: as('乙', 'archivist'), head: as('丙', 'agency-head') },
    days: { reviewed: 0, approved: 0, ordered: 0 },
    from: new Date().toISOString(),
  })
  await shredUnder(world, event, batchId)
}

/** What three people who hold the posts decided and waited for; the clock runs ahead by the month. */
const decided = async (
  { store }: World,
  of: Pick<BatchOf, 'caseFile' | 'film' | 'beside'>,
): Promise<string> => {
  const person = (name: string, role: Role) => registerTestPerson(store, AGENCY, { name, roles: [role] })
  return recordBatch(store, {
    agencyId: AGENCY,
    ...of,
    by: {
      keeper: await person('甲', 'av-custodian'),
      reviewer: await person('乙', 'archivist'),
      head: await person('丙', 'agency-head'),
    },
    days: { reviewed: 1, approved: 2, ordered: 33 },
    from: new Date().toISOString(),
  })
}

/** A film goes lawfully; its release names a case beside it that nobody weighed. */
const nameBeside = async (world: World, event: string): Promise<void> => {
  const { stream } = await sufferingOf(world, event)
  const film = { recordingId: randomUUID(), sha256: '0'.repeat(64) }
  const batchId = await decided(world, { caseFile: '', film, beside: { caseFile: stream } })
  await shredUnder(world, event, batchId)
}

/** A film is removed, and its row says that the law had it destroyed. */
const destroyFilm = async ({ admin, blobRoot }: World): Promise<readonly string[]> => {
  const { rows } = await admin.query<{ sha256: string }>(
    `UPDATE app.blob SET state = 'destroyed' WHERE mime = 'video/mp4' RETURNING sha256`,
  )
  for (const { sha256 } of rows) await rm(blobPath(blobRoot, sha256))
  return rows.map((r) => r.sha256)
}

/** A case file goes lawfully; its release names that film as one of its papers. */
const callPaper = async (world: World): Promise<void> => {
  const papers = (await destroyFilm(world)).map((sha256) => ({ sha256, sizeBytes: 1 }))
  await decided(world, { caseFile: randomUUID(), beside: { papers } })
  await runLog(world)
}

const swapFilm = async ({ admin, blobRoot }: World): Promise<void> => {
  const { rows } = await admin.query<{ sha256: string }>(
    `SELECT sha256 FROM app.blob WHERE mime = 'video/mp4'`,
  )
  const path = blobPath(blobRoot, rows[0]?.sha256 ?? '')
  const bytes = await readFile(path)
  await chmod(path, 0o644)
  await writeFile(path, Buffer.alloc(bytes.length, 9))
}

const DAY_MS = 86_400_000

/** The clock of the machine is put back by a day, something is recorded, the clock is put right. */
const backDate = async (world: World): Promise<void> => {
  const yesterday = new Date(Date.now() - DAY_MS).toISOString()
  const clock = { ...world.store.clock, now: () => Promise.resolve(yesterday) }
  await registerTestPerson({ ...world.store, clock }, AGENCY, { name: '倒填', roles: ['officer'] })
  await runLog(world)
}

/** A reader is shown a log that the same key signed; the installation keeps its own. */
const fork = async (world: World, event: string, stage: Stage): Promise<World> => {
  const other = await stage.today()
  await rewrite(other, event, OLD)
  return { ...world, shownLog: other.logFolder }
}

/** Exchanges two events of one stream in the table: versions, entries stay. */
const RENUMBER = `UPDATE record.event SET version = -version WHERE false;
  ALTER TABLE record.event DROP CONSTRAINT event_stream_version;
  UPDATE record.event e SET version = CASE WHEN e.event_id = $EVENT THEN e.version + 1 ELSE e.version - 1 END
   FROM record.event v WHERE v.event_id = $EVENT AND e.stream_id = v.stream_id AND e.version IN (v.version, v.version + 1)`

const REORDER = `ALTER TABLE log.leaf DROP CONSTRAINT leaf_position_key;
  UPDATE log.leaf l SET position = o.position FROM log.leaf o
   WHERE l.leaf_index IN (4, 5) AND o.leaf_index = 9 - l.leaf_index`

export const ATTACKS: readonly Attack[] = [
  {
    name: 'changes what an event says',
    on: 'old',
    run: async (world, event) => void (await edited(world, event, OLD)),
  },
  {
    name: 'changes a salt',
    on: 'old',
    run: sql(
      'UPDATE record.payload SET salt = set_byte(salt, 0, get_byte(salt, 0) # 1) WHERE event_id = $EVENT',
    ),
  },
  {
    name: 'deletes what an event says without a disposal',
    on: 'old',
    run: sql(`DELETE FROM record.payload WHERE event_id = $EVENT AND part = 'personal'`),
  },
  { name: 'shreds a case under the batch of something else', on: 'old', run: borrowBatch },
  { name: 'shreds a case under a batch that nobody decided', on: 'old', run: forgeBatch },
  { name: 'shreds a case that the lawful release of a film names beside it', on: 'old', run: nameBeside },
  {
    name: 'removes a recording and calls it destroyed by law',
    on: 'old',
    run: async (world) => void (await destroyFilm(world)),
  },
  {
    name: 'removes a recording and calls it a paper of a case file that went lawfully',
    on: 'old',
    run: callPaper,
  },
  {
    name: 'deletes an event with its payloads',
    on: 'old',
    run: sql(
      'DELETE FROM record.payload WHERE event_id = $EVENT;DELETE FROM record.event WHERE event_id = $EVENT',
    ),
  },
  { name: 'renumbers events of a case', on: 'old', run: sql(RENUMBER) },
  { name: 'reorders events in the log', on: 'old', run: sql(REORDER) },
  {
    name: 'back-dates an event in its table',
    on: 'old',
    run: sql(`UPDATE record.event SET recorded_at = recorded_at - interval '1 day' WHERE event_id = $EVENT`),
  },
  { name: 'exchanges a recording for another of the same size', on: 'old', run: swapFilm },
  { name: 'cuts the newest events off', on: 'promised', run: cut(false) },
  {
    name: 'restores an old backup, signer and all',
    on: 'old',
    run: (_world, _event, stage) => stage.backup(),
  },
  { name: 'shows a reader another log, signed with the stolen key', on: 'old', run: fork },
  {
    name: 'rewrites all with the stolen key',
    on: 'old',
    run: (world, event) => rewrite(world, event, OLD),
  },
  { name: 'puts the clock back before something is recorded', on: 'last', run: backDate },
  {
    name: 'rewrites with the stolen key what no outsider has seen yet, but for a receipt',
    on: 'promised',
    run: (world, event) => rewrite(world, event, PROMISED),
  },
  {
    name: 'cuts that off, and the memory of the signer too',
    on: 'promised',
    run: cut(true),
  },
  {
    name: 'rewrites with the stolen key what no outsider has seen at all',
    on: 'last',
    run: (world, event) => rewrite(world, event, LAST),
  },
]
