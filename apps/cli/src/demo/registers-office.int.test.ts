import { getForm } from '@liuhen/api/routes/documents'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { createOffices, type Offices } from '../../../../test/test-office.ts'
import { finishStep, recordScene } from './carry.ts'
import { noteIn } from './noting.ts'
import { type Office, typing, underWay } from './office.ts'
import { type Carried, before, later } from './persist.ts'
import { as, begin, complete, idsOf, refusalOf, workspace } from './play.ts'
import { beginCase } from './story-application.ts'
import { kindsKept, openBook, stateOf } from './story-register.ts'

const BEGINS = '2026-03-09T09:00:00+08:00'
const CODES = ['420112013', '140400001', '110106001', '620200001'] as const
const CREW = ['officer', 'partner'] as const

const CHECK = {
  procedure: 'inspection',
  source: 'inspection' as const,
  title: '随机抽查示范企业',
  summary: '按计划随机抽查。',
  violation: '随机抽查',
  place: '示范北路',
  party: { kind: 'organisation' as const, name: '示范有限公司', address: '示范北路2号' },
}

let installation: Offices<typeof CODES>
let street: Office
let changzhi: Office
let fengtai: Office
let jiayuguan: Office
beforeAll(async () => {
  installation = await createOffices(BEGINS, CODES)
  ;[street, changzhi, fengtai, jiayuguan] = installation.offices
})
afterAll(() => installation.close())

const statusOf = async (p: Carried, step: string) =>
  (await workspace(p)).evaluation.steps.find((s) => s.id === step)?.status
const outOf = (p: Carried, step: string, minutes: number) =>
  begin(p, 'officer', step, { from: before(p, minutes), officerIds: idsOf(p, CREW), place: p.matter.place })
const end = (p: Carried, step: string, minutes: number) =>
  complete(p, 'officer', step, { from: before(p, minutes), to: before(p, 0) })

describe('what happens in the field and at the window', () => {
  it('is recorded on patrol by the street office, from beginning to end [zml-3-2]', async () => {
    const p = await openBook(street, 'patrol', '3月巡查')
    await later(p, 1, '10:00')
    await outOf(p, 'patrol', 5)
    expect((await refusalOf(() => end(p, 'patrol', 5))).cites).toEqual(['zml-3-2'])
    await finishStep(p, 'patrol', 5)
    expect(await statusOf(p, 'patrol')).toBe('done')
  })
  it('is seen by the camera over the window at each act [czm-4-2]', async () => {
    const p = await openBook(changzhi, 'window-service', '政务大厅3号窗口')
    await later(p, 0, '11:00')
    const step = 'window-acceptance'
    await outOf(p, step, 5)
    const act = await noteIn(p, 'officer', 'window-act', { kind: 'application' }, { step, minutesAgo: 3 })
    expect((await refusalOf(() => end(p, step, 5))).codes).toContain('window-act-without-surveillance')
    const film = { step, scene: 'service-window', minutes: 1, device: '21', about: act }
    const after = await refusalOf(() => recordScene(p, film))
    expect(after).toEqual({ codes: ['surveillance-misses-act'], cites: ['czm-4-2'] })
    await recordScene(p, { ...film, minutes: 5, device: '22' })
    await end(p, step, 5)
    expect(await statusOf(p, step)).toBe('done')
  })
  it('is on film the whole time in the venue, and the uncovered minutes are named [jyg-3-2-9-2]', async () => {
    const p = await openBook(jiayuguan, 'enforcement-venue', '询问室')
    await later(p, 0, '12:00')
    await outOf(p, 'venue-use', 10)
    await recordScene(p, { step: 'venue-use', scene: 'handling-area', minutes: 4 })
    const short = await refusalOf(() => end(p, 'venue-use', 10))
    expect(short.cites).toContain('jyg-3-2-9-2')
    await recordScene(p, { step: 'venue-use', scene: 'handling-area', minutes: 10, device: '23' })
    await end(p, 'venue-use', 10)
    expect(await statusOf(p, 'venue-use')).toBe('done')
  })
})

