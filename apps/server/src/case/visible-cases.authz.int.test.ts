import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KEEPS_REGISTERS } from '@liuhen/domain/case/can'
import { ROLES, type Actor, type Role } from '@liuhen/domain/event'
import { isRefusal } from '@liuhen/domain/refusal'
import {
  type CaseInstallation,
  createCaseInstallation,
  foundTestAgency,
  registerTestPerson,
} from '../../../../test/test-agency.ts'
import {
  command,
  type Crew,
  done,
  fileTestCase,
  LEAD,
  registerTestCase,
  submitTestFiling,
} from '../../../../test/test-filing.ts'
import { diskBlobStore } from '../blobs/disk-blob-store.ts'
import { openCase } from '../case-stream/open-case.ts'
import { saveDraft } from '../document/drafts.ts'
import { openPdf } from '../document/open-pdf.ts'
import { approveDocument, signDocument, submitDocument } from '../document/change-document.ts'
import { openRegister } from '../register/open-register.ts'
import { beginStep } from './carry-out-step.ts'
import { assignHandlers, excuseDuty, flagCase, nameParty, noteFact } from './change-case.ts'
import { listCases } from './list-cases.ts'
import { myDuties } from './my-duties.ts'
import { registerLead } from './register-lead.ts'
import { caseTimeline } from './timeline.ts'

let x: CaseInstallation
let crew: Crew
/** A case with handlers, and a lead that has none, registered by the clerk. */
let handled: { caseId: string; documentId: string }
let leadId: string
/** A register of supervision, with a duty that is owed. */
let registerId: string
let clerk: Actor
const byRole = new Map<Role, Actor>()
const foreign = new Map<Role, Actor>()

beforeAll(async () => {
  x = await createCaseInstallation('2026-03-02T09:00:00+08:00')
  const { store } = x.deps
  await foundTestAgency(store, 'A00001')
  await foundTestAgency(store, 'B00001')
  for (const role of ROLES) {
    byRole.set(role, await registerTestPerson(store, 'A00001', { name: `某${role}`, roles: [role] }))
    foreign.set(role, await registerTestPerson(store, 'B00001', { name: `外${role}`, roles: [role] }))
  }
  const officer = (name: string, certNo: string) =>
    registerTestPerson(store, 'A00001', { name, roles: ['officer'], certNo })
  crew = {
    officer: await officer('王建国', '42011200001'),
    partner: await officer('李卫东', '42011200002'),
    head: actor('unit-head'),
    chief: actor('agency-head'),
  }
  clerk = await registerTestPerson(store, 'A00001', { name: '赵接待', roles: ['intake-clerk'] })
  handled = await fileTestCase(x.deps, crew)
  leadId = await registerTestCase(x.deps, clerk)
  registerId = await keepTestRegister(actor('unit-head'))
})
afterAll(() => x.test.close())

const actor = (role: Role): Actor => {
  const found = byRole.get(role)
  if (found === undefined) throw new Error(role)
  return found
}
const keepTestRegister = async (who: Actor): Promise<string> => {
  const register = { procedure: 'supervision', title: '执法监督' }
  const { id = '' } = done(await openRegister(x.deps, { commandId: randomUUID(), actor: who }, register))
  const ended = { name: 'assessment-year-ended', at: '2026-03-02T08:59:00+08:00', data: {} }
  done(await noteFact(x.deps, command(who, id), ended))
  return id
}
const opens = async (who: Actor, caseId: string) => !isRefusal(await openCase(x.deps, who, caseId))

/** Whether somebody of this role, who is no handler, may open a case with handlers; and a lead without. */
const READS: Readonly<Record<Role, { handled: boolean; lead: boolean }>> = {
  officer: { handled: false, lead: true },
  'intake-clerk': { handled: false, lead: false },
  'unit-head': { handled: true, lead: true },
  'deputy-head': { handled: true, lead: true },
  'agency-head': { handled: true, lead: true },
  'legal-reviewer': { handled: true, lead: true },
  'av-custodian': { handled: true, lead: true },
  archivist: { handled: true, lead: true },
  publisher: { handled: true, lead: true },
  supervisor: { handled: true, lead: true },
  'system-admin': { handled: false, lead: false },
  'security-admin': { handled: false, lead: false },
  'audit-admin': { handled: false, lead: false },
}

describe('reading a case', () => {
  it.each(ROLES)('is decided for %s alike by the case and by the list', async (role) => {
    const who = actor(role)
    expect(await opens(who, handled.caseId)).toBe(READS[role].handled)
    expect(await opens(who, leadId)).toBe(READS[role].lead)
    const listed = (await listCases(x.deps.store, who, { limit: 200 })).items.map((i) => i.id)
    expect(listed.includes(handled.caseId)).toBe(READS[role].handled)
    expect(listed.includes(leadId)).toBe(READS[role].lead)
  })
  it.each(ROLES)('is decided for %s alike by a register and by the duties that it opens', async (role) => {
    const who = actor(role)
    const keeps = KEEPS_REGISTERS.includes(role)
    expect(await opens(who, registerId)).toBe(keeps)
    for (const scope of ['mine', 'agency'] as const) {
      const { items } = await myDuties(x.deps, who, scope)
      expect(items.some((d) => d.caseId === registerId)).toBe(keeps)
    }
  })
  it('is open to its handlers, and to the clerk who registered the lead', async () => {
    expect(await opens(crew.partner, handled.caseId)).toBe(true)
    expect(await opens(clerk, leadId)).toBe(true)
    expect(await opens(clerk, handled.caseId)).toBe(false)
  })
  it.each(ROLES)('answers %s of another agency that there is no such case', async (role) => {
    const who = foreign.get(role)
    if (who === undefined) throw new Error(role)
    const { caseId, documentId } = handled
    expect(await openCase(x.deps, who, caseId)).toMatchObject({ code: 'not-found' })
    expect(await caseTimeline(x.deps, who, caseId)).toMatchObject({ code: 'not-found' })
    const root = x.test.dataDir
    const blobs = { pool: x.deps.store.pool, root, store: diskBlobStore(root) }
    expect(await openPdf({ ...x.deps, blobs }, who, caseId, documentId)).toMatchObject({ code: 'not-found' })
    const change = await flagCase(x.deps, command(who, caseId), {
      flag: 'major-complex',
      on: true,
      reason: '复杂',
    })
    expect(change).toMatchObject({ code: 'not-found' })
    expect((await listCases(x.deps.store, who, { limit: 10 })).items).toEqual([])
  })
  it('answers an unknown id like a foreign one', async () => {
    expect(await openCase(x.deps, crew.officer, randomUUID())).toMatchObject({ code: 'not-found' })
  })
})

