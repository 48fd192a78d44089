import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { ARCHIVED, dutyOf, endOf } from '../../../../test/test-matter.ts'
import { createOffices, type Offices } from '../../../../test/test-office.ts'
import { carry, finishStep, paper, serveInPerson } from './carry.ts'
import { noteIn } from './noting.ts'
import { type Office, typing, underWay } from './office.ts'
import { later } from './persist.ts'
import { disclose } from './story-file.ts'
import { complete, refusalOf, submit, workspace } from './play.ts'
import {
  beginCase,
  closeAndArchive,
  decideAndDeliver,
  deliver,
  type Task,
  type Tasked,
} from './story-application.ts'

const BEGINS = '2026-03-02T09:00:00+08:00'
const CODES = ['110106001', '100000002'] as const
const APPLICANT = {
  kind: 'organisation' as const,
  name: '北京丰宴餐饮有限公司',
  representative: '关丰',
  address: '示范路7号',
  orgCode: '91110106MA0K1N2P08',
  phone: '13900000088',
}

let installation: Offices<typeof CODES>
let fengtai: Office
let land: Office
beforeAll(async () => {
  installation = await createOffices(BEGINS, CODES)
  ;[fengtai, land] = installation.offices
})
afterAll(() => installation.close())

const applied = (procedure: string, what: string): Task => ({
  procedure,
  source: 'application',
  title: what,
  summary: `${APPLICANT.name}申请${what}。`,
  violation: what,
  place: APPLICANT.address,
  party: APPLICANT,
})
/** The next morning somebody applies. */
const apply = async (office: Office, procedure: string, what: string): Promise<Tasked> => {
  const p = typing(underWay(office, applied(procedure, what)))
  await later(p, 1, '09:30')
  return beginCase(p)
}
const ACTS = [
  ['levy', '城镇垃圾处理费征收', 'levy-decision', ['levy-paid']],
  ['confirmation', '加装电梯备案确认', 'confirmation-decision', []],
  ['payment', '临时救助金给付', 'payment-decision', ['payment-made']],
  ['reward', '举报奖励', 'reward-decision', []],
] as const

test.each(ACTS)(
  '%s (%s) goes from the received application through its general stages to the archive [ft-4-1]',
  async (id, what, decision, own) => {
    const p = await apply(fengtai, id, what)
    await carry(p, 'receipt')
    const early = await refusalOf(() => submit(p, 'officer', { type: decision, step: 'decision' }))
    expect(early).toMatchObject({ codes: ['decision-before-acceptance'], cites: ['ft-4-1'] })
    await later(p, 1, '10:00')
    await carry(p, 'acceptance')
    await later(p, 3, '10:00')
    await decideAndDeliver(p, decision)
    for (const name of own) await noteIn(p, 'officer', name)
    await closeAndArchive(p)
    expect(await endOf(p)).toEqual(ARCHIVED)
  },
)