describe('what is published beforehand', () => {
  it('is entered by whoever enforces, reviewed by another than publishes it, and renewed [jyg-3-1-1-1, jyg-3-1-5-3, jyg-3-1-3-4]', async () => {
    const p = await openBook(jiayuguan, 'prior-disclosure', '门户网站公示')
    const item = { kind: 'matter', unit: '执法局', enforcer: '执法局' }
    const before1 = await refusalOf(() => noteIn(p, 'officer', 'publicity-item-entered', item))
    expect(before1).toEqual({ codes: ['publicity-duties-unassigned'], cites: ['jyg-3-1-1-1'] })
    await noteIn(p, 'unitHead', 'publicity-duties-assigned')
    const foreign = { ...item, enforcer: '环保局' }
    const other = await refusalOf(() => noteIn(p, 'officer', 'publicity-item-entered', foreign))
    expect(other).toEqual({ codes: ['entered-by-another'], cites: ['jyg-3-1-1-1'] })
    const about = await noteIn(p, 'officer', 'publicity-item-entered', item)
    const raw = await refusalOf(() => noteIn(p, 'publisher', 'publicity-item-published', {}, { about }))
    expect(raw).toEqual({ codes: ['item-unreviewed'], cites: ['jyg-3-1-5-3'] })
    await noteIn(p, 'reviewer', 'publicity-item-reviewed', {}, { about })
    await noteIn(p, 'publisher', 'publicity-item-published', {}, { about })
    const bare = await refusalOf(() =>
      noteIn(p, 'publisher', 'prior-disclosure-published', { content: undefined }),
    )
    expect(bare.codes).toContain('prior-content-missing')
    await noteIn(p, 'publisher', 'prior-disclosure-published')
    const change = await noteIn(p, 'officer', 'basis-changed')
    expect(await stateOf(p, 'prior-update')).toBe('open')
    await noteIn(p, 'publisher', 'prior-disclosure-updated', {}, { about: change })
    expect(await stateOf(p, 'prior-update')).toBe('met')
  })
})

describe('statistics', () => {
  it('of half a year are analysed, published on the website and reported by 10 July [jyg-3-1-2-3, jyg-3-1-2-4, jyg-3-2-11-5]', async () => {
    const p = await openBook(jiayuguan, 'statistics', '2026年')
    const about = await noteIn(p, 'officer', 'statistics-period-ended', { period: 'half' })
    const { duties } = (await workspace(p)).evaluation
    expect(duties.find((d) => d.rule === 'publish-half')?.due).toContain('2026-07-10')
    const unread = await refusalOf(() => noteIn(p, 'officer', 'statistics-reported', {}, { about }))
    expect(unread).toEqual({ codes: ['report-without-analysis'], cites: ['jyg-3-2-11-4'] })
    await noteIn(p, 'supervisor', 'analysis-made', {}, { about })
    await noteIn(p, 'officer', 'statistics-compiled', {}, { about })
    const wall = await refusalOf(() =>
      noteIn(p, 'publisher', 'statistics-published', { place: 'board' }, { about }),
    )
    expect(wall.cites).toEqual(['jyg-3-1-2-3'])
    await noteIn(p, 'publisher', 'statistics-published', { place: 'website' }, { about })
    await noteIn(p, 'officer', 'statistics-reported', {}, { about })
    expect([await stateOf(p, 'publish-half'), await stateOf(p, 'report-half')]).toEqual(['met', 'met'])
  })
})

describe('supervision', () => {
  it('finds a problem, has it mended by a day, and proves that it was [jyg-5-3-1, jyg-5-3-2]', async () => {
    const p = await openBook(jiayuguan, 'supervision', '2026年度')
    const stranger = { kind: 'regular', body: '执法科' }
    const plan = await refusalOf(() => noteIn(p, 'supervisor', 'supervision-planned', stranger))
    expect(plan).toEqual({ codes: ['regular-supervision-by-others'], cites: ['jyg-5-3-1'] })
    const own = { kind: 'regular', body: '领导小组办公室' }
    const planned = await noteIn(p, 'supervisor', 'supervision-planned', own)
    const problem = await noteIn(p, 'supervisor', 'problem-found', {}, { about: planned })
    expect(await stateOf(p, 'order-rectification')).toBe('open')
    const undated = { dueOn: undefined }
    const open = await refusalOf(() =>
      noteIn(p, 'supervisor', 'rectification-ordered', undated, { about: problem }),
    )
    expect(open.codes.length).toBeGreaterThan(0)
    const dated = { dueOn: '2026-03-31' }
    const order = await noteIn(p, 'supervisor', 'rectification-ordered', dated, { about: problem })
    expect([await stateOf(p, 'order-rectification'), await stateOf(p, 'rectify')]).toEqual(['met', 'open'])
    await noteIn(p, 'supervisor', 'rectification-verified', {}, { about: order })
    expect(await stateOf(p, 'rectify')).toBe('met')
  })
})

