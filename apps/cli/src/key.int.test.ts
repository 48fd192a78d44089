import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest'
import { parseNote, parseVkey, checkNote } from '@liuhen/ledger/note'
import { readKeysFile } from '@liuhen/ledger/keys/file'
import { verifyInclusion } from '@liuhen/ledger/merkle'
import { readReceipt } from '@liuhen/ledger/receipt'
import { backup } from '../../server/src/backup/backup.ts'
import { fsck } from '../../server/src/fsck/fsck.ts'
import { append } from '../../server/src/event-store/append.ts'
import { diskBlobStore } from '../../server/src/blobs/disk-blob-store.ts'
import { revokeKey, rotateKey, type KeyWork } from '../../server/src/ledger/change-key.ts'
import { openRing } from '../../server/src/ledger/key-ring.ts'
import { keysForPackage } from '../../server/src/ledger/published-keys.ts'
import { logState } from '../../server/src/log-query/log-state.ts'
import { NO_WITNESSES } from '../../server/src/ledger/witness-policy.ts'
import { waitForInclusion } from '../../server/src/ledger/inclusion.ts'
import { startLogKeeper, type LogKeeper } from '../../server/src/ledger/log-keeper.ts'
import { openSigner, type Signer } from '../../server/src/ledger/signer.ts'
import { logCheckers, type Said } from '../../../test/test-log-checkers.ts'
import { makeTestToken, type TestToken } from '../../../test/test-token.ts'
import { tokenKeys } from '../../server/src/ledger/token-keys.ts'
import { checkLogCommand } from './check-log.ts'
import { nodePrimitives } from './node-primitives.ts'
import { testLibrary } from '../../../test/test-agency.ts'
import { createTestInstallation, testActor, type TestInstallation } from '../../../test/test-installation.ts'

const ORIGIN = 'test.invalid/log/1'
const AGENCY = 'agency-a'
const LIUHEN = join(import.meta.dirname, 'liuhen.ts')
const HOW_TO = join(import.meta.dirname, '../../../docs/how-to/keep-the-log-key.md')

let x: TestInstallation
let signer: Signer
let keeper: LogKeeper
let logFolder = ''
let token: TestToken
let environment: Record<string, string> = {}
beforeAll(async () => {
  x = await createTestInstallation()
  logFolder = join(x.dataDir, 'log')
  const owner = await x.connectAs('owner')
  await owner.query(`INSERT INTO app.installation (id, kind, origin) VALUES ($1, 'real', $2)`, [
    randomUUID(),
    ORIGIN,
  ])
  // As the running installation has them: the commands change the keys beside it.
  const signing = { folder: join(x.dataDir, 'signer'), origin: ORIGIN }
  await openSigner(signing)
  // Its key is in a file, and stays there although a token is configured now, until the log changes to it.
  token = makeTestToken(x.dataDir, 'a2')
  signer = await openSigner({ ...signing, token: tokenKeys(token.settings, ORIGIN) })
  keeper = await startLogKeeper({
    url: x.urls.sequencer,
    folder: logFolder,
    signer,
    log: { info: () => undefined, error: () => undefined },
  })
  const { adminUrl, secret } = inject('postgres')
  const url = new URL(adminUrl)
  url.pathname = new URL(x.urls.app).pathname
  environment = {
    LIUHEN_DATA: x.dataDir,
    DATABASE_URL: url.href,
    LIUHEN_DATABASE_SECRET: secret,
    ...token.environment,
  }
})
afterAll(async () => {
  await keeper.stop()
  await x.close()
})

/** One event, under a checkpoint. */
const write = async (): Promise<void> => {
  const event = {
    type: 'Noted',
    schemaVersion: 1,
    occurredAt: '2026-03-02T09:00:00+08:00',
    data: { public: { n: 1 } },
  }
  const done = await append(x.store, {
    commandId: randomUUID(),
    agencyId: AGENCY,
    actor: testActor(AGENCY),
    appends: [{ streamType: 'case', streamId: randomUUID(), expectedVersion: 0, events: [event] }],
  })
  if ('refused' in done) throw new Error(done.code)
  await waitForInclusion(
    { pool: x.pool, logFolder },
    AGENCY,
    done.events.map((e) => e.id),
  )
}