type Try = (who: Actor) => Promise<unknown>
/** Commands on a case with handlers, and the roles that may give them without being a handler. */
const COMMANDS: readonly (readonly [string, readonly Role[], Try])[] = [
  [
    'nameParty',
    [],
    (who) => nameParty(x.deps, command(who, handled.caseId), { kind: 'person', name: '李某' }),
  ],
  [
    'assignHandlers',
    ['unit-head'],
    (who) =>
      assignHandlers(x.deps, command(who, handled.caseId), [
        crew.officer.personId ?? '',
        crew.partner.personId ?? '',
      ]),
  ],
  [
    'flagCase',
    ['unit-head', 'agency-head'],
    (who) =>
      flagCase(x.deps, command(who, handled.caseId), { flag: 'social-impact', on: true, reason: '影响较大' }),
  ],
  [
    'noteFact',
    [],
    (who) =>
      noteFact(x.deps, command(who, handled.caseId), {
        name: 'returned-to-unit',
        at: '2026-03-02T08:59:00+08:00',
        data: {},
      }),
  ],
  ['beginStep', [], (who) => beginStep(x.deps, command(who, handled.caseId), 'rectification-order', {})],
  [
    'submitDocument',
    [],
    (who) =>
      submitDocument(x.deps, command(who, handled.caseId), {
        type: 'rectification-order',
        step: 'rectification-order',
        data: {},
      }),
  ],
  [
    'signDocument',
    [],
    (who) =>
      signDocument(x.deps, command(who, handled.caseId), {
        documentId: handled.documentId,
        role: 'party',
        name: '李某',
      }),
  ],
  [
    'excuseDuty',
    ['unit-head', 'agency-head'],
    (who) => excuseDuty(x.deps, command(who, handled.caseId), { duty: 'no-such', reason: '道路中断' }),
  ],
]
const saysNoRight = (outcome: unknown): boolean =>
  isRefusal(outcome) && outcome.reasons.some((r) => r.code === 'not-permitted')

const saysNoCase = (outcome: unknown): boolean =>
  isRefusal(outcome) && outcome.code === 'not-found' && outcome.reasons[0]?.message === '没有找到这个案件'

describe.each(COMMANDS)('%s', (_, roles, attempt) => {
  it.each(ROLES)('is for %s as the table says, and unknown to who may not read the case', async (role) => {
    const outcome = await attempt(actor(role))
    expect(saysNoRight(outcome)).toBe(!roles.includes(role) && READS[role].handled)
    expect(saysNoCase(outcome)).toBe(!READS[role].handled)
  })
  it.each(ROLES)('answers %s of another agency that there is no such case', async (role) => {
    const who = foreign.get(role)
    if (who === undefined) throw new Error(role)
    expect(saysNoCase(await attempt(who))).toBe(true)
  })
  it('is not kept from a handler for want of a right', async () => {
    expect(saysNoRight(await attempt(crew.officer))).toBe(false)
  })
})

describe('saveDraft', () => {
  it.each(ROLES)('is not for %s, who is no handler', async (role) => {
    const step = 'rectification-order'
    const draft = { caseId: handled.caseId, type: step, step, revision: 0, data: {} }
    const outcome = await saveDraft(x.deps, actor(role), draft)
    expect(outcome).toMatchObject({ code: READS[role].handled ? 'not-permitted' : 'not-found' })
  })
})

describe('approveDocument', () => {
  it.each(ROLES)('is for %s only when it is the turn of that rank', async (role) => {
    const { caseId, documentId } = await submitTestFiling(x.deps, crew)
    const opinion = { documentId, opinion: '同意' }
    const outcome = await approveDocument(x.deps, command(actor(role), caseId), opinion)
    expect(isRefusal(outcome)).toBe(role !== 'unit-head')
    if (role === 'unit-head') return
    expect(outcome).toMatchObject({ code: READS[role].handled ? 'not-permitted' : 'not-found' })
  })
})

describe('registerLead', () => {
  it('gives the lead to the agency of whoever registers it', async () => {
    const who = foreign.get('officer')
    if (who === undefined) throw new Error('no officer')
    const outcome = await registerLead(x.deps, { commandId: randomUUID(), actor: who }, LEAD)
    if (isRefusal(outcome)) throw new Error('refused')
    expect(await opens(crew.chief, outcome.id ?? '')).toBe(false)
    expect(await opens(who, outcome.id ?? '')).toBe(true)
  })
})
