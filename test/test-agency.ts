import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { AgencyProfile } from '@liuhen/domain/agency/events'
import type { Actor, NewEvent, Role } from '@liuhen/domain/event'
import { agencyProjection } from '../apps/server/src/agency/project-agency.ts'
import { caseProjection } from '../apps/server/src/case/project-case.ts'
import type { CaseDeps } from '../apps/server/src/case-stream/open-case.ts'
import type { Clock } from '../apps/server/src/clock/clock.ts'
import { append } from '../apps/server/src/event-store/append.ts'
import type { Store } from '../apps/server/src/event-store/store.ts'
import type { LawLibrary } from '../apps/server/src/law/library.ts'
import { personProjection } from '../apps/server/src/person/project-person.ts'
import { realLaw } from './law/real-law.ts'
import { createTestInstallation, type TestInstallation } from './test-installation.ts'

/** A clock that a test sets. */
export type TestClock = Clock & { at: string }
export const testClock = (at: string): TestClock => {
  const clock: TestClock = { kind: 'real', at, now: () => Promise.resolve(clock.at) }
  return clock
}

/** The law of this repository, as `loadLibrary` gives it. */
export const testLibrary = (): LawLibrary => ({ law: realLaw(), dir: join(import.meta.dirname, '../law') })

export type CaseInstallation = Readonly<{ test: TestInstallation; deps: CaseDeps; clock: TestClock }>

/** An installation with the projections of agencies, people and cases, and the law of this repository. */
export const createCaseInstallation = async (at: string): Promise<CaseInstallation> => {
  const library = testLibrary()
  const clock = testClock(at)
  const projections = [agencyProjection, personProjection, caseProjection({ library })]
  const test = await createTestInstallation({ projections, clock })
  return { test, clock, deps: { store: test.store, library } }
}

const event = (type: string, at: string, data: NewEvent['data']): NewEvent => ({
  type,
  schemaVersion: 1,
  occurredAt: at,
  data,
})

/** Founds an agency in the record without accounts. Its id is its code. */
export const foundTestAgency = async (
  store: Store,
  code: string,
  more: Partial<AgencyProfile> = {},
): Promise<string> => {
  const { base = 'zoumaling', overlays = [], name = '走马岭街道办事处', shortName = '走街' } = more
  const registered = event('AgencyRegistered', await store.clock.now(), {
    public: { name, shortName, code, base, overlays },
    internal: {
      settings: {},
      address: '走马岭大道1号',
      reconsiderationBody: '某区人民政府',
      court: '某区人民法院',
    },
  })
  await append(store, {
    commandId: randomUUID(),
    agencyId: code,
    actor: { userId: 'test', name: '测试', roles: ['system-admin'], agencyId: code },
    appends: [{ streamType: 'agency', streamId: code, expectedVersion: 0, events: [registered] }],
  })
  return code
}

export type TestPerson = Readonly<{
  name: string
  roles: readonly Role[]
  certNo?: string
  certValidTo?: string
  legalQualified?: boolean
  /** Given where it matters that the person has an account. */
  login?: string
}>

/** Registers a person in the record and answers with the actor that they are when signed in. */
export const registerTestPerson = async (store: Store, agencyId: string, p: TestPerson): Promise<Actor> => {
  const personId = randomUUID()
  const certificate =
    p.certNo === undefined
      ? {}
      : { certificate: { certNo: p.certNo, certValidTo: p.certValidTo ?? '2027-12-31' } }
  const login = p.login === undefined ? {} : { login: p.login }
  const registered = event('PersonRegistered', await store.clock.now(), {
    public: { roles: p.roles },
    internal: { name: p.name, legalQualified: p.legalQualified ?? false, ...certificate, ...login },
  })
  const actor: Actor = {
    userId: personId,
    personId,
    name: p.name,
    roles: [...p.roles],
    agencyId,
    legalQualified: p.legalQualified ?? false,
    ...(p.certNo === undefined ? {} : { certNo: p.certNo, certValidTo: p.certValidTo ?? '2027-12-31' }),
  }
  await append(store, {
    commandId: randomUUID(),
    agencyId,
    actor,
    appends: [{ streamType: 'person', streamId: personId, expectedVersion: 0, events: [registered] }],
  })
  return actor
}