/** Which of these keys signed the newest checkpoint; the file that shows it is written a moment later. */
const signers = async (vkeys: readonly string[]): Promise<readonly boolean[]> => {
  const { rows } = await x.pool.query<{ note: string }>(
    'SELECT note FROM log.published ORDER BY size DESC LIMIT 1',
  )
  const note = parseNote(rows[0]?.note ?? '')
  return vkeys.map((vkey) => {
    const key = parseVkey(vkey)
    return note !== undefined && key !== undefined && checkNote(note, key) === 'verified'
  })
}

const soundness = async () => {
  const { vkey, size, root } = await signer.status()
  const blobRoot = join(x.dataDir, 'blobs')
  const report = await fsck({
    owner: await x.connectAs('owner'),
    logFolder,
    vkey,
    highWater: { size, root },
    blobs: { pool: x.pool, store: diskBlobStore(blobRoot), root: blobRoot },
    projections: [],
    library: testLibrary(),
  })
  return report.findings
}

/** The commands of the how-to, in its order: they are the drill. */
const commandsOf = async (): Promise<readonly string[]> =>
  (await readFile(HOW_TO, 'utf8'))
    .split('\n')
    .filter((line) => line.startsWith('        liuhen '))
    .map((line) => line.trim())

const shell = async (command: string, more: Record<string, string> = {}): Promise<string> => {
  const words = `liuhen() { "${process.execPath}" "${LIUHEN}" "$@"; }\n${command}`
  const env = { ...process.env, ...environment, ...more }
  return (await promisify(execFile)('sh', ['-c', words], { env })).stdout
}

test('the drill of the how-to: made known, changed, followed, taken back', async () => {
  await write()
  const [status, create, rotate, checkOld, checkNew, revoke, ...rest] = await commandsOf()
  expect(rest).toEqual([])
  const old = (await signer.status()).vkey
  const promised = { acceptedAt: '2026-03-02T01:00:00.000Z', leafHashes: [new Uint8Array(32)] }

  const asked = await shell(status!)
  expect(asked).toContain(`■ 现用\n  公钥：${old}`)
  expect(asked).toMatch(/；已签署至第 \d+ 条\n/)
  const next = /公钥：(\S+)/.exec(await shell(create!))?.[1] ?? ''
  await write()
  expect(await signers([old, next])).toEqual([true, false])

  expect(await shell(rotate!)).toContain(`log ${next}`)
  // The checkpoint over the rotation itself has both lines, and so has what comes after.
  expect(await signers([old, next])).toEqual([true, true])
  await write()
  expect(await signers([old, next])).toEqual([true, true])
  expect((await signer.status()).vkey).toBe(next)
  expect(await soundness()).toEqual([])
  const { size, root } = await signer.status()
  const packaged = readKeysFile((await keysForPackage(logFolder, size))!, {
    hashes: nodePrimitives,
    stands: (claim) => verifyInclusion(nodePrimitives.sha256, { ...claim, size, root }),
  })
  expect(packaged).toMatchObject({ ok: true, value: [{ change: { kind: 'rotation' } }] })
  // Whoever has a package under the old key finds it among the keys that are published.
  const said = () => logState({ store: x, logFolder, signer, witnesses: NO_WITNESSES })
  expect((await said()).keys).toMatchObject([
    { vkey: next, state: 'current' },
    { vkey: old, state: 'overlap', signsUntil: expect.stringMatching(/^\d{4}-/) },
  ])
  const receipt = await signer.receipt(promised)
  expect([old, next].map((v) => readReceipt(receipt, parseVkey(v)!)?.origin)).toEqual([ORIGIN, ORIGIN])

  const keys = { OLD_VKEY: old, NEW_VKEY: next }
  const told = (await signer.status()).size
  await vi.waitFor(
    async () => expect(await readFile(join(logFolder, 'checkpoint'), 'utf8')).toContain(`\n${told}\n`),
    { timeout: 10_000 },
  )
  const verdict = `OK ${ORIGIN} ${told} entries`
  const asStranger = async () =>
    Promise.all([checkOld!, checkNew!].map(async (c) => (await shell(c, keys)).trimEnd().split('\n')))
  const followed = expect.stringMatching(/^您给出的公钥已依日志第 \d+ 条的换钥登记换为 /)
  expect(await asStranger()).toEqual([[followed, verdict], [verdict]])

  // The overlap is over as soon as the old key is taken back.
  const fingerprint = /指纹：(\w+)/.exec(await shell(status!))?.[1] ?? ''
  const since = new Date(Date.now() - 1).toISOString()
  const taken = await shell(revoke!, { OLD_FINGERPRINT: fingerprint, SINCE: since })
  expect(taken).toMatch(new RegExp(`^revoked ${old.replaceAll(/[+/.]/g, String.raw`\$&`)} \\d+ \\d{4}-`, 'm'))
  await write()
  expect(await signers([old, next])).toEqual([false, true])
  expect(await soundness()).toEqual([])
  expect((await said()).keys).toMatchObject([
    { vkey: next },
    { vkey: old, state: 'revoked', revokedSince: expect.stringMatching(/^\d{4}-/) },
  ])
  // Who knows only the key that was taken back cannot take the new one on its word.
  await expect(shell(checkOld!, keys)).rejects.toMatchObject({ stdout: expect.stringContaining('revoked') })
  await expect(shell(checkNew!, keys)).resolves.toContain('OK')
  // So do those that have no line of ours.
  const others = await logCheckers(x.dataDir)
  expect(codesOf(await others.ask(logFolder, old))).toEqual({ ours: 1, Go: 1, Python: 1 })
  expect(codesOf(await others.ask(logFolder, next))).toEqual({ ours: 0, Go: 0, Python: 0 })
})

