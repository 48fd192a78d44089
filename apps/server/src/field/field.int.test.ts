import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FieldCase, FieldSessionRow } from '@liuhen/api/routes/field'
import type { RecordingView } from '@liuhen/api/routes/recordings'
import type { Actor, Role } from '@liuhen/domain/event'
import type { Manifest } from '@liuhen/domain/recording/events'
import { isRefusal } from '@liuhen/domain/refusal'
import { fingerprintOf } from '@liuhen/ledger/chain/device-key'
import { sampleChain, sampleKey } from '@liuhen/ledger/chain/sample-chain'
import { createCaseInstallation, foundTestAgency, registerTestPerson } from '../../../../test/test-agency.ts'
import { fileTestCase } from '../../../../test/test-filing.ts'
import { manifestOf } from '../../../../test/upload-installation.ts'
import { uploadFile } from '../../../cli/src/upload-client.ts'
import { hashPassword } from '../auth/password.ts'
import { signIn } from '../auth/sign-in.ts'
import { startDigester } from '../blobs/digest-file.ts'
import { diskBlobStore } from '../blobs/disk-blob-store.ts'
import { buildApp } from '../http/build-app.ts'
import { recordingBindings, uploadDeps, uploadPlugin } from '../recording/bindings.ts'
import { checkChain } from '../recording/check-chain.ts'
import type { RecordingDeps } from '../recording/recording-deps.ts'
import { recordingProjection } from '../recording/recording-projection.ts'
import { fieldBindings } from './bindings.ts'
import { listDeviceKeys } from './device-keys.ts'
import { fieldProjection } from './project-field.ts'
import { remindOfSessions } from './sessions.ts'

const AGENCY = '114201120001'
const PASSWORD = 'Lang-genug-2026'
const SESSION = '0190f3a0-0000-7000-8000-00000000000a'
const PIECES = Array.from({ length: 4 }, (_, i) => new Uint8Array(50_000).fill(i + 1))
const KEY = sampleKey('one')
const AS_SIGNED = {
  session: { id: SESSION, segment: 1 },
  madeFrom: '2026-03-10T10:00:00+08:00',
  madeTo: '2026-03-10T10:00:15+08:00',
}
let x: Awaited<ReturnType<typeof createCaseInstallation>>
let deps: RecordingDeps
let app: FastifyInstance
let baseUrl: string
let caseId: string
const people: Record<string, Actor> = {}
const cookies: Record<string, string> = {}

const account = async (key: string, name: string, role: Role, certNo?: string) => {
  const cert = certNo === undefined ? {} : { certNo }
  const actor = await registerTestPerson(x.deps.store, AGENCY, { name, roles: [role], ...cert })
  const owner = await x.test.connectAs('owner')
  const login = `u${randomUUID().slice(0, 8)}`
  await owner.query(
    `INSERT INTO app.account (user_id, agency_id, person_id, login, name, password_hash, roles, must_change)
     VALUES ($1, $2, $3, $4, $5, $6, $7, false)`,
    [actor.userId, AGENCY, actor.personId, login, name, await hashPassword(PASSWORD), [role]],
  )
  const done = await signIn(x.test, { login, password: PASSWORD, address: 'test' })
  if (isRefusal(done)) throw new Error('refused')
  people[key] = actor
  cookies[key] = `liuhen_session=${done.token}`
  return actor
}

