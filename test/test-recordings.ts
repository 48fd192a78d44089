import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Actor, Role } from '@liuhen/domain/event'
import { isRefusal } from '@liuhen/domain/refusal'
import { derivativeProjection } from '../apps/server/src/derivative/project-derivative.ts'
import { hashPassword } from '../apps/server/src/auth/password.ts'
import { signIn } from '../apps/server/src/auth/sign-in.ts'
import { startDigester } from '../apps/server/src/blobs/digest-file.ts'
import { diskBlobStore } from '../apps/server/src/blobs/disk-blob-store.ts'
import type { Binding } from '../apps/server/src/http/binding.ts'
import { buildApp } from '../apps/server/src/http/build-app.ts'
import { findMediaTools } from '../apps/server/src/media/run-tool.ts'
import { recordingBindings, uploadDeps, uploadPlugin } from '../apps/server/src/recording/bindings.ts'
import type { RecordingDeps } from '../apps/server/src/recording/recording-deps.ts'
import { recordingProjection } from '../apps/server/src/recording/recording-projection.ts'
import { describeFile, uploadFile } from '../apps/cli/src/upload-client.ts'
import { createCaseInstallation, foundTestAgency, registerTestPerson } from './test-agency.ts'
import { fileTestCase } from './test-filing.ts'
import { manifestOf } from './upload-installation.ts'

export const TEST_AGENCY = '114201120001'
const DEMO = join(import.meta.dirname, '../apps/cli/assets/demo')
export const CLIP = join(DEMO, 'service.mp4')
export const BROKEN = join(DEMO, 'broken.mp4')
const PASSWORD = 'Lang-genug-2026'

type Installation = Awaited<ReturnType<typeof createCaseInstallation>>
type Account = Readonly<{ key: string; name: string; role: Role; certNo?: string; agency?: string }>
const CREW: readonly Account[] = [
  { key: 'officer', name: '王建国', role: 'officer', certNo: '42011200001' },
  { key: 'partner', name: '李卫东', role: 'officer', certNo: '42011200002' },
  { key: 'outsider', name: '吴旁观', role: 'officer', certNo: '42011200003' },
  { key: 'head', name: '陈中队', role: 'unit-head' },
  { key: 'chief', name: '周主任', role: 'agency-head' },
  { key: 'clerk', name: '赵接待', role: 'intake-clerk' },
  { key: 'publisher', name: '李发布', role: 'publisher' },
  { key: 'admin', name: '管理员', role: 'system-admin' },
  { key: 'custodian', name: '钱保管', role: 'av-custodian' },
  { key: 'supervisor', name: '郑监督', role: 'supervisor' },
  { key: 'stranger', name: '孙外人', role: 'av-custodian', agency: '114201120002' },
]

const open = async (x: Installation, a: Account): Promise<Readonly<{ actor: Actor; cookie: string }>> => {
  const { name, role, agency = TEST_AGENCY } = a
  const cert = a.certNo === undefined ? {} : { certNo: a.certNo }
  const actor = await registerTestPerson(x.deps.store, agency, { name, roles: [role], ...cert })
  const owner = await x.test.connectAs('owner')
  const login = `u${randomUUID().slice(0, 8)}`
  await owner.query(
    `INSERT INTO app.account (user_id, agency_id, person_id, login, name, password_hash, roles, must_change)
     VALUES ($1, $2, $3, $4, $5, $6, $7, false)`,
    [actor.userId, agency, actor.personId, login, name, await hashPassword(PASSWORD), [role]],
  )
  const done = await signIn(x.test, { login, password: PASSWORD, address: 'test' })
  if (isRefusal(done)) throw new Error('refused')
  return { actor, cookie: `liuhen_session=${done.token}` }
}

export type TestDeps = RecordingDeps & Readonly<{ derived: { root: string } }>

const depsOf = async (x: Installation): Promise<TestDeps> => {
  const root = join(x.test.dataDir, 'blobs')
  const tools = await findMediaTools(process.env['PATH'] ?? '')
  return {
    ...x.deps,
    store: {
      ...x.deps.store,
      projections: [...x.deps.store.projections, recordingProjection, derivativeProjection],
    },
    blobs: { pool: x.test.pool, store: diskBlobStore(root), root },
    digester: startDigester(1),
    derived: { root: join(x.test.dataDir, 'derived') },
    ...(tools && { tools }),
  }
}

type Answer = Readonly<{ status: number; body: { id?: string; code?: string; reasons?: unknown } }>
export type TestRecordings = Awaited<ReturnType<typeof startTestRecordings>>

/** An agency with a crew, a case that is filed, and the API of recordings; `more` beside them. */
export const startTestRecordings = async (more: (deps: TestDeps) => readonly Binding[] = () => []) => {
  const x = await createCaseInstallation('2026-03-10T10:00:00+08:00')
  await foundTestAgency(x.deps.store, TEST_AGENCY)
  await foundTestAgency(x.deps.store, '114201120002', { name: '另一街道', shortName: '另街' })
  const people: Record<string, Actor> = {}
  const cookies: Record<string, string> = {}
  for (const a of CREW) {
    const { actor, cookie } = await open(x, a)
    people[a.key] = actor
    cookies[a.key] = cookie
  }
  const { officer, partner, head, chief } = people
  if (!officer || !partner || !head || !chief) throw new Error('a crew of four')
  const { caseId } = await fileTestCase(x.deps, { officer, partner, head, chief })
  const deps = await depsOf(x)
  const app = await buildApp({
    store: deps.store,
    dataDir: x.test.dataDir,
    logFolder: join(x.test.dataDir, 'log'),
    bindings: [...recordingBindings(deps), ...more(deps)],
    plugins: [uploadPlugin(uploadDeps(deps))],
  })
  const baseUrl = await app.listen({ port: 0, host: '127.0.0.1' })
  const ask = (who: string, method: string, path: string, body?: unknown, headers = {}) =>
    fetch(`${baseUrl}/api${path}`, {
      method,
      headers: {
        cookie: cookies[who] ?? '',
        ...(method === 'POST' && { 'idempotency-key': randomUUID(), 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const post = async (who: string, path: string, body: unknown): Promise<Answer> => {
    const answer = await ask(who, 'POST', path, body)
    return { status: answer.status, body: await answer.json() }
  }
  /** Registered and sent by who made it; answers its id. */
  const recorded = async (path: string, manifest = {}, maker = 'officer'): Promise<string> => {
    const { id = '' } = (
      await post(
        maker,
        '/recordings',
        manifestOf(people[maker] ?? officer, await describeFile(path), manifest),
      )
    ).body
    await uploadFile({ baseUrl, headers: { cookie: cookies[maker] ?? '' }, recordingId: id, path })
    return id
  }
  const link = (id: string) => ({
    path: `/recordings/${id}/link`,
    body: { caseId, step: 'inspection', scene: 'general-enforcement' },
  })
  const close = async (): Promise<void> => {
    await app.close()
    await deps.digester.close()
    await x.test.close()
  }
  return { x, deps, baseUrl, caseId, people, cookies, ask, post, recorded, link, close }
}
