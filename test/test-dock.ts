import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { signIn } from '@liuhen/api/routes/session'
import type { Actor } from '@liuhen/domain/event'
import { openSession, type Session } from '../apps/cli/src/api-session.ts'
import type { Station } from '../apps/cli/src/dock/dock-card.ts'
import { atMost, limitTo } from '../apps/cli/src/dock/limit.ts'
import { loadProfiles } from '../apps/cli/src/dock/profile.ts'
import { ownAgency } from '../apps/server/src/agency/agency-reads.ts'
import { sessionBindings } from '../apps/server/src/auth/bindings.ts'
import { hashPassword } from '../apps/server/src/auth/password.ts'
import { startDigester } from '../apps/server/src/blobs/digest-file.ts'
import { diskBlobStore } from '../apps/server/src/blobs/disk-blob-store.ts'
import { withAsideUploads } from '../apps/server/src/docking/aside-uploads.ts'
import { dockingBindings } from '../apps/server/src/docking/bindings.ts'
import { dockingProjection } from '../apps/server/src/docking/project-docking.ts'
import { buildApp } from '../apps/server/src/http/build-app.ts'
import { recordingBindings, uploadDeps, uploadPlugin } from '../apps/server/src/recording/bindings.ts'
import { recordingProjection } from '../apps/server/src/recording/recording-projection.ts'
import { copiesOf } from '../apps/server/src/stores/copy-rows.ts'
import type { Stores } from '../apps/server/src/stores/reach-store.ts'
import { firstOnDisk, secondOnDisk } from '../apps/server/src/stores/store-place.ts'
import {
  type CaseInstallation,
  createCaseInstallation,
  foundTestAgency,
  registerTestPerson,
} from './test-agency.ts'

const AGENCY = '114201120001'
const PASSWORD = 'Lang-genug-2026'

type Account = Readonly<{ actor: Actor; session: Session }>

/** A server that takes dockings, with two stores; `countStores` says how many of them count. */
export type DockHouse = Readonly<{
  x: CaseInstallation
  projections: CaseInstallation['deps']['store']['projections']
  agencyId: string
  stores: Stores
  counted: { stores: number }
  give: (name: string, role: 'officer' | 'av-custodian', certNo?: string) => Promise<Account>
  close: () => Promise<void>
}>

export const openDockHouse = async (now: string): Promise<DockHouse> => {
  const x = await createCaseInstallation(now)
  await foundTestAgency(x.deps.store, AGENCY)
  const root = join(x.test.dataDir, 'blobs')
  const second = join(x.test.dataDir, 'second')
  await mkdir(second)
  const projections = [...x.deps.store.projections, recordingProjection, dockingProjection]
  const store = { ...x.deps.store, projections }
  const counted = { stores: 2 }
  const deps = {
    ...x.deps,
    store,
    blobs: { pool: x.test.pool, store: diskBlobStore(root), root },
    digester: startDigester(1),
    copiesOf,
    countStores: () => Promise.resolve(counted.stores),
  }
  const app = await buildApp({
    store,
    dataDir: x.test.dataDir,
    logFolder: join(x.test.dataDir, 'log'),
    bindings: [
      ...sessionBindings({ store, describeAgency: (id) => ownAgency(deps, id) }),
      ...recordingBindings(deps),
      ...dockingBindings(deps),
    ],
    plugins: [uploadPlugin(uploadDeps(deps, { target: (r) => withAsideUploads(store, r) }))],
  })
  const baseUrl = await app.listen({ port: 0, host: '127.0.0.1' })
  return {
    x,
    projections,
    agencyId: AGENCY,
    stores: {
      pool: x.test.pool,
      first: firstOnDisk(root),
      second: secondOnDisk(second),
      now: () => store.clock.now(),
    },
    counted,
    give: async (name, role, certNo) => {
      const person = { name, roles: [role], ...(certNo !== undefined && { certNo }) }
      const actor = await registerTestPerson(x.deps.store, AGENCY, person)
      const login = `u${randomUUID().slice(0, 8)}`
      const owner = await x.test.connectAs('owner')
      await owner.query(
        `INSERT INTO app.account (user_id, agency_id, person_id, login, name, password_hash, roles, must_change)
         VALUES ($1, $2, $3, $4, $5, $6, $7, false)`,
        [actor.userId, AGENCY, actor.personId, login, name, await hashPassword(PASSWORD), [role]],
      )
      const session = openSession(baseUrl)
      await session.call(signIn, { body: { login, password: PASSWORD } })
      return { actor, session }
    },
    close: async () => {
      await app.close()
      await deps.digester.close()
      await x.test.close()
    },
  }
}

const CHANGED = new Date('2026-03-10T09:45:00+08:00')

/** A folder that stands for a card. `put` writes a file as a device would have left it. */
export const openCard = async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'liuhen-card-')), 'card')
  await mkdir(folder)
  return {
    folder,
    put: async (path: string, bytes: Uint8Array, changed = CHANGED): Promise<void> => {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), bytes)
      await utimes(join(folder, path), changed, changed)
    },
  }
}
export type TestCard = Awaited<ReturnType<typeof openCard>>

export const stationOf = async (
  session: Session,
  now: string,
  more: Partial<Station> = {},
): Promise<Station> => {
  const profile = (await loadProfiles()).get('officer-serial-time')
  if (profile === undefined) throw new Error('the profile is shipped')
  return {
    name: '一楼采集站',
    session,
    profile,
    limit: limitTo(undefined),
    lane: atMost(2),
    clear: false,
    now: () => new Date(now),
    tell: () => undefined,
    progress: () => undefined,
    ...more,
  }
}

/** The session in which something happens just after a command was answered. */
export const after = (session: Session, route: string, happens: () => Promise<void>): Session => ({
  ...session,
  call: async (asked, input) => {
    const answer = await session.call(asked, input)
    if (asked.id === route) await happens()
    return answer
  },
})
