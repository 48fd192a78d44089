import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fromBase64, toBase64, utf8 } from '@liuhen/ledger/bytes'
import { parseCheckpoint } from '@liuhen/ledger/checkpoint'
import { commit } from '@liuhen/ledger/commitment'
import { sha256 } from '@liuhen/ledger/hashes'
import { leafHash, parseLeaf } from '@liuhen/ledger/leaf'
import { verifyConsistency, verifyInclusion } from '@liuhen/ledger/merkle'
import { checkNote, parseNote, parseVkey } from '@liuhen/ledger/note'
import { parseTlogProof } from '@liuhen/ledger/tlog-proof'
import { createTestInstallation, testActor, type TestInstallation } from '../../../test/test-installation.ts'
import { disclosureProjection } from '../../server/src/disclosure/project-disclosure.ts'
import { append } from '../../server/src/event-store/append.ts'
import { waitForInclusion } from '../../server/src/ledger/inclusion.ts'
import { startLogKeeper, type LogKeeper } from '../../server/src/ledger/log-keeper.ts'
import { openSigner, type Signer } from '../../server/src/ledger/signer.ts'
import { buildPortal } from './app.ts'
import { logFiles } from './log-files.ts'

const AGENCY = 'a1'
const disclosureId = randomUUID()
const summary = {
  decisionNo: '走街罚决〔2026〕3号',
  agency: '走马岭街道办事处',
  party: '王某某',
  partyKind: 'person',
  violation: '占用消防通道',
  penalty: '罚款人民币500元',
  basis: '《中华人民共和国消防法》第六十条',
  decidedOn: '2026-04-20',
}

let installation: TestInstallation
let signer: Signer
let keeper: LogKeeper
let pool: pg.Pool
let portal: FastifyInstance

const get = (url: string) => portal.inject({ method: 'GET', url })
const publish = (id: string, said: object) =>
  append(installation.store, {
    commandId: randomUUID(),
    agencyId: AGENCY,
    actor: testActor(AGENCY),
    appends: [
      {
        streamType: 'case',
        streamId: randomUUID(),
        expectedVersion: 0,
        events: [
          {
            type: 'DisclosurePublished',
            schemaVersion: 1,
            occurredAt: '2026-04-22T10:00:00+08:00',
            data: {
              public: { disclosureId: id, documentId: randomUUID(), summary: said, channel: 'portal' },
            },
          },
        ],
      },
    ],
  })

beforeAll(async () => {
  installation = await createTestInstallation({ projections: [disclosureProjection] })
  const logFolder = join(installation.dataDir, 'log')
  signer = await openSigner({ folder: join(installation.dataDir, 'signer'), origin: 'test.invalid/log/1' })
  keeper = await startLogKeeper({
    url: installation.urls.sequencer,
    folder: logFolder,
    signer,
    log: { info: () => undefined, error: () => undefined },
  })
  const done = await publish(disclosureId, summary)
  if ('refused' in done) throw new Error(done.code)
  await waitForInclusion(
    { pool: installation.pool, logFolder },
    AGENCY,
    done.events.map((e) => e.id),
  )
  pool = new pg.Pool({ connectionString: installation.urls.portal, max: 2 })
  // The database is dropped under connections that are still saying goodbye.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const nobody = { logState: () => Promise.resolve(undefined), findByHash: () => Promise.resolve(undefined) }
  portal = await buildPortal({ pool, ask: nobody, log: logFiles(logFolder), perMinute: 10_000 })
})
afterAll(async () => {
  await portal.close()
  await pool.end()
  await keeper.stop()
  await installation.close()
})

test('a reader checks a published summary down to the signed checkpoint with what the portal gives', async () => {
  const record = (await get(`/decisions/${disclosureId}/record.json`)).json<{
    entry: string
    salt: string
    payload: string
    index: number
  }>()
  const leaf = parseLeaf(utf8(record.entry))
  if (!leaf.ok) throw new Error(leaf.why)
  const salt = fromBase64(record.salt) ?? new Uint8Array()
  expect(toBase64(commit(sha256, salt, utf8(record.payload)))).toBe(leaf.value.c.pub)
  expect(JSON.parse(record.payload)).toMatchObject({ summary })

  const proof = parseTlogProof((await get(`/decisions/${disclosureId}/proof.tlog-proof`)).body)
  const note = parseNote(proof?.checkpoint ?? '')
  const checkpoint = parseCheckpoint(note?.text ?? '')
  const key = parseVkey((await signer.status()).vkey)
  if (proof === undefined || note === undefined || checkpoint === undefined || key === undefined)
    throw new Error('the proof cannot be read')
  expect(checkNote(note, key)).toBe('verified')
  const claim = {
    leafHash: leafHash(sha256, utf8(record.entry)),
    index: proof.index,
    proof: proof.hashes,
    ...checkpoint,
  }
  expect(verifyInclusion(sha256, claim)).toBe(true)
  expect((await get(`/decisions/${disclosureId}`)).body).toContain(`序号 ${record.index}`)
})

test('whoever kept a checkpoint gets the proof that the log goes on from it', async () => {
  const old = parseCheckpoint(parseNote((await get('/log/checkpoint')).body)?.text ?? '')
  await publish(randomUUID(), { ...summary, decisionNo: '走街罚决〔2026〕4号' })
  await expect
    .poll(async () => parseCheckpoint(parseNote((await get('/log/checkpoint')).body)?.text ?? '')?.size)
    .toBeGreaterThan(old?.size ?? 0)
  const now = parseCheckpoint(parseNote((await get('/log/checkpoint')).body)?.text ?? '')
  if (old === undefined || now === undefined) throw new Error('no checkpoint')
  const { hashes } = (await get(`/log/consistency?from=${old.size}&to=${now.size}`)).json<{
    hashes: string[]
  }>()
  const proof = hashes.map((h) => fromBase64(h) ?? new Uint8Array())
  const claim = { first: old.size, second: now.size, firstRoot: old.root, secondRoot: now.root, proof }
  expect(verifyConsistency(sha256, claim)).toBe(true)
  for (const query of ['from=1&to=999', 'from=2&to=1', 'from=1', 'from=x&to=1', 'from=01&to=1'])
    expect([query, (await get(`/log/consistency?${query}`)).statusCode]).toEqual([query, 404])
})

test('the log is served under exact names only', async () => {
  expect((await get('/log/checkpoint')).body).toMatch(/^test\.invalid\/log\/1\n/)
  expect((await get('/log/tile/0/000.p/1')).statusCode).toBe(200)
  for (const path of [
    '../signer/key.pem',
    '..%2fsigner%2fkey.pem',
    '0/000.p/1/../../..',
    'entries/000.p/1%00',
    '0/0',
  ])
    expect([path, (await get(`/log/tile/${path}`)).statusCode]).toEqual([path, 404])
})

test('a summary that says more than may be published does not get into the public table', async () => {
  await expect(publish(randomUUID(), { ...summary, idNumber: '420112199001011237' })).rejects.toThrow(
    'idNumber',
  )
  const { rows } = await pool.query<{ n: number }>('SELECT count(*)::int AS n FROM published.decision')
  expect(rows[0]?.n).toBe(2)
})