const codesOf = (said: Record<string, Said>): Record<string, number> =>
  Object.fromEntries(Object.entries(said).map(([name, { code }]) => [name, code]))

/** Commands that lose the database before their statement is in the log. */
const brokenOff = async (): Promise<KeyWork> => {
  const signing = { folder: join(x.dataDir, 'signer'), origin: ORIGIN }
  const keys = { token: tokenKeys(token.settings, ORIGIN) }
  return {
    origin: ORIGIN,
    signerFolder: signing.folder,
    logFolder,
    ...keys,
    ring: await openRing({ ...signing, isNew: false, ...keys }),
    signer,
    pool: x.pool,
    owner: { query: () => Promise.reject(new Error('gone')) },
    clock: x.store.clock,
    sequencerUrl: x.urls.sequencer,
    nowMs: Date.now(),
  }
}

test('a change into a token that broke off is told, and finished by the same command', async () => {
  const { ring, ...work } = await brokenOff()
  const before = (await signer.status()).vkey
  await expect(
    rotateKey({ ...work, ring }, { reason: '断电', overlapDays: 30, tokenKey: 'a2' }),
  ).rejects.toThrow('gone')
  const next = (await ring.read()).keys.find((k) => k.state === 'introduced')?.vkey ?? ''
  await write()
  expect(await signers([before, next])).toEqual([true, true])
  expect((await signer.status()).vkey).toBe(before)
  const [status, , rotate] = await commandsOf()
  await expect(shell(status!)).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining('没有做完') })
  await shell(rotate!)
  expect((await signer.status()).vkey).toBe(next)
  await write()
  expect(await signers([before, next])).toEqual([true, true])
  const owner = await x.connectAs('owner')
  const { rows } = await owner.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM record.event WHERE type = 'LogKeyRotated'`,
  )
  expect(rows[0]?.n).toBe(2)
})

test('a backup holds the published log with how its keys changed', async () => {
  const target = join(x.dataDir, 'backup')
  const { vkey, vkeys } = await signer.status()
  await backup(
    {
      urls: x.urls,
      dataDir: x.dataDir,
      blobs: diskBlobStore(join(x.dataDir, 'blobs')),
      vkey,
      now: '2026-04-22T10:00:00+08:00',
    },
    target,
  )
  const say = { out: () => undefined, err: () => undefined }
  // The key before the present one is followed there too.
  expect(await checkLogCommand(join(target, 'log'), vkeys[1] ?? '', say)).toBe(0)
  const keys = await readFile(join(target, 'log', 'keys.json'))
  expect(keys.equals(await readFile(join(logFolder, 'keys.json')))).toBe(true)
})

test('what was asked for is done after what had been left unfinished', async () => {
  const work = await brokenOff()
  const states = async () => {
    const { keys } = await work.ring.read()
    return (vkey: string | undefined) => keys.find((k) => k.vkey === vkey)?.state
  }
  const first = (await signer.status()).vkey
  await expect(rotateKey(work, { reason: '断电', overlapDays: 30 })).rejects.toThrow('gone')
  const next = (await work.ring.read()).keys.find((k) => k.state === 'introduced')?.vkey ?? ''
  const said = await shell(`liuhen key revoke '${first}' --reason 失窃`)
  expect(said).toContain(`log ${next}\n`)
  expect(said).toContain(`revoked ${first} `)
  expect((await states())(first)).toBe('revoked')
  expect((await states())(next)).toBe('current')
  // It may come out later that the key was taken earlier, and nothing takes that back.
  const known = { ...work, owner: await x.connectAs('owner') }
  const again = (since: string) => revokeKey(known, { vkey: first, since, reason: '查明' })
  await expect(again(new Date().toISOString())).rejects.toThrow('已经自')
  expect(await again('2026-01-02T00:00:00.000Z')).toMatchObject([{ since: '2026-01-02T00:00:00Z' }])
  await expect(again('2026-01-03T00:00:00.000Z')).rejects.toThrow('已经自 2026-01-02T00:00:00Z 起吊销')

  // The other way round, with what the first needs of the database alone there.
  await shell('liuhen key rotate --reason 再换')
  const query = ((sql: string) =>
    sql.includes('log.checkpoint')
      ? Promise.resolve({ rows: [{ size: 1 }] })
      : Promise.reject(new Error('gone'))) as KeyWork['owner']['query']
  const since = new Date().toISOString()
  const half = { ...work, owner: { query } }
  await expect(revokeKey(half, { vkey: next, since, reason: '断电' })).rejects.toThrow('gone')
  const third = JSON.parse(await shell('liuhen --json key rotate --reason 三换')) as Record<string, unknown>
  expect(third).toMatchObject({
    change: 'rotation',
    policy: `log ${(await signer.status()).vkey}`,
    place: expect.stringMatching(/^file:/),
    finished: [{ change: 'revocation', policy: expect.stringContaining(`revoked ${next} `) }],
  })
})

test('the key that waits is not taken for one that lies elsewhere', async () => {
  const before = (await signer.status()).vkey
  expect(await shell('liuhen key create')).toMatch(/^所在：file:/m)
  await expect(shell('liuhen key rotate --token b3 --reason 改存')).rejects.toMatchObject({
    stderr: expect.stringContaining('不在 token:b3'),
  })
  expect((await signer.status()).vkey).toBe(before)
  expect(await shell('liuhen key rotate --reason 换钥')).toMatch(/^所在：file:/m)
})

test('a change is shown before it is forgotten that it was begun', async () => {
  const work = await brokenOff()
  const owner = await x.connectAs('owner')
  const write: KeyWork['ring']['write'] = (ring) =>
    ring.pending === undefined && ring.keys.every((k) => k.state !== 'prepared')
      ? Promise.reject(new Error('no power'))
      : work.ring.write(ring)
  const asked = { reason: '断电', overlapDays: 30 }
  const weak = { ...work, owner, ring: { ...work.ring, write } }
  await expect(rotateKey(weak, asked)).rejects.toThrow('no power')
  const { keys, pending } = await work.ring.read()
  expect(pending).toBeDefined()
  const next = keys.find((k) => k.state === 'introduced')?.vkey ?? ''
  expect(await readFile(join(logFolder, 'vkey'), 'utf8')).toBe(`${next}\n`)
})
