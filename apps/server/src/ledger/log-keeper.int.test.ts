import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { parseCheckpoint } from '@liuhen/ledger/checkpoint'
import { rebuildLog } from '@liuhen/ledger/edge'
import { findCosignature } from '@liuhen/ledger/cosignature'
import { verifyInclusion } from '@liuhen/ledger/merkle'
import { parseNote, parseVkey } from '@liuhen/ledger/note'
import { readReceipt } from '@liuhen/ledger/receipt'
import { parseTlogProof } from '@liuhen/ledger/tlog-proof'
import {
  createTestInstallation,
  testActor,
  type TestInstallation,
} from '../../../../test/test-installation.ts'
import { makeTestTsa } from '../../../../test/test-tsa.ts'
import { startTestWitness } from '../../../../test/test-witness.ts'
import { append } from '../event-store/append.ts'
import { readStored } from '../event-store/read-stream.ts'
import { nodeHashes } from '../event-store/seal-event.ts'
import { getReceipt } from '../log-query/get-receipt.ts'
import { readiness } from '../http/health.ts'
import { logState } from '../log-query/log-state.ts'
import { withAgency } from '../postgres/transaction.ts'
import { inclusionFor, waitForInclusion } from './inclusion.ts'
import { stampCheckpoint } from './anchor.ts'
import { beat } from './heartbeat.ts'
import { readLogFile } from './log-folder.ts'
import { startLogKeeper, type LogKeeper } from './log-keeper.ts'
import { readLogState } from './log-state.ts'
import { publish } from './publish.ts'
import { sequenceBatch } from './sequence.ts'
import { openSigner, type Signer } from './signer.ts'
import { NO_WITNESSES, type WitnessPeer } from './witness-policy.ts'

const { sha256 } = nodeHashes
const agencyId = 'agency-a'
const actor = testActor(agencyId)

let installation: TestInstallation
let signer: Signer
let logFolder = ''
let keeper: LogKeeper | undefined
beforeAll(async () => {
  installation = await createTestInstallation()
  logFolder = join(installation.dataDir, 'log')
  signer = await openSigner({ folder: join(installation.dataDir, 'signer'), origin: 'test.invalid/log/1' })
})
afterAll(async () => {
  await keeper?.stop()
  await installation.close()
})

let told: string[] = []
const start = async (witnesses: readonly WitnessPeer[] = []): Promise<LogKeeper> => {
  told = []
  keeper = await startLogKeeper({
    witnesses,
    witnessRoundMs: 20,
    url: installation.urls.sequencer,
    folder: logFolder,
    signer,
    log: { info: () => undefined, error: (error) => void told.push(String(error)) },
  })
  return keeper
}
const deps = () => ({ pool: installation.pool, logFolder })

const addTo = async (streamId: string, version: number, commandId = randomUUID()): Promise<string> => {
  const done = await append(installation.store, {
    commandId,
    agencyId,
    actor,
    appends: [
      {
        streamType: 'case',
        streamId,
        expectedVersion: version,
        events: [
          {
            type: 'Noted',
            schemaVersion: 1,
            occurredAt: '2026-03-02T09:00:00+08:00',
            data: { public: { version } },
          },
        ],
      },
    ],
  })
  if ('refused' in done) throw new Error(done.code)
  return done.events[0]?.id ?? ''
}

const indexes = async (): Promise<number[]> => {
  const owner = await installation.connectAs('owner')
  const { rows } = await owner.query<{ leaf_index: number }>('SELECT leaf_index FROM log.leaf ORDER BY 1')
  return rows.map((row) => row.leaf_index)
}

