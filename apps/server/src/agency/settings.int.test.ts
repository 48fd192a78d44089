import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal } from '@liuhen/domain/refusal'
import {
  type CaseInstallation,
  createCaseInstallation,
  foundTestAgency,
  registerTestPerson,
} from '../../../../test/test-agency.ts'
import { command, done, LEAD } from '../../../../test/test-filing.ts'
import { noteFact } from '../case/change-case.ts'
import { listCases } from '../case/list-cases.ts'
import { myDuties } from '../case/my-duties.ts'
import { registerLead } from '../case/register-lead.ts'
import { getAgency, phrasesFor } from '../case-stream/agency.ts'
import { openAccount, resetPassword } from '../person/keep-person.ts'
import { readStream } from '../event-store/read-stream.ts'
import type { Projection } from '../event-store/store.ts'
import { withAgency } from '../postgres/transaction.ts'
import { adoptSettings, giveAdoptionUp } from './adopt-settings.ts'
import { approveSettings, proposeSettings, rejectSettings, withdrawSettings } from './change-settings.ts'
import { dryRunSettings, giveDryRunUp } from './dry-run-settings.ts'
import { keepPhrases, phrasesOf } from './phrases.ts'
import { viewSettings } from './view-settings.ts'

const AGENCY = 'F00001'
let x: CaseInstallation
let admin: Actor
let head: Actor
let officer: Actor
let caseId: string
const by = (actor: Actor) => ({ commandId: randomUUID(), actor })
const open = async (): Promise<string> => done(await registerLead(x.deps, by(officer), LEAD)).id ?? ''
const propose = async (days: number | null): Promise<string> => {
  const asked = { changes: { 'case-archive-workdays': days }, reason: '经机关负责人办公会研究' }
  const outcome = await proposeSettings(x.deps, by(admin), asked)
  if (isRefusal(outcome)) throw new Error(JSON.stringify(outcome.reasons))
  return outcome.id ?? ''
}
const weigh = (proposalId: string) => dryRunSettings(x.deps, { agencyId: AGENCY, proposalId })
const adopt = (proposalId: string) => adoptSettings(x.deps, { agencyId: AGENCY, proposalId })
const approve = (actor: Actor, proposalId: string) =>
  approveSettings(x.deps, by(actor), { proposalId, opinion: '同意' })
const latest = async () => (await viewSettings(x.deps, admin)).proposals[0]
const archiveDue = async () =>
  (await myDuties(x.deps, head, 'agency')).items.find(
    (d) => d.due !== undefined && d.citations.some((c) => c.clause === 'ft-22-1'),
  )?.due
const adoptedIn = async (id: string) =>
  (await readStream(x.deps.store, AGENCY, id)).filter((e) => e.type === 'SettingsAdopted')

beforeAll(async () => {
  x = await createCaseInstallation('2026-03-02T09:00:00+08:00')
  await foundTestAgency(x.deps.store, AGENCY, { base: 'fengtai', name: '丰台某局', shortName: '丰某' })
  const person = (name: string, role: Actor['roles'][number], certNo?: string) =>
    registerTestPerson(x.deps.store, AGENCY, { name, roles: [role], ...(certNo && { certNo }) })
  admin = await person('管理员', 'system-admin')
  head = await person('局长', 'agency-head')
  officer = await person('王建国', 'officer', '1101060001')
  caseId = await open()
  const ended = { name: 'act-ended', at: '2026-03-02T08:40:00+08:00', data: {} }
  done(await noteFact(x.deps, command(officer, caseId), ended))
})
afterAll(() => x.test.close())

describe('the settings of an agency', () => {
  it('ft-22-1: show what its texts leave open, and that nothing is set', async () => {
    const { subjects, can } = await viewSettings(x.deps, officer)
    const all = subjects.flatMap((s) => s.settings)
    expect(all.find((s) => s.id === 'case-archive-workdays')).toMatchObject({
      citations: [{ clause: 'ft-22-1' }],
      set: { value: null, label: '未设置' },
      open: '义务照样列出，但算不出到期日',
    })
    expect(all.find((s) => s.id === 'case-file-retention-years')?.open).toBe('在设置前不得处置')
    expect(all.map((s) => s.id)).not.toContain('electronic-decision-service')
    expect(can.propose).not.toBe(true)
  })
  it('take no value that they do not allow, and none of what other texts leave open', async () => {
    const ask = (changes: Record<string, number | boolean>) =>
      proposeSettings(x.deps, by(admin), { changes, reason: '经研究决定' })
    expect(await ask({ 'case-archive-workdays': 0 })).toMatchObject({ code: 'incomplete' })
    expect(await ask({ 'electronic-decision-service': true })).toMatchObject({ code: 'incomplete' })
    expect(await proposeSettings(x.deps, by(officer), { changes: {}, reason: '经研究决定' })).toMatchObject({
      code: 'not-permitted',
    })
  })
})