describe('a licence', () => {
  it('is supplemented once, examined, heard and decided in time, delivered and published [ft-4-1, lic-32, lic-42, lic-47, lic-48]', async () => {
    const p = await apply(fengtai, 'licence', '门店招牌设置许可')
    await carry(p, 'receipt')
    expect(await dutyOf(p, 'supplement-or-accept')).toMatchObject({ state: 'open' })
    await later(p, 1, '10:00')
    await carry(p, 'supplement')
    expect(await dutyOf(p, 'supplement-or-accept')).toMatchObject({ state: 'met' })
    const again = await refusalOf(() =>
      submit(p, 'officer', { type: 'supplement-notice', step: 'supplement' }),
    )
    expect(again).toEqual({ codes: ['supplement-repeated'], cites: ['lic-32'] })
    await noteIn(p, 'officer', 'materials-complete')
    await carry(p, 'acceptance')
    const since = await dutyOf(p, 'decision')
    await later(p, 1, '10:00')
    await carry(p, 'examination', 3)
    await noteIn(p, 'officer', 'hearing-requested')
    await noteIn(p, 'officer', 'time-excluded')
    const notice = await paper(p, 'officer', { type: 'hearing-notice', step: 'hearing' })
    await serveInPerson(p, 'hearing', notice)
    await paper(p, 'officer', { type: 'hearing-record', step: 'hearing' })
    const soon = await refusalOf(() => complete(p, 'officer', 'hearing'))
    expect(soon.codes).toContain('hearing-notice-late')
    await later(p, 14, '10:00')
    await noteIn(p, 'officer', 'hearing-held')
    await finishStep(p, 'hearing', 5)
    await noteIn(p, 'officer', 'time-resumed')
    const paused = await dutyOf(p, 'decision')
    expect(Date.parse(paused?.due ?? '')).toBeGreaterThan(Date.parse(since?.due ?? ''))
    await carry(p, 'legal-review')
    await decideAndDeliver(p, 'licence-decision')
    expect(await dutyOf(p, 'delivery')).toMatchObject({ state: 'met' })
    await later(p, 1, '10:00')
    await disclose(p)
    await closeAndArchive(p)
    expect(await endOf(p)).toEqual(ARCHIVED)
    expect((await workspace(p)).disclosure?.channel).toBe('portal')
  })
  it('is answered by the land bureau within seven workdays, and refused with reasons [gt-3-2-1, gt-3-2-3, lic-38]', async () => {
    const p = await apply(land, 'licence', '临时用地许可')
    await carry(p, 'receipt')
    await carry(p, 'acceptance')
    expect((await dutyOf(p, 'own-decision'))?.why).toContain('7个工作日')
    await later(p, 2, '10:00')
    const bare = { type: 'licence-decision', step: 'decision', data: { result: 'refused', reason: '' } }
    const refused = await refusalOf(() => submit({ ...p, types: (_, said) => said }, 'officer', bare))
    expect(refused.codes).not.toEqual([])
    const data = { result: 'refused', reason: '不符合土地利用总体规划。' }
    const id = await paper(p, 'officer', { type: 'licence-decision', step: 'decision', data })
    await finishStep(p, 'decision')
    await deliver(p, id)
    await closeAndArchive(p)
    expect(await endOf(p)).toMatchObject({ status: 'archived', warned: [] })
  })
  it('that is not accepted ends there, when the applicant was told why [gt-3-2-3, lic-32]', async () => {
    const p = await apply(land, 'licence', '采矿许可')
    await carry(p, 'receipt')
    await paper(p, 'officer', { type: 'non-acceptance-notice', step: 'acceptance' })
    await finishStep(p, 'acceptance')
    const untold = await refusalOf(() => complete(p, 'officer', 'closing'))
    expect(untold.codes).toContain('refused-without-explaining')
    await noteIn(p, 'officer', 'application-explained')
    await closeAndArchive(p)
    expect(await endOf(p)).toEqual(ARCHIVED)
  })
})

test('an adjudication is examined, suspended and resumed, extended and heard [ft-4-1]', async () => {
  const p = await apply(fengtai, 'adjudication', '物业管理纠纷裁决')
  await carry(p, 'receipt')
  await carry(p, 'supplement')
  await carry(p, 'acceptance')
  await noteIn(p, 'officer', 'respondent-notified')
  await noteIn(p, 'officer', 'respondent-answered')
  await later(p, 1, '10:00')
  await carry(p, 'examination', 3)
  await later(p, 1, '10:00')
  await carry(p, 'suspension')
  const meanwhile = await refusalOf(() =>
    submit(p, 'officer', { type: 'adjudication-decision', step: 'decision' }),
  )
  expect(meanwhile).toMatchObject({ codes: ['acting-while-suspended'], cites: ['ft-4-1'] })
  await carry(p, 'resumption')
  await carry(p, 'extension')
  await noteIn(p, 'officer', 'extension-told')
  await noteIn(p, 'officer', 'hearing-requested')
  const unheard = await refusalOf(() =>
    submit(p, 'officer', { type: 'adjudication-decision', step: 'decision' }),
  )
  expect(unheard).toMatchObject({ codes: ['decision-before-hearing'], cites: ['ft-4-1'] })
  await serveInPerson(p, 'hearing', await paper(p, 'officer', { type: 'hearing-notice', step: 'hearing' }))
  await later(p, 8, '10:00')
  await paper(p, 'officer', { type: 'hearing-record', step: 'hearing' })
  await noteIn(p, 'officer', 'hearing-held')
  await finishStep(p, 'hearing', 5)
  await decideAndDeliver(p, 'adjudication-decision')
  await closeAndArchive(p)
  expect(await endOf(p)).toEqual(ARCHIVED)
})
