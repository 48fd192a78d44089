import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { flagCase } from '@liuhen/api/routes/cases'
import { ARCHIVED, dutyOf, endOf } from '../../../../test/test-matter.ts'
import { createOffices, type Offices } from '../../../../test/test-office.ts'
import { carry, finishStep, paper } from './carry.ts'
import { noteIn } from './noting.ts'
import { type Office, typing, underWay } from './office.ts'
import { before, later } from './persist.ts'
import { as, begin, complete, idsOf, refusalOf, submit, workspace } from './play.ts'
import { beginCase, closeAndArchive, deliver, type Task, type Tasked } from './story-application.ts'

const BEGINS = '2026-03-02T09:00:00+08:00'
const CODES = ['130100001', '110106001', '100000002'] as const

let installation: Offices<typeof CODES>
let safety: Office
let fengtai: Office
let land: Office
beforeAll(async () => {
  installation = await createOffices(BEGINS, CODES)
  ;[safety, fengtai, land] = installation.offices
})
afterAll(() => installation.close())

const WORKS = {
  kind: 'organisation' as const,
  name: '石家庄市恒力机械有限公司',
  representative: '邢恒力',
  address: '示范工业园3号',
  orgCode: '91130100MA0K1N2P0R',
  phone: '13900000088',
}
const take = async (office: Office, task: Pick<Task, 'procedure' | 'source' | 'title'>): Promise<Tasked> => {
  const about = { summary: `${task.title}。`, violation: task.title, place: WORKS.address, party: WORKS }
  const p = typing(underWay(office, { ...task, ...about }))
  await later(p, 1, '09:30')
  return beginCase(p)
}
describe('an inspection', () => {
  it('goes from plan and notice through the site, the order and the re-check to the archive [sjz-6-1, sjz-7-3, sjz-7-15, gbf54-approval]', async () => {
    const p = await take(safety, {
      procedure: 'inspection',
      source: 'inspection',
      title: '机械企业安全生产检查',
    })
    const params = { id: p.caseId }
    const flag = { flag: 'enterprise', on: true, reason: '检查对象为企业' }
    await as(p, 'unitHead').call(flagCase, { params, body: flag })
    const site = { officerIds: idsOf(p, ['officer', 'partner']), place: p.matter.place, from: before(p, 0) }
    const early = await refusalOf(() => begin(p, 'officer', 'inspection', site))
    expect(early).toEqual({ codes: ['inspection-unapproved'], cites: ['gbf54-approval'] })
    await noteIn(p, 'officer', 'random-selected')
    await noteIn(p, 'unitHead', 'inspection-approved', { timesThisYear: 1, yearlyCap: 2 })
    const often = await refusalOf(() =>
      noteIn(p, 'unitHead', 'inspection-approved', { timesThisYear: 3, yearlyCap: 2 }),
    )
    expect(often).toMatchObject({ codes: ['inspection-too-frequent'], cites: ['gbf54-frequency'] })
    await carry(p, 'plan')
    await carry(p, 'notice')
    await carry(p, 'scheme')
    await later(p, 2, '10:00')
    await noteIn(p, 'officer', 'enterprise-code-scanned', {}, { minutesAgo: 3 })
    await carry(p, 'inspection', 3)
    const order = await paper(p, 'officer', { type: 'rectification-order', step: 'rectification-order' })
    await deliver(p, order)
    await finishStep(p, 'rectification-order')
    expect(await dutyOf(p, 'recheck')).toMatchObject({ state: 'open' })
    await later(p, 7, '10:00')
    const unchecked = await refusalOf(() => complete(p, 'officer', 'closing'))
    expect(unchecked).toMatchObject({ codes: ['order-not-rechecked'], cites: ['sjz-7-15', 'pen-28'] })
    await carry(p, 'recheck', 3)
    expect(await dutyOf(p, 'recheck')).toMatchObject({ state: 'met' })
    await closeAndArchive(p)
    expect(await endOf(p)).toEqual(ARCHIVED)
  })
  it('that finds a violation ends when the lead is registered for a penalty [pen-54, ft-4-2]', async () => {
    const p = await take(fengtai, {
      procedure: 'inspection',
      source: 'inspection',
      title: '沿街商户占道检查',
    })
    await carry(p, 'inspection', 3)
    await noteIn(p, 'officer', 'violation-found')
    await deliver(p, await paper(p, 'officer', { type: 'inspection-result', step: 'service' }))
    await later(p, 1, '10:00')
    const kept = await refusalOf(() => submit(p, 'officer', { type: 'closing-approval', step: 'closing' }))
    expect(kept.codes).toEqual(['violation-not-referred'])
    await noteIn(p, 'officer', 'violation-referred', { leadNo: '丰街线〔2026〕9号' })
    await closeAndArchive(p)
    expect(await endOf(p)).toEqual(ARCHIVED)
  })
})