describe('a proposal', () => {
  it('ft-22-1: tells before anybody approves which duties get which day, and changes nothing', async () => {
    const id = await propose(20)
    expect(await approve(head, id)).toMatchObject({ refused: true })
    await weigh(id)
    expect((await latest())?.dryRun).toMatchObject({
      cases: 1,
      openCasesChanged: 1,
      dutiesMoved: 1,
      dutiesOverdue: 0,
      duties: [{ caseId, becomesOverdue: false }],
    })
    expect(await archiveDue()).toBeUndefined()
    expect(await approve(admin, id)).toMatchObject({ code: 'not-permitted' })
    expect(await rejectSettings(x.deps, by(head), { proposalId: id, reason: '日数再议' })).toHaveProperty(
      'id',
    )
    expect((await latest())?.status).toBe('rejected')
  })
  it('ft-22-1: holds once a second person approved it, in cases that had begun and in those that begin', async () => {
    const id = await propose(20)
    await weigh(id)
    expect(await approve(head, id)).toHaveProperty('version')
    x.clock.at = '2026-03-02T09:05:00+08:00'
    const fresh = await open()
    x.clock.at = '2026-03-02T09:10:00+08:00'
    await adopt(id)
    expect(await archiveDue()).toMatch(/^2026-03-30/)
    expect((await adoptedIn(caseId))[0]?.data.public).toEqual({
      proposalId: id,
      settings: { 'case-archive-workdays': 20 },
      withheld: [],
    })
    expect(await adoptedIn(fresh)).toEqual([])
    const rows = (await listCases(x.deps.store, head, { limit: 10 })).items
    expect(rows.map((r) => r.id)).toEqual([fresh, caseId])
    expect(await latest()).toMatchObject({
      status: 'carried-out',
      carriedOut: { cases: 1, withheld: 0 },
      ended: { by: '局长', words: '同意' },
    })
    const agency = await withAgency(x.deps.store, AGENCY, (tx) => getAgency(tx, AGENCY))
    expect(agency.settings).toEqual({ 'case-archive-workdays': 20 })
  })
  it('has its effect once, however often its jobs run', async () => {
    const id = (await latest())?.id ?? ''
    await adopt(id)
    await weigh(id)
    expect(await adoptedIn(caseId)).toHaveLength(1)
  })
  it('counts what becomes overdue by it', async () => {
    x.clock.at = '2026-03-20T09:00:00+08:00'
    const id = await propose(5)
    await weigh(id)
    expect((await latest())?.dryRun).toMatchObject({ dutiesOverdue: 1, duties: [{ becomesOverdue: true }] })
    await withdrawSettings(x.deps, by(admin), { proposalId: id, reason: '五日太短' })
    expect(await archiveDue()).toMatch(/^2026-03-30/)
    x.clock.at = '2026-03-02T09:00:00+08:00'
  })
  it('reach the other cases when one fails: the dry run names it, the job tries again, and at last the record names it', async () => {
    x.clock.at = '2026-03-20T10:00:00+08:00'
    const id = await propose(25)
    let readings = 0
    const { clock, projections } = x.deps.store
    const now = async () => {
      readings += 1
      if (readings === 2) throw new Error('the first case cannot be weighed')
      return clock.now()
    }
    const told = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const store = { ...x.deps.store, clock: { kind: clock.kind, now } }
    await dryRunSettings({ ...x.deps, store }, { agencyId: AGENCY, proposalId: id })
    expect(told).toHaveBeenCalledOnce()
    told.mockRestore()
    expect((await latest())?.dryRun).toMatchObject({ cases: 1, casesFailed: 1, failed: [{ caseId }] })
    done(await approve(head, id))
    const faulty: Projection = {
      name: 'faulty',
      tables: [],
      apply: async (_, e) => {
        if (e.type === 'SettingsAdopted' && e.streamId === caseId) throw new Error('cannot be projected')
      },
    }
    const failing = { ...x.deps, store: { ...x.deps.store, projections: [...projections, faulty] } }
    const job = { agencyId: AGENCY, proposalId: id }
    await expect(adoptSettings(failing, job)).rejects.toThrow('1 cases')
    expect(await latest()).toMatchObject({ status: 'approved' })
    await giveAdoptionUp(failing, job)
    expect(await latest()).toMatchObject({ status: 'carried-out', carriedOut: { cases: 1, failed: 1 } })
    expect(await archiveDue()).toMatch(/^2026-03-30/)
  })
  it('can be proposed anew when a dry run was given up', async () => {
    await giveDryRunUp(x.deps, { agencyId: AGENCY, proposalId: await propose(30) })
    expect(await latest()).toMatchObject({ status: 'rejected', ended: { by: '系统' } })
    expect(await propose(30)).not.toBe('')
  })
  it('is not approved by a head whose password the proposer reset, and the page says so before', async () => {
    const id = (await latest())?.id ?? ''
    await weigh(id)
    const personId = head.personId ?? ''
    const account = { ...by(admin), personId }
    done(await openAccount(x.deps.store, account, { login: 'the.head', password: 'Fengtai-2026-k7' }))
    const reset = { password: 'k7mq-3xhd-9wpr', reason: '忘记口令' }
    done(await resetPassword(x.deps.store, { ...by(admin), personId }, reset))
    expect(await approve(head, id)).toMatchObject({ code: 'not-permitted' })
    const { proposals } = await viewSettings(x.deps, head)
    expect(proposals[0]?.can).toMatchObject({ approve: [{ code: 'not-permitted' }], reject: true })
  })
  it('keeps own phrases by paper and field, for the forms of that paper, and says who kept them', async () => {
    const talk = { document: 'inquiry-record', field: 'talk' }
    const kept = () => withAgency(x.deps.store, AGENCY, (tx) => phrasesFor(tx, AGENCY, 'inquiry-record'))
    expect(await keepPhrases(x.deps, by(head), { ...talk, phrases: ['甲？'] })).toMatchObject({
      code: 'not-permitted',
    })
    done(await keepPhrases(x.deps, by(admin), { ...talk, phrases: ['甲？', '乙？'] }))
    expect(await kept()).toEqual({ talk: ['甲？', '乙？'] })
    expect((await phrasesOf(x.deps, head)).items).toMatchObject([{ ...talk, keptBy: admin.name }])
    done(await keepPhrases(x.deps, by(admin), { ...talk, phrases: [] }))
    expect(await kept()).toEqual({})
  })
})