test('writers that give up leave no gap, and the order of a stream is the order of the log', async () => {
  const sequencer = await installation.connectAs('sequencer')
  const streamId = randomUUID()
  for (let version = 0; version < 10; version++) {
    await addTo(streamId, version)
    // Takes a position and gives it up again.
    await withAgency(installation.store, agencyId, async (tx) => {
      await tx.query(`SELECT nextval('record.event_position_seq')`)
      throw new Error('given up')
    }).catch(() => undefined)
    if (version % 3 === 0) await sequenceBatch(sequencer, 2)
  }
  while ((await sequenceBatch(sequencer)) > 0);
  expect(await indexes()).toEqual(Array.from({ length: 10 }, (_, i) => i))
  const owner = await installation.connectAs('owner')
  const { rows } = await owner.query<{ version: number }>(
    'SELECT version FROM log.leaf JOIN record.event USING (position) ORDER BY leaf_index',
  )
  expect(rows.map((row) => row.version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
})

test('two sequencers at once give no index twice', async () => {
  const [one, two] = await Promise.all([
    installation.connectAs('sequencer'),
    installation.connectAs('sequencer'),
  ])
  const before = (await indexes()).length
  await Promise.all(Array.from({ length: 40 }, () => addTo(randomUUID(), 0)))
  const drain = async (client: Client): Promise<void> => {
    while ((await sequenceBatch(client, 3)) > 0);
  }
  await Promise.all([drain(one), drain(two)])
  expect(await indexes()).toEqual(Array.from({ length: before + 40 }, (_, i) => i))
})

test('a committed event is soon under a signed checkpoint, with a proof that holds', async () => {
  await start()
  const streamId = randomUUID()
  const ids = [await addTo(streamId, 0), await addTo(streamId, 1)]
  const found = await waitForInclusion(deps(), agencyId, ids)
  const checkpoint = parseCheckpoint(parseNote(found.checkpoint ?? '')?.text ?? '')
  if (checkpoint === undefined) throw new Error('no checkpoint')
  const stored = await withAgency(installation.store, agencyId, (tx) => readStored(tx, streamId))
  for (const { event, leafHash } of stored) {
    const at = found.included.find((i) => i.eventId === event.id)
    if (at === undefined) throw new Error('not included')
    const claim = { leafHash, index: at.index, proof: at.hashes, ...checkpoint }
    expect(verifyInclusion(sha256, claim)).toBe(true)
    expect(verifyInclusion(sha256, { ...claim, index: at.index + 1 })).toBe(false)
  }
  expect(await inclusionFor(deps(), 'agency-b', ids)).toMatchObject({ included: [], pending: ids })
})

test('past a full tile the published files rebuild to the signed root', async () => {
  for (let i = 0; i < 6; i++) await Promise.all(Array.from({ length: 50 }, () => addTo(randomUUID(), 0)))
  const found = await waitForInclusion(deps(), agencyId, [await addTo(randomUUID(), 0)])
  const checkpoint = parseCheckpoint(parseNote(found.checkpoint ?? '')?.text ?? '')
  if (checkpoint === undefined) throw new Error('no checkpoint')
  expect(checkpoint.size).toBeGreaterThan(300)
  const rebuilt = await rebuildLog(sha256, checkpoint.size, (path) => readLogFile(logFolder, path))
  expect(rebuilt.faults).toEqual([])
  expect(Buffer.from(rebuilt.root)).toEqual(Buffer.from(checkpoint.root))
})

test('a command that was committed has a receipt, and soon the proofs that it was kept', async () => {
  await keeper?.stop()
  const commandId = randomUUID()
  await addTo(randomUUID(), 0, commandId)
  const asked = { store: { pool: installation.pool }, logFolder, signer }
  const key = parseVkey((await signer.status()).vkey)
  const ask = async () => {
    const answer = await getReceipt(asked, agencyId, commandId)
    const receipt = 'refused' in answer || key === undefined ? undefined : readReceipt(answer.receipt, key)
    if ('refused' in answer || receipt === undefined) throw new Error('no receipt')
    return { ...answer, receipt }
  }
  const early = await ask()
  expect(early.proofs).toEqual([])
  expect(early.receipt).toMatchObject({ origin: 'test.invalid/log/1', mmdSeconds: 60 })
  expect(await getReceipt(asked, 'agency-b', commandId)).toMatchObject({ code: 'not-found' })
  await start()
  await vi.waitFor(async () => expect((await ask()).proofs).toHaveLength(1), { timeout: 10_000 })
  const kept = await ask()
  expect(kept.receipt).toEqual(early.receipt)
  const proof = parseTlogProof(kept.proofs[0] ?? '')
  const signed = parseCheckpoint(parseNote(proof?.checkpoint ?? '')?.text ?? '')
  const [leafHash] = kept.receipt.leafHashes
  if (proof === undefined || signed === undefined || leafHash === undefined) throw new Error('no proof')
  expect(verifyInclusion(sha256, { ...signed, leafHash, index: proof.index, proof: proof.hashes })).toBe(true)
})

test('an event waits until a checkpoint is over it, also when it has an index', async () => {
  await keeper?.stop()
  await addTo(randomUUID(), 0)
  await pause(60)
  const sequencer = await installation.connectAs('sequencer')
  const before = await readLogState(installation.pool)
  await sequenceBatch(sequencer)
  const placed = await readLogState(installation.pool)
  expect(placed.size).toBe(before.size + 1)
  expect(placed.oldestPendingSeconds).toBeGreaterThanOrEqual(before.oldestPendingSeconds)
  await start()
  await vi.waitFor(async () => expect((await readLogState(installation.pool)).oldestPendingSeconds).toBe(0), {
    timeout: 60_000,
  })
})

test('nothing seems to wait when the process was killed behind the row of the checkpoint', async () => {
  await keeper?.stop()
  await addTo(randomUUID(), 0)
  const sequencer = await installation.connectAs('sequencer')
  await sequenceBatch(sequencer)
  const folder = join(installation.dataDir, 'killed')
  // The next step after the row cannot be done.
  await mkdir(join(folder, 'checkpoint'), { recursive: true })
  await expect(publish({ sequencer, folder, signer }, undefined)).rejects.toThrow('EISDIR')
  const state = await readLogState(installation.pool)
  expect(state).toMatchObject({ checkpointSize: state.size, oldestPendingSeconds: 0 })
  await start()
})

test('a log that was quiet says that it is alive, and what was signed and stamped before', async () => {
  const tsa = makeTestTsa(join(installation.dataDir, 'tsa'))
  const served = await tsa.serve()
  await stampCheckpoint({ pool: installation.pool, tsa: served.url })
  served.close()
  expect(await beat(installation.store, 0)).toBe(false) // no agency, nobody to speak for
  const admin = await installation.connectAs('admin')
  await admin.query(`INSERT INTO app.agency VALUES ($1, '甲', '甲', '甲', 'a', '{}', '{}', '{}', now())`, [
    agencyId,
  ])
  await waitForInclusion(deps(), agencyId, [await addTo(randomUUID(), 0)])
  expect(await beat(installation.store)).toBe(false)
  const owner = await installation.connectAs('owner')
  const { rows } = await owner.query<{ size: number }>('SELECT max(size) AS size FROM log.checkpoint')
  expect(await beat(installation.store, 0)).toBe(true)
  const told = await owner.query<{ bytes: Buffer }>(
    `SELECT p.bytes FROM record.event e JOIN record.payload p USING (event_id) WHERE e.type = 'LogHeartbeat'`,
  )
  expect(JSON.parse(String(told.rows[0]?.bytes))).toMatchObject({ checkpoint: { size: rows[0]?.size } })
})

test('lost files are written again from the record after a restart', async () => {
  await keeper?.stop()
  await rm(logFolder, { recursive: true })
  await start()
  await waitForInclusion(deps(), agencyId, [await addTo(randomUUID(), 0)])
  const checkpoint = parseCheckpoint(
    parseNote(await readFile(join(logFolder, 'checkpoint'), 'utf8'))?.text ?? '',
  )
  const rebuilt = await rebuildLog(sha256, checkpoint?.size ?? 0, (path) => readLogFile(logFolder, path))
  expect(rebuilt.faults).toEqual([])
})

const linesUnder = async (): Promise<number> =>
  (await readFile(join(logFolder, 'checkpoint'), 'utf8')).split('\n').filter((l) => l.startsWith('— ')).length

test('a witness that is away delays nothing, and cosigns the newest checkpoint when it is back', async () => {
  await keeper?.stop()
  const { vkey } = await signer.status()
  const place = installation.dataDir
  const here = await startTestWitness(place, vkey)
  const other = await startTestWitness(place, vkey, { name: 'archive.test.invalid/1' })
  const port = Number(new URL(other.url).port)
  await other.close()
  await start([...here.policy.peers, ...other.policy.peers])
  await waitForInclusion(deps(), agencyId, [await addTo(randomUUID(), 0)])
  await vi.waitFor(async () => expect(await linesUnder()).toBe(2), { timeout: 10_000 })
  const again = await startTestWitness(place, vkey, { name: 'archive.test.invalid/1', port })
  await vi.waitFor(async () => expect(await linesUnder()).toBe(3), { timeout: 10_000 })
  const published = await readFile(join(logFolder, 'checkpoint'), 'utf8')
  const note = parseNote(published)
  for (const { key } of [...here.policy.peers, ...again.policy.peers])
    expect(note && findCosignature(note, key)).toBeDefined()
  expect((await inclusionFor(deps(), agencyId, [])).checkpoint).toBe(published)
  const { pool } = installation
  const none = await logState({ store: { pool }, logFolder, signer, witnesses: NO_WITNESSES })
  expect(none).toMatchObject({
    anchoring: 'TIMESTAMPED',
    stamped: { authority: 'Test TSA' },
    mmdSeconds: 60,
    witnesses: { named: 0, size: 0 },
  })
  const state = await logState({ store: { pool }, logFolder, signer, witnesses: again.policy })
  expect(state).toMatchObject({ origin: 'test.invalid/log/1', anchoring: 'WITNESSED' })
  const { confirmed, named, size, each } = state.witnesses
  expect([confirmed, named, size]).toEqual([1, 1, state.size])
  expect(each).toMatchObject([{ name: 'sfj', vkey: again.vkey, size }])
  expect(state.checkpoint).toContain(state.rootHash)
  // After a restart neither remembers the other; the witness says where it is.
  await keeper?.stop()
  await start([...here.policy.peers, ...again.policy.peers])
  await waitForInclusion(deps(), agencyId, [await addTo(randomUUID(), 0)])
  await vi.waitFor(async () => expect(await linesUnder()).toBe(3), { timeout: 10_000 })
  await here.close()
  await again.close()
})

test('a witness that was away and then says no is heard', async () => {
  await keeper?.stop()
  const { vkey } = await signer.status()
  const away = await startTestWitness(installation.dataDir, vkey, { name: 'court.test.invalid/1' })
  await away.close()
  await start(away.policy.peers)
  await vi.waitFor(() => expect(told).toEqual([expect.stringContaining('fetch failed')]), { timeout: 10_000 })
  const refusing = createServer((_request, response) => void response.writeHead(422).end())
  refusing.listen(Number(new URL(away.url).port), '127.0.0.1')
  await vi.waitFor(() => expect(told.at(-1)).toContain('不一致'), { timeout: 10_000 })
  expect(told).toHaveLength(2)
  const { pool, dataDir } = installation
  const named = { pool, dataDir, witnesses: away.policy.peers.map((p) => p.key.name) }
  await vi.waitFor(async () => expect((await readiness(named))['witnesses']).toMatchObject({ ok: false }), {
    timeout: 60_000,
  })
  // So does a signer that cannot reach its key, before anything has waited too long.
  const pulledOut = { ...named, signer: async () => ({ trouble: '没有插上' }) }
  expect((await readiness(pulledOut))['signer']).toEqual({ ok: false, detail: '没有插上' })
  const { witnesses } = await logState({ store: { pool }, logFolder, signer, witnesses: away.policy })
  expect(witnesses.each).toMatchObject([{ refused: { status: 422 } }])
  refusing.closeAllConnections()
  await new Promise((done) => void refusing.close(done))
  const port = Number(new URL(away.url).port)
  const again = await startTestWitness(installation.dataDir, vkey, { name: 'court.test.invalid/1', port })
  await vi.waitFor(async () => expect((await readiness(named))['witnesses']).toMatchObject({ ok: true }), {
    timeout: 20_000,
  })
  await again.close()
})

test('a record that was changed, or put back to an older state, halts the log instead of being signed', async () => {
  await keeper?.stop()
  const admin = await installation.connectAs('admin')
  // Only a superuser can: triggers off for this session.
  await admin.query('SET session_replication_role = replica')
  await admin.query('DELETE FROM log.cosignature')
  await admin.query('DELETE FROM log.checkpoint WHERE size > 100')
  await admin.query('DELETE FROM log.leaf WHERE leaf_index >= 100')
  await admin.query('UPDATE log.state SET size = 100')
  await rm(logFolder, { recursive: true })
  const halted = await start()
  await vi.waitFor(() => expect(halted.halted()).toContain('旧备份'), { timeout: 10_000 })
})