test('a requisition is argued, put to opinion, decided, served, carried out and compensated [ft-4-3]', async () => {
  const p = await take(fengtai, { procedure: 'requisition', source: 'superior', title: '应急抢险征用场地' })
  await carry(p, 'argument')
  const unheard = await refusalOf(() => complete(p, 'officer', 'consultation'))
  expect(unheard).toMatchObject({ codes: ['opinions-not-heard'], cites: ['ft-4-3'] })
  await noteIn(p, 'officer', 'opinions-heard')
  await carry(p, 'consultation')
  await later(p, 1, '10:00')
  const id = await paper(p, 'officer', { type: 'requisition-decision', step: 'decision' })
  await finishStep(p, 'decision')
  await deliver(p, id)
  await later(p, 1, '10:00')
  const early = await refusalOf(() => submit(p, 'officer', { type: 'closing-approval', step: 'closing' }))
  expect(early.codes).toContain('general-stage-missing')
  await carry(p, 'implementation', 3)
  await noteIn(p, 'officer', 'requisition-carried-out')
  await noteIn(p, 'officer', 'compensation-paid', { amount: 500000 })
  await closeAndArchive(p)
  expect(await endOf(p)).toEqual(ARCHIVED)
})

describe('a petition', () => {
  it('of a letter is settled within a month and answered [gt-4-3-1]', async () => {
    const p = await take(land, { procedure: 'petition', source: 'report', title: '反映村边堆放砂石占用耕地' })
    expect(await dutyOf(p, 'petition')).toMatchObject({ state: 'open' })
    await carry(p, 'registration')
    await later(p, 20, '10:00')
    await noteIn(p, 'officer', 'petition-settled')
    await carry(p, 'reply')
    await carry(p, 'closing')
    expect(await dutyOf(p, 'petition')).toMatchObject({ state: 'met' })
    expect(await endOf(p)).toEqual({ status: 'closed', late: [], warned: [] })
  })
  it('that was forwarded is extended to three months at most, and answered to whoever forwarded it [gt-4-3-2, gt-4-3-4]', async () => {
    const p = await take(land, { procedure: 'petition', source: 'transfer', title: '转办的采砂信访事项' })
    await carry(p, 'registration')
    await later(p, 25, '10:00')
    const long = await refusalOf(() => noteIn(p, 'officer', 'petition-extended', { until: '2026-09-30' }))
    expect(long).toEqual({ codes: ['extension-beyond-cap'], cites: ['gt-4-3-2'] })
    await noteIn(p, 'officer', 'petition-extended', { until: '2026-05-30' })
    await later(p, 30, '10:00')
    await noteIn(p, 'officer', 'petition-settled')
    const unanswered = await refusalOf(() => complete(p, 'officer', 'closing'))
    expect(unanswered).toEqual({ codes: ['forwarder-not-answered'], cites: ['gt-4-3-4'] })
    await paper(p, 'officer', { type: 'petition-reply', step: 'reply', data: { recipientKind: 'agency' } })
    await carry(p, 'closing')
    expect(await endOf(p)).toEqual({ status: 'closed', late: [], warned: [] })
    expect(await dutyOf(p, 'petition-cap')).toMatchObject({ state: 'met' })
  })
  it('from above is reported on when it takes longer than a month [gt-4-3-3]', async () => {
    const p = await take(land, { procedure: 'petition', source: 'superior', title: '上级交办的征地信访事项' })
    await carry(p, 'registration')
    await later(p, 40, '10:00')
    const { findings } = (await workspace(p)).evaluation
    expect(findings.map((f) => f.code)).toContain('progress-report-due')
    const silent = await refusalOf(() => noteIn(p, 'officer', 'petition-settled'))
    expect(silent).toEqual({ codes: ['progress-unreported'], cites: ['gt-4-3-3'] })
    await noteIn(p, 'officer', 'progress-reported')
    await noteIn(p, 'officer', 'petition-settled')
    expect(await dutyOf(p, 'petition')).toMatchObject({ state: 'met-late' })
  })
})
