import { randomUUID } from 'node:crypto'
import { chmod, readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '@liuhen/domain/event'
import { parseVkey, type NoteKey } from '@liuhen/ledger/note'
import { checkPublishedLog } from '@liuhen/ledger/published-log'
import { recordBatch } from '../../../../test/disposal-batch.ts'
import { foundTestAgency, registerTestPerson, testLibrary } from '../../../../test/test-agency.ts'
import { closeTestCase, type ClosedCase } from '../../../../test/test-closed-case.ts'
import { createTestInstallation, type TestInstallation } from '../../../../test/test-installation.ts'
import { startWatchedLog } from '../../../../test/test-witness.ts'
import { agencyProjection } from '../agency/project-agency.ts'
import { blobPath } from '../blobs/disk-blob-store.ts'
import type { Signer } from '../ledger/signer.ts'
import { stampCheckpoint } from '../ledger/anchor.ts'
import { append } from '../event-store/append.ts'
import { derivedId } from '../jobs/job-command.ts'
import { stateSm3Root } from '../ledger/sm3-root.ts'
import { waitForInclusion, waitForWitnesses } from '../ledger/inclusion.ts'
import { knownFilesProjection } from '../log-query/project-known-files.ts'
import { nodeHashes } from '../event-store/seal-event.ts'
import { readStream } from '../event-store/read-stream.ts'
import { personProjection } from '../person/project-person.ts'
import { fsck, type FsckOptions, type FsckReport } from './fsck.ts'
import type { FsckKind } from './findings.ts'

const AGENCY = '420112007'
const projections = [agencyProjection, personProjection, knownFilesProjection]

let installation: TestInstallation
let admin: Client
let owner: Client
let signer: Signer
let closed: ClosedCase
let logFolder = ''
let witnesses: readonly NoteKey[] = []
let foreignPaper = ''
const FILM = { recordingId: randomUUID(), sha256: '0'.repeat(64) }

/** A film and a case file went lawfully; the release of the file names the paper of another case. A copy was asked for. */
const disposeLawfully = async (reviewer: Actor): Promise<void> => {
  const { store } = installation
  const { rows } = await admin.query<{ sha256: string }>(
    `SELECT sha256 FROM app.blob WHERE mime = 'application/pdf' ORDER BY 1 LIMIT 1`,
  )
  foreignPaper = rows[0]?.sha256 ?? ''
  const batch = {
    agencyId: AGENCY,
    by: {
      reviewer,
      head: await registerTestPerson(store, AGENCY, { name: '吴局长', roles: ['agency-head'] }),
      keeper: await registerTestPerson(store, AGENCY, { name: '冯保管', roles: ['av-custodian'] }),
    },
    days: { reviewed: 1, approved: 2, ordered: 33 },
    from: '2026-01-05T10:00:00+08:00',
  }
  await recordBatch(store, { ...batch, caseFile: '', film: FILM })
  const papers = [{ sha256: foreignPaper, sizeBytes: 1 }]
  await recordBatch(store, { ...batch, caseFile: randomUUID(), beside: { papers } })
  const data = { public: { source: { recordingId: FILM.recordingId } } }
  const events = [{ type: 'DerivativeRequested', schemaVersion: 1, occurredAt: batch.from, data }]
  await append(store, {
    commandId: randomUUID(),
    agencyId: AGENCY,
    actor: reviewer,
    appends: [{ streamType: 'derivative', streamId: randomUUID(), expectedVersion: 0, events }],
  })
}

const check = async (options: FsckOptions = {}): Promise<FsckReport> => {
  const { vkey, size, root } = await signer.status()
  return fsck(
    {
      owner,
      logFolder,
      vkey,
      highWater: { size, root },
      witnesses,
      blobs: { pool: installation.pool, store: closed.blobs, root: closed.blobRoot },
      projections,
      library: testLibrary(),
    },
    options,
  )
}

beforeAll(async () => {
  installation = await createTestInstallation({ projections })
  admin = await installation.connectAs('admin')
  owner = await installation.connectAs('owner')
  // What only a superuser can: no trigger, no guard.
  await admin.query('SET session_replication_role = replica')
  const { store } = installation
  await foundTestAgency(store, AGENCY)
  const officer = await registerTestPerson(store, AGENCY, { name: '周档案', roles: ['archivist'] })
  closed = await closeTestCase(store, officer, installation.dataDir)
  await disposeLawfully(officer)
  const log = await startWatchedLog(installation)
  logFolder = log.folder
  signer = log.signer
  witnesses = log.witness.policy.peers.map((peer) => peer.key)
  const ids = (await readStream(store, AGENCY, closed.caseId)).map((e) => e.id)
  const { pool } = installation
  await waitForInclusion({ pool, logFolder }, AGENCY, ids)
  expect(await stateSm3Root(store, logFolder)).toBeGreaterThan(ids.length - 1)
  const stated = (await readStream(store, AGENCY, derivedId('sm3-root', AGENCY))).map((e) => e.id)
  const { size } = await waitForInclusion({ pool, logFolder }, AGENCY, stated)
  // It would say nothing but itself; what it said before is published, and a stranger recomputes it.
  expect(await stateSm3Root(store, logFolder)).toBeUndefined()
  const read = (path: string) => readFile(join(logFolder, path)).catch(() => undefined)
  const published = await checkPublishedLog(parseVkey((await signer.status()).vkey)!, {
    hashes: nodeHashes,
    read,
  })
  expect(published).toMatchObject({ faults: [], sm3Root: { size: expect.any(Number) } })
  await waitForWitnesses(pool, size, log.witness.policy)
  await stampCheckpoint({ pool, tsa: log.tsa.url })
  await log.stop()
})
afterAll(() => installation.close())

test('an untouched installation is sound, and the report says what was read', async () => {
  const report = await check()
  expect(report.findings).toEqual([])
  expect(report).toMatchObject({ ok: true, complete: true })
  expect(report.checked.events).toBe(report.checked.leaves)
  expect(report.checked.blobs).toBe(7)
  expect(report.checked.bytes).toBeGreaterThan(200_000)
})

test('a budget that is over leaves the rest unchecked, and unchecked is not sound', async () => {
  const report = await check({ budgetSeconds: 0 })
  expect(report).toMatchObject({ ok: false, complete: false, findings: [] })
  expect(report.notChecked).toEqual(['日志与检查点', '文件', '查询表'])
})

/** Does harm, looks, and makes it good again; the last look shows that it was the harm that was seen. */
const harm = async (
  kinds: readonly FsckKind[],
  what: string | RegExp,
  inflict: () => Promise<unknown>,
  undo: () => Promise<unknown>,
): Promise<void> => {
  await inflict()
  try {
    const { findings, ok } = await check()
    expect(ok).toBe(false)
    for (const kind of kinds) expect(findings.map((f) => f.kind)).toContain(kind)
    expect(findings.find((f) => f.kind === kinds[0])?.what).toMatch(what)
  } finally {
    await undo()
  }
  expect((await check()).findings).toEqual([])
}

/** Copies rows aside, so that they come back as they were. */
const keep = async (
  table: string,
  where: string,
  inflict: string,
): Promise<[() => Promise<unknown>, () => Promise<unknown>]> => {
  await admin.query(`DROP TABLE IF EXISTS pg_temp.aside`)
  await admin.query(`CREATE TEMPORARY TABLE aside AS SELECT * FROM ${table} WHERE ${where}`)
  return [
    () => admin.query(inflict),
    async () => {
      await admin.query(`DELETE FROM ${table} WHERE ${where}`)
      await admin.query(`INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT * FROM pg_temp.aside`)
    },
  ]
}

describe('an administrator with every right on the database', () => {
  let decided = ''
  beforeAll(async () => {
    const { rows } = await admin.query<{ id: string }>(
      `SELECT event_id AS id FROM record.event WHERE type = 'PartyNamed'`,
    )
    decided = `event_id = '${rows[0]?.id}'`
  })

  test('who changes one byte of what was said is found, by event and part', async () => {
    const [inflict, undo] = await keep(
      'record.payload',
      `${decided} AND part = 'personal'`,
      `UPDATE record.payload SET bytes = replace(convert_from(bytes, 'UTF8'), '王小明', '王大明')::bytea WHERE ${decided} AND part = 'personal'`,
    )
    await harm(['payload-altered'], /PartyNamed .* personal/, inflict, undo)
  })

  test('who changes a salt is found', async () => {
    const [inflict, undo] = await keep(
      'record.payload',
      `${decided} AND part = 'public'`,
      `UPDATE record.payload SET salt = set_byte(salt, 0, get_byte(salt, 0) # 1) WHERE ${decided} AND part = 'public'`,
    )
    await harm(['payload-altered'], /PartyNamed .* public/, inflict, undo)
  })

  test('who deletes what was said is found', async () => {
    const [inflict, undo] = await keep(
      'record.payload',
      decided,
      `DELETE FROM record.payload WHERE ${decided}`,
    )
    await harm(['payload-missing'], /PartyNamed/, inflict, undo)
  })

  test('who deletes an event is found: its index, its successor and its orphans point at the hole', async () => {
    const [inflict, undo] = await keep('record.event', decided, `DELETE FROM record.event WHERE ${decided}`)
    await harm(['event-missing', 'stream-broken', 'payload-unowned'], /^日志第 \d+ 条$/, inflict, undo)
  })

  test('who swaps two events in the log is found', async () => {
    const where = 'leaf_index IN (4, 5)'
    const swap = `UPDATE log.leaf SET position = CASE leaf_index WHEN 4 THEN (SELECT position FROM log.leaf WHERE leaf_index = 5)
      ELSE (SELECT position FROM log.leaf WHERE leaf_index = 4) END WHERE ${where}`
    await admin.query('ALTER TABLE log.leaf DROP CONSTRAINT leaf_position_key')
    const [inflict, undo] = await keep('log.leaf', where, swap)
    await harm(['entry-differs'], '日志第 4 条', inflict, undo)
  })

  test('who rewrites the leaf together with its digest is found by the published entry and the chain', async () => {
    const [inflict, undo] = await keep(
      'record.event',
      decided,
      `UPDATE record.event SET entry = replace(convert_from(entry, 'UTF8'), 'PartyNamed', 'PartyNamee')::bytea, type = 'PartyNamee',
         leaf_hash = sha256('\\x00'::bytea || replace(convert_from(entry, 'UTF8'), 'PartyNamed', 'PartyNamee')::bytea) WHERE ${decided}`,
    )
    await harm(['entry-differs', 'stream-broken'], /^日志第 \d+ 条$/, inflict, undo)
  })

  test('who changes a column beside the leaf is found', async () => {
    const [inflict, undo] = await keep(
      'record.event',
      decided,
      `UPDATE record.event SET recorded_at = recorded_at - interval '1 day' WHERE ${decided}`,
    )
    await harm(['row-differs'], /PartyNamed/, inflict, undo)
  })

  test('who takes an event out of the log is found', async () => {
    const [inflict, undo] = await keep(
      'log.leaf',
      'leaf_index = (SELECT max(leaf_index) FROM log.leaf)',
      'DELETE FROM log.leaf WHERE leaf_index = (SELECT max(leaf_index) FROM log.leaf)',
    )
    const undoing = async (): Promise<void> => {
      await admin.query('INSERT INTO log.leaf SELECT * FROM pg_temp.aside')
    }
    void undo
    await harm(['event-unlogged', 'index-gap'], /./, inflict, undoing)
  })

  test('who puts back an older state of the log is found by what the signer remembers', async () => {
    await admin.query('DROP TABLE IF EXISTS pg_temp.signed')
    await admin.query('CREATE TEMPORARY TABLE signed AS SELECT * FROM log.checkpoint')
    await harm(
      ['rollback'],
      /条/,
      () => admin.query('DELETE FROM log.checkpoint'),
      () => admin.query('INSERT INTO log.checkpoint SELECT * FROM pg_temp.signed'),
    )
  })

  test('who edits a table that screens read is found, row by row', async () => {
    const [inflict, undo] = await keep('app.person', 'true', `UPDATE app.person SET name = '别人'`)
    await harm(['projection'], /app\.person.*别人/, inflict, undo)
  })

  test('who removes a file together with its row is found by the event that names it', async () => {
    const [inflict, undo] = await keep(
      'app.blob',
      `mime = 'video/mp4'`,
      `DELETE FROM app.blob WHERE mime = 'video/mp4'`,
    )
    await harm(['blob-missing', 'blob-unowned'], /^[0-9a-f]{64}$/, inflict, undo)
  })
})

const LAST_BYTE = `UPDATE log.anchor
  SET token = set_byte(token, length(token) - 1, (get_byte(token, length(token) - 1) + 1) % 256)`

test('what others signed is compared with the log as it is, and must hold', async () => {
  const [swap, back] = await keep('log.anchor', 'true', LAST_BYTE)
  await harm(['anchor'], /的时间戳$/, swap, back)
  const [move, again] = await keep('log.anchor', 'true', `UPDATE log.anchor SET size = size - 1`)
  await harm(['anchor'], /的时间戳$/, move, again)
  const line = `UPDATE log.cosignature SET line = overlay(line PLACING 'AAAA' FROM length(line) - 30)`
  const [cut, restore] = await keep('log.cosignature', 'true', line)
  await harm(['anchor'], /^witness\.test\.invalid\/1 对 \d+ 条的见证$/, cut, restore)
})

const partOf = (type: string, part: string) =>
  `part = '${part}' AND event_id = (SELECT event_id FROM record.event WHERE type = '${type}' ORDER BY position DESC LIMIT 1)`

describe('disposals that were decided lawfully', () => {
  test('are not believed when one of the three cannot be read any more, and the check goes on', async () => {
    const where = partOf('PersonRegistered', 'internal')
    const [inflict, undo] = await keep('record.payload', where, `DELETE FROM record.payload WHERE ${where}`)
    await harm(['release-unlawful', 'payload-missing'], /第5条/, inflict, undo)
  })
  test('are looked at past a request for a copy that is no JSON', async () => {
    const where = partOf('DerivativeRequested', 'public')
    const [inflict, undo] = await keep(
      'record.payload',
      where,
      `UPDATE record.payload SET bytes = 'x' WHERE ${where}`,
    )
    await harm(['payload-altered'], /DerivativeRequested .* public/, inflict, undo)
  })
  test('do not cover the paper of another case, although the release names it', async () => {
    const where = `sha256 = '${foreignPaper}'`
    const [inflict, undo] = await keep(
      'app.blob',
      where,
      `UPDATE app.blob SET state = 'destroyed' WHERE ${where}`,
    )
    await harm(['blob-destroyed'], foreignPaper, inflict, undo)
  })
})

describe('somebody with the disk', () => {
  const changed = async (
    path: string,
    kind: FsckKind,
    what: RegExp,
    change: (bytes: Buffer) => Buffer,
  ): Promise<void> => {
    const before = await readFile(path)
    await chmod(path, 0o644)
    await harm(
      [kind],
      what,
      () => writeFile(path, change(Buffer.from(before))),
      () => writeFile(path, before),
    )
  }
  const flip = (bytes: Buffer): Buffer => {
    bytes[bytes.length - 1]! ^= 1 // files here are never empty
    return bytes
  }
  const sizeOf = async (): Promise<number> => (await signer.status()).size

  test('who changes one byte of a tile is found by its path', async () => {
    const size = await sizeOf()
    await changed(join(logFolder, `tile/0/000.p/${size}`), 'tile', /^tile\/0\/000\.p\//, flip)
  })

  test('who changes one byte of an entry bundle is found', async () => {
    const size = await sizeOf()
    await changed(join(logFolder, `tile/entries/000.p/${size}`), 'entry-differs', /^日志第/, flip)
  })

  test('who changes the checkpoint is found', async () => {
    await changed(join(logFolder, 'checkpoint'), 'checkpoint', /checkpoint/, flip)
  })

  const video = async (): Promise<string> => {
    const { rows } = await admin.query<{ sha256: string }>(
      `SELECT sha256 FROM app.blob WHERE mime = 'video/mp4'`,
    )
    return blobPath(closed.blobRoot, rows[0]?.sha256 ?? '')
  }

  test('who changes one byte of a recording is found by its digest', async () => {
    await changed(await video(), 'blob-altered', /^[0-9a-f]{64}$/, flip)
  })

  test('who cuts a recording short is found by its digest', async () => {
    const path = await video()
    const before = await readFile(path)
    await chmod(path, 0o644)
    await harm(
      ['blob-wrong-size'],
      /^[0-9a-f]{64}$/,
      () => truncate(path, 1000),
      () => writeFile(path, before),
    )
  })
})