describe('people, texts and lists', () => {
  it('have reviewers filed and collected in the city’s list [jyg-3-3-12-3, jyg-3-3-13-1, jyg-3-3-15-3]', async () => {
    const p = await openBook(jiayuguan, 'legal-review-office', '法制审核')
    await noteIn(p, 'unitHead', 'review-measure-registered')
    const skipped = { nodes: ['handler'] }
    const without = await refusalOf(() => noteIn(p, 'unitHead', 'approval-flow-set', skipped))
    expect(without.codes.length).toBeGreaterThan(0)
    await noteIn(p, 'unitHead', 'review-body-designated')
    expect(await stateOf(p, 'reviewers-refiling')).toBe('open')
    const about = await noteIn(p, 'unitHead', 'reviewers-filed', { unit: '执法局' })
    expect(await stateOf(p, 'reviewers-refiling')).toBe('met')
    const other = await refusalOf(() =>
      noteIn(p, 'unitHead', 'reviewers-collected', { unit: '交通局' }, { about }),
    )
    expect(other).toEqual({ codes: ['collected-unlike-filing'], cites: ['jyg-3-3-13-1'] })
    await noteIn(p, 'unitHead', 'reviewers-collected', { unit: '执法局' }, { about })
    expect(await stateOf(p, 'reviewers-collection')).toBe('met')
  })
  it('let nobody take up a post untrained [jyg-5-5-1]', async () => {
    const p = await openBook(jiayuguan, 'administration', '制度和人员')
    const about = await noteIn(p, 'unitHead', 'officer-registered', { certValidTo: '2027-12-31' })
    const raw = await refusalOf(() => noteIn(p, 'unitHead', 'officer-posted', {}, { about }))
    expect(raw).toMatchObject({ codes: ['posted-untrained'], cites: ['jyg-5-5-1'] })
    await noteIn(p, 'unitHead', 'training-completed', { kind: 'pre-post' }, { about })
    await noteIn(p, 'unitHead', 'officer-posted', {}, { about })
  })
  it('have a handbook with all its systems [jyg-4-2-3]', async () => {
    const p = await openBook(jiayuguan, 'handbook', '工作手册')
    const thin = await refusalOf(() => noteIn(p, 'unitHead', 'handbook-issued', { systems: ['publicity'] }))
    expect(thin).toMatchObject({ codes: ['handbook-systems-missing'] })
    await noteIn(p, 'unitHead', 'plan-adopted')
    expect(await stateOf(p, 'handbook')).toBe('open')
    await noteIn(p, 'unitHead', 'handbook-issued')
    expect(await stateOf(p, 'handbook')).toBe('met')
  })
  it('push what was formed to the credit platform and wait for the receipt [jyg-3-1-6-1, gb-2-1-4]', async () => {
    const p = await openBook(jiayuguan, 'sharing', '双公示推送')
    const about = await noteIn(p, 'publisher', 'information-formed', { subject: 'enterprise' })
    expect(await stateOf(p, 'push-to-credit')).toBe('open')
    const push = { platform: 'credit', priority: true }
    const pushed = await noteIn(p, 'publisher', 'information-pushed', push, { about })
    expect([await stateOf(p, 'push-to-credit'), await stateOf(p, 'push-receipt')]).toEqual(['met', 'open'])
    await noteIn(p, 'publisher', 'push-received', { accepted: true }, { about: pushed })
    expect(await stateOf(p, 'push-receipt')).toBe('met')
  })
  it('list what is recorded, adopt the list, and every case asks for it from then on [jyg-3-2-8-2]', async () => {
    const p = await openBook(jiayuguan, 'recording-list', '音像记录事项清单')
    const step = 'recording-list'
    const empty = await refusalOf(() => noteIn(p, 'officer', 'recording-list-adopted', {}, { step }))
    expect(empty).toEqual({ codes: ['recording-list-empty'], cites: ['jyg-3-2-8-2'] })
    const wantedIn = async (c: Carried) =>
      (await workspace(c)).evaluation.steps
        .find((s) => s.id === 'plan')
        ?.recordings.map((r) => [r.scene, r.strength, r.citations.map((one) => one.clause)])
    const inspection = await beginCase(typing(underWay(jiayuguan, CHECK)))
    await noteIn(p, 'officer', 'recording-item-listed', { scene: 'random-check', activity: 'plan' })
    expect(await wantedIn(inspection)).toEqual([])
    await noteIn(p, 'officer', 'recording-list-adopted', {}, { step })
    expect(await statusOf(p, step)).toBe('done')
    expect(await wantedIn(inspection)).toEqual([['random-check', 'must', ['jyg-3-2-8-2']]])
  })
  it('list the tiers of the discretion standard, and a decision picks one from its adoption on [jyg-3-3-16-1]', async () => {
    const p = await openBook(jiayuguan, 'discretion-list', '行政处罚裁量基准')
    const step = 'discretion-list'
    const tier = { tier: '较轻', measure: 'amount', min: 50_000, max: 100_000 }
    const empty = await refusalOf(() => noteIn(p, 'unitHead', 'discretion-adopted', {}, { step }))
    expect(empty).toEqual({ codes: ['discretion-list-empty'], cites: ['jyg-3-3-16-1'] })
    const turned = { ...tier, min: 100_000, max: 50_000 }
    const reversed = await refusalOf(() => noteIn(p, 'unitHead', 'discretion-tier-listed', turned))
    expect(reversed).toEqual({ codes: ['discretion-range-reversed'], cites: ['jyg-3-3-16-1'] })
    const c = await beginCase(typing(underWay(jiayuguan, { ...CHECK, procedure: 'penalty-ordinary' })))
    const offered = async () => {
      const params = { id: c.caseId, type: 'penalty-decision' }
      const { picks } = await as(c, 'officer').call(getForm, { params, query: { step: 'decision' } })
      return picks['discretionTier']?.map((one) => one.fill)
    }
    await noteIn(p, 'unitHead', 'discretion-tier-listed', tier)
    expect(await offered()).toBeUndefined()
    const times = { tier: '一般', measure: 'times', base: '违法所得', least: 1, most: 1.5 }
    await noteIn(p, 'unitHead', 'discretion-tier-listed', times)
    await noteIn(p, 'unitHead', 'discretion-adopted', {}, { step })
    expect(await offered()).toMatchObject([
      {
        discretionTier: '较轻',
        discretionMeasure: 'amount',
        discretionMin: '50000',
        discretionMax: '100000',
      },
      {
        discretionTier: '一般',
        discretionMeasure: 'times',
        discretionOf: '违法所得',
        discretionLeast: '1',
        discretionMost: '1.5',
      },
    ])
  })
  it('keep a copy elsewhere than the store [zml-25-4]', async () => {
    const p = await openBook(street, 'recording-store', '音像库')
    await noteIn(p, 'archivist', 'storage-in-service', { place: '一楼机房' })
    expect(await stateOf(p, 'offsite-backup')).toBe('open')
    const here = { place: '一楼机房', verified: true }
    const same = await refusalOf(() => noteIn(p, 'archivist', 'offsite-backup-made', here))
    expect(same).toEqual({ codes: ['backup-not-offsite'], cites: ['zml-25-4'] })
    await noteIn(p, 'archivist', 'offsite-backup-made', { place: '区档案馆', verified: true })
  })
})

test('every register of these agencies can be opened, and says what is registered in which order', async () => {
  for (const office of [street, changzhi, fengtai, jiayuguan])
    for (const kind of await kindsKept(office)) {
      const p = await openBook(office, kind, '第二本')
      const { notes, evaluation } = await workspace(p)
      const own = notes.filter((n) => n.group !== undefined)
      expect(notes.slice(0, own.length), kind).toEqual(own)
      expect(evaluation.steps.length, kind).toBeGreaterThan(0)
    }
})