beforeAll(async () => {
  x = await createCaseInstallation('2026-03-10T10:10:00+08:00')
  await foundTestAgency(x.deps.store, AGENCY)
  const officer = await account('officer', '王建国', 'officer', '42011200001')
  const partner = await account('partner', '李卫东', 'officer', '42011200002')
  const head = await account('head', '陈中队', 'unit-head')
  const chief = await account('chief', '周主任', 'agency-head')
  await account('custodian', '钱保管', 'av-custodian')
  await account('supervisor', '马监督', 'supervisor')
  caseId = (await fileTestCase(x.deps, { officer, partner, head, chief })).caseId
  const root = join(x.test.dataDir, 'blobs')
  const projections = [...x.deps.store.projections, recordingProjection, fieldProjection]
  deps = {
    ...x.deps,
    store: { ...x.deps.store, projections },
    blobs: { pool: x.test.pool, store: diskBlobStore(root), root },
    digester: startDigester(1),
  }
  app = await buildApp({
    store: deps.store,
    dataDir: x.test.dataDir,
    logFolder: join(x.test.dataDir, 'log'),
    bindings: [...recordingBindings(deps), ...fieldBindings(deps)],
    plugins: [uploadPlugin(uploadDeps(deps))],
  })
  baseUrl = await app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(async () => {
  await app.close()
  await deps.digester.close()
  await x.test.close()
})

const ask = (who: string, method: string, path: string, body?: unknown) =>
  fetch(`${baseUrl}/api${path}`, {
    method,
    headers: {
      cookie: cookies[who] ?? '',
      ...(method === 'POST' && { 'idempotency-key': randomUUID(), 'content-type': 'application/json' }),
    },
    ...(method === 'POST' && { body: JSON.stringify(body ?? {}) }),
  })
const post = async (who: string, path: string, body?: unknown) => {
  const answer = await ask(who, 'POST', path, body)
  return {
    status: answer.status,
    ...((await answer.json()) as { id?: string; code?: string; version?: number }),
  }
}
const read = async <T>(who: string, path: string): Promise<T> =>
  (await (await ask(who, 'GET', path)).json()) as T
const view = (id: string) => read<RecordingView>('officer', `/recordings/${id}`)
const sessions = async (who: string, query = '') =>
  (await read<{ items: FieldSessionRow[] }>(who, `/field/sessions${query}`)).items

const fileOf = async (bytes: Uint8Array, name = 'take.webm'): Promise<string> => {
  const path = join(await mkdtemp(join(x.test.dataDir, 'take-')), name)
  await writeFile(path, bytes)
  return path
}

const send = async (bytes: Uint8Array, chain: Uint8Array, said: Partial<Manifest> = {}): Promise<string> => {
  const { officer } = people
  if (officer === undefined) throw new Error('an officer')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const file = { sha256, sizeBytes: bytes.length }
  const more = { ...AS_SIGNED, mime: 'video/webm', fileName: 'take.webm', ...said }
  const { id = '' } = await post('officer', '/recordings', manifestOf(officer, file, more))
  const kept = await post('officer', `/recordings/${id}/chain`, {
    chain: Buffer.from(chain).toString('utf8'),
  })
  expect(kept.status).toBe(200)
  const path = await fileOf(bytes)
  await uploadFile({ baseUrl, headers: { cookie: cookies['officer'] ?? '' }, recordingId: id, path })
  await checkChain(deps, { recordingId: id, agencyId: AGENCY })
  return id
}

describe('a phone that records', () => {
  let whole: string
  let keyId: string
  const chain = sampleChain(PIECES, { session: SESSION, key: KEY })

  test('gets its key from an officer, and another person vouches for it', async () => {
    const body = { publicKey: KEY.spki, label: '王建国的手机' }
    const asked = await post('officer', '/field/keys', body)
    expect(asked).toMatchObject({ status: 200, version: 1 })
    expect(await post('officer', '/field/keys', body)).toMatchObject({ id: asked.id, version: 1 })
    keyId = asked.id ?? ''
    expect((await post('officer', `/field/keys/${keyId}/approve`)).status).toBe(403)
    const { items } = await read<{ items: { fingerprint: string; can: { approve: unknown } }[] }>(
      'custodian',
      '/field/keys',
    )
    expect(items).toMatchObject([{ fingerprint: fingerprintOf(KEY.spki), can: { approve: true } }])
    expect((await read<{ items: unknown[] }>('partner', '/field/keys')).items).toEqual([])
    const { partner } = people
    const seenAs = async (role: Role) =>
      partner && (await listDeviceKeys(deps, { ...partner, roles: ['officer', role] })).items.length
    expect([await seenAs('legal-reviewer'), await seenAs('security-admin')]).toEqual([0, 1])
  })

  test('is believed only after that: the same film reads first as an ingest hash, then as sound', async () => {
    whole = await send(Buffer.concat(PIECES), chain.file)
    expect((await view(whole)).chain?.check).toMatchObject({
      verdict: 'ingest-hash-only',
      keyStatus: 'requested',
      segments: 4,
    })
    expect((await post('custodian', `/field/keys/${keyId}/approve`)).status).toBe(200)
    await checkChain(deps, { recordingId: whole, agencyId: AGENCY })
    const { version, chain: sound } = await view(whole)
    expect(sound?.check).toMatchObject({ verdict: 'ok', findings: [], closed: { why: 'finished' } })
    await checkChain(deps, { recordingId: whole, agencyId: AGENCY })
    expect((await view(whole)).version).toBe(version)
  })

  test('is held against what it was registered as, and against the case where it is filed', async () => {
    const about = { case: 'another', step: 'inspection' }
    const own = { key: KEY, session: randomUUID(), chain: randomUUID() }
    const { file } = sampleChain(PIECES, { ...own, about })
    const id = await send(Buffer.concat(PIECES), file, {
      session: { id: own.session, segment: 1 },
      medium: 'audio',
      madeFrom: '2026-03-10T09:00:00+08:00',
    })
    const found = async () => (await view(id)).chain?.check
    const unlike = (n: number, of: string) => ({ fault: 'unlike', from: n, to: n, of })
    expect(await found()).toMatchObject({
      verdict: 'unlike',
      findings: [unlike(0, 'begun'), unlike(0, 'medium')],
    })
    const link = { caseId, step: 'inspection', scene: 'general-enforcement' }
    expect(await post('officer', `/recordings/${id}/link`, link)).toMatchObject({ status: 200 })
    await checkChain(deps, { recordingId: id, agencyId: AGENCY })
    expect((await found())?.findings).toContainEqual(unlike(0, 'case'))
  })

  test('and registered twice is told of at both', async () => {
    expect((await view(whole)).chain?.alsoUnder).toEqual([])
    const cut = Buffer.from(chain.lines.slice(0, -1).join(''))
    const again = await send(Buffer.concat(PIECES), cut, { fileName: 'again.webm' })
    expect((await view(again)).chain?.alsoUnder).toEqual([{ id: whole, fileName: 'take.webm' }])
    expect((await view(whole)).chain?.alsoUnder).toEqual([{ id: again, fileName: 'again.webm' }])
  })

  test('keeps one chain for a recording, however often it is sent', async () => {
    const again = await post('officer', `/recordings/${whole}/chain`, {
      chain: Buffer.from(chain.file).toString('utf8'),
    })
    expect(again.status).toBe(200)
    const other = await post('officer', `/recordings/${whole}/chain`, { chain: chain.lines[0] })
    expect(other).toMatchObject({ status: 409, code: 'duplicate' })
  })

  test.each([
    ['altered', Buffer.concat([Buffer.from([9]), Buffer.concat(PIECES).subarray(1)]), chain.lines],
    ['unterminated', Buffer.concat(PIECES), chain.lines.slice(0, -1)],
    ['spliced', Buffer.concat([...PIECES, Buffer.from('more')]), chain.lines],
    ['gap', Buffer.concat(PIECES.slice(0, 3)), chain.lines],
    ['reordered', Buffer.concat([0, 2, 1, 3].map((i) => PIECES[i] ?? Buffer.of())), chain.lines],
  ])('that comes %s is kept and says so', async (verdict, bytes, lines) => {
    const id = await send(bytes, Buffer.from(lines.join('')))
    expect((await view(id)).chain?.check?.verdict).toBe(verdict)
  })

  test('that does not sign has no chain, and none is made up', async () => {
    const { officer } = people
    if (officer === undefined) throw new Error('an officer')
    const plain = manifestOf(officer, { sha256: 'a'.repeat(64), sizeBytes: 3 })
    const { id = '' } = await post('officer', '/recordings', plain)
    await checkChain(deps, { recordingId: id, agencyId: AGENCY })
    expect((await view(id)).chain).toBeUndefined()
    expect((await ask('officer', 'GET', `/recordings/${id}/chain`)).status).toBe(404)
  })

  test('leaves files that a script with none of our code finds sound', async () => {
    const exported = Buffer.from(
      await (await ask('officer', 'GET', `/recordings/${whole}/chain`)).arrayBuffer(),
    )
    const script = join(import.meta.dirname, '../../../../vectors/check-chain.py')
    const check = async (media: Uint8Array) => {
      const paths = [await fileOf(exported, 'chain.txt'), await fileOf(media)]
      const done = spawnSync('python3', [script, ...paths, fingerprintOf(KEY.spki)], { encoding: 'utf8' })
      return [done.status, JSON.parse(done.stdout).verdict]
    }
    expect(await check(Buffer.concat(PIECES))).toEqual([0, 'ok'])
    expect(await check(Buffer.concat(PIECES.toReversed()))).toEqual([1, 'reordered'])
  })

  test('whose key was stopped is believed no more', async () => {
    const body = { reason: '手机丢失' }
    expect((await post('partner', `/field/keys/${keyId}/revoke`, body)).status).toBe(403)
    expect((await post('officer', `/field/keys/${keyId}/revoke`, body)).status).toBe(200)
    const id = await send(Buffer.concat(PIECES), chain.file)
    expect((await view(id)).chain?.check).toMatchObject({ verdict: 'ingest-hash-only', keyStatus: 'revoked' })
  })
})

describe('what a phone announces', () => {
  const session = randomUUID()
  const announcement = {
    session,
    medium: 'video',
    key: fingerprintOf(KEY.spki),
    begunAt: '2026-03-10T10:09:00+08:00',
  }
  let id: string

  test('is known from then on, to its officer and to those who watch', async () => {
    id = (await post('officer', '/field/sessions', { ...announcement, about: { caseId } })).id ?? ''
    expect(await post('officer', '/field/sessions', announcement)).toMatchObject({ id, version: 1 })
    expect(await sessions('supervisor')).toMatchObject([{ id, state: 'recording', storedTakes: 0 }])
    expect(await sessions('partner')).toEqual([])
    expect(
      (await post('partner', `/field/sessions/${id}/end`, { takes: 0, endedAt: announcement.begunAt })).code,
    ).toBe('not-found')
    const end = { takes: 1, endedAt: '2026-03-10T10:10:00+08:00' }
    expect((await post('officer', `/field/sessions/${id}/end`, end)).status).toBe(200)
    expect(await sessions('officer')).toMatchObject([{ state: 'coming', takes: 1 }])
  })

  test('and never comes is told after a day, three and five, once each, by the clock of the record', async () => {
    expect(await sessions('supervisor', '?late=true')).toEqual([])
    for (const [at, day] of [
      ['2026-03-11T10:10:00+08:00', 1],
      ['2026-03-13T10:10:00+08:00', 3],
      ['2026-03-15T10:10:00+08:00', 5],
    ] as const) {
      x.clock.at = at
      await remindOfSessions(deps, AGENCY)
      const { version = 0 } = (await sessions('supervisor', '?late=true'))[0] ?? {}
      // In another hour the job is another command: what keeps it from telling twice is the session itself.
      x.clock.at = at.replace('T10:', 'T13:')
      await remindOfSessions(deps, AGENCY)
      expect(await sessions('supervisor', '?late=true')).toMatchObject([{ id, lateDays: day, version }])
    }
    expect((await sessions('supervisor'))[0]?.version).toBe(5)
  })

  test('is missed no more when somebody who answers for it says why it cannot come', async () => {
    const body = { reason: '手机损毁，无法恢复' }
    expect((await post('officer', `/field/sessions/${id}/give-up`, body)).status).toBe(403)
    expect((await post('head', `/field/sessions/${id}/give-up`, body)).status).toBe(200)
    expect(await sessions('supervisor', '?late=true')).toEqual([])
    expect(await sessions('supervisor')).toMatchObject([{ state: 'given-up', givenUp: body.reason }])
  })
})

test('an officer gets the own cases with steps, scenes and what the texts want of a film', async () => {
  const { items } = await read<{ items: FieldCase[] }>('officer', '/field/work')
  expect(items.map((c) => c.id)).toEqual([caseId])
  const [work] = items
  expect(work?.steps.length).toBeGreaterThan(0)
  expect(work?.wants.keyContent.map((k) => k.citations[0]?.clause)).toContain('zml-17-1')
  expect(work?.wants.interruption[0]).toMatchObject({ spoken: true, statement: 'written' })
})
