import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { flagCase } from '@liuhen/api/routes/cases'
import { createOffices, type Offices } from '../../../../test/test-office.ts'
import { finishStep, paper, recordScene, signPaper } from './carry.ts'
import { noteIn } from './noting.ts'
import type { Office } from './office.ts'
import { type Carried, before, later, moment } from './persist.ts'
import { as, begin, complete, idsOf, refusalOf, submit, workspace } from './play.ts'
import { record } from './record.ts'
import { openBook, stateOf } from './story-register.ts'

const BEGINS = '2026-03-09T09:00:00+08:00'
const CODES = ['140500001'] as const

let installation: Offices<typeof CODES>
let police: Office
beforeAll(async () => {
  installation = await createOffices(BEGINS, CODES)
  ;[police] = installation.offices
})
afterAll(() => installation.close())

describe('a ledger of property in custody', () => {
  let p: Carried
  let thing: string
  const about = () => ({ about: thing })

  it('numbers each thing once, and wants it handed over within 24 hours to a keeper who handles no case [ga-2-2-14, ga-2-2-15, mps-188, mps-189, mps-190]', async () => {
    p = await openBook(police, 'police-property', '分局涉案财物')
    const bare = await refusalOf(() =>
      noteIn(p, 'officer', 'property-registered', { number: '财-1', cause: undefined }),
    )
    expect(bare).toMatchObject({ codes: ['property-elements-missing'], cites: ['mps-189'] })
    thing = await noteIn(p, 'officer', 'property-registered', { number: '财-1', remote: false })
    const twice = await refusalOf(() => noteIn(p, 'officer', 'property-registered', { number: '财-1' }))
    expect(twice).toMatchObject({ codes: ['property-number-used'] })
    expect(await stateOf(p, 'hand-over')).toBe('open')
    const byHandler = await refusalOf(() => noteIn(p, 'officer', 'property-handed-over', {}, about()))
    expect(byHandler.codes).toEqual(['not-permitted'])
    await later(p, 0, '15:00')
    await noteIn(p, 'archivist', 'property-handed-over', { from: '岳鹏', to: '文静雅' }, about())
    expect(await stateOf(p, 'hand-over')).toBe('met')
  })
  it('lends it when that is approved, by the keeper, and waits for its return [mps-190, ga-2-2-16]', async () => {
    const loan = { keeper: '文静雅', borrower: '岳鹏', reason: '辨认' }
    const unapproved = await refusalOf(() => noteIn(p, 'officer', 'property-lent', loan, about()))
    expect(unapproved).toEqual({ codes: ['lent-unapproved'], cites: ['mps-190'] })
    await noteIn(p, 'unitHead', 'property-loan-approved', {}, about())
    const stranger = { ...loan, keeper: '牟海燕' }
    const broken = await refusalOf(() => noteIn(p, 'officer', 'property-lent', stranger, about()))
    expect(broken).toMatchObject({ codes: ['chain-broken'], cites: ['ga-2-2-16', 'mps-188'] })
    await noteIn(p, 'officer', 'property-lent', loan, about())
    expect(await stateOf(p, 'loan-return')).toBe('open')
    await noteIn(p, 'officer', 'property-loan-returned', {}, about())
    expect(await stateOf(p, 'loan-return')).toBe('met')
  })
  it('gives it back only when it was pictured and appraised, and then no more [mps-192, ga-2-2-16]', async () => {
    const back = { keeper: '文静雅', recipient: '李大鹏', condition: '完好' }
    const unseen = await refusalOf(() => noteIn(p, 'officer', 'property-returned', back, about()))
    expect(unseen).toEqual({ codes: ['returned-without-picture'], cites: ['mps-192'] })
    await later(p, 1, '10:00')
    await begin(p, 'officer', 'custody', { from: before(p, 5), officerIds: idsOf(p, ['officer']) })
    const span = { clip: 'notice', from: before(p, 5), to: before(p, 0) }
    await record(p, { step: 'custody', scene: 'general-enforcement', ...span, about: thing })
    await noteIn(p, 'officer', 'property-appraised', { amount: 80000 }, about())
    await noteIn(p, 'officer', 'property-returned', back, about())
    const gone = await refusalOf(() =>
      noteIn(p, 'archivist', 'property-handed-over', { from: '文静雅' }, about()),
    )
    expect(gone.codes).toEqual(['already-gone'])
  })
  it('names what a decided case leaves behind [mps-193]', async () => {
    await noteIn(p, 'officer', 'property-registered', { number: '财-2', remote: false })
    const flag = { flag: 'property-decided', on: true, reason: '案件已作出处罚决定' }
    await as(p, 'unitHead').call(flagCase, { params: { id: p.caseId }, body: flag })
    const left = async () => {
      const { findings } = (await workspace(p)).evaluation
      return findings.find((f) => f.code === 'property-unsettled')?.message ?? ''
    }
    expect(await left()).toContain('有1件')
    const second = (await workspace(p)).noted.find((n) => n.name === 'property-registered')?.ref ?? ''
    await noteIn(p, 'archivist', 'property-handed-over', { to: '文静雅' }, { about: second })
    const disposal = { keeper: '文静雅', manner: 'confiscate' }
    await noteIn(p, 'officer', 'property-disposed', disposal, { about: second })
    expect(await left()).toBe('')
  })
})

describe('the venue', () => {
  let p: Carried

  it('is entered before anybody is searched, and left within eight hours, belongings returned [ga-2-2-10, psp-97]', async () => {
    p = await openBook(police, 'police-venue', '李大鹏 3月11日')
    await moment(p, '2026-03-11 09:00')
    const early = await refusalOf(() => begin(p, 'officer', 'venue-search', { from: before(p, 0) }))
    expect(early).toEqual({ codes: ['not-entered'], cites: ['ga-2-2-10'] })
    await noteIn(p, 'officer', 'venue-entry', { person: '李大鹏', ground: 'ordinary' })
    expect(await stateOf(p, 'venue-time')).toBe('open')
    await noteIn(p, 'officer', 'belongings-stored')
    await later(p, 0, '09:20')
    await begin(p, 'officer', 'venue-search', {
      from: before(p, 3),
      officerIds: idsOf(p, ['officer', 'partner']),
    })
    await finishStep(p, 'venue-search', 3)
  })
  it('binds the written record to the recording, paragraph by paragraph, and names the minutes that are not on it [ga-2-2-13]', async () => {
    const flag = { flag: 'major-complex', on: true, reason: '重大行政案件' }
    await as(p, 'unitHead').call(flagCase, { params: { id: p.caseId }, body: flag })
    await later(p, 0, '10:00')
    const step = 'venue-interview'
    await begin(p, 'officer', step, { from: before(p, 10), officerIds: idsOf(p, ['officer', 'partner']) })
    await recordScene(p, { step, scene: 'major-suspect-inquiry', minutes: 4 })
    await recordScene(p, { step, scene: 'handling-area', minutes: 10, device: '11' })
    const talk = [
      { q: '是否看清证件？', a: '看清了。' },
      { q: '道闸杆是谁砸坏的？', a: '是我。' },
    ]
    const span = { startAt: before(p, 10), endAt: before(p, 0) }
    const id = await submit(p, 'officer', {
      type: 'inquiry-record',
      step,
      span,
      data: { talk, relation: 'party' },
    })
    const bind = (paragraph: number, from: number, to: number) =>
      noteIn(
        p,
        'officer',
        'record-bound',
        { paragraph },
        { step, about: id, from: before(p, from), to: before(p, to) },
      )
    const outside = await refusalOf(() => bind(1, 14, 8))
    expect(outside.codes).toEqual(['bound-outside-recording'])
    await bind(1, 4, 2)
    const unbound = await refusalOf(() => signPaper(p, 'officer', id))
    expect(unbound).toMatchObject({ codes: ['record-not-bound'], cites: ['ga-2-2-13'] })
    await bind(2, 2, 0)
    await signPaper(p, 'officer', id)
    const short = await refusalOf(() =>
      complete(p, 'officer', step, { from: before(p, 10), to: before(p, 0) }),
    )
    expect(short.codes).toContain('suspect-interview-uncovered')
    await recordScene(p, { step, scene: 'major-suspect-inquiry', minutes: 10, device: '12' })
    await finishStep(p, step, 10)
    expect((await workspace(p)).evaluation.steps.find((x) => x.id === step)?.missing).toEqual([])
  })
  it('is left with everything signed for [ga-2-2-10]', async () => {
    const entry = (await workspace(p)).noted.find((n) => n.name === 'venue-entry')?.ref ?? ''
    const kept = await refusalOf(() => noteIn(p, 'officer', 'venue-exit', {}, { about: entry }))
    expect(kept).toEqual({ codes: ['exit-with-belongings'], cites: ['ga-2-2-10'] })
    const stored = (await workspace(p)).noted.find((n) => n.name === 'belongings-stored')?.ref ?? ''
    await noteIn(p, 'officer', 'belongings-returned', { signed: true }, { about: stored })
    await noteIn(p, 'officer', 'venue-exit', {}, { about: entry })
    expect(await stateOf(p, 'venue-time')).toBe('met')
  })
})

describe('intake', () => {
  it('is registered online on the spot, answered with a receipt, and accepted as a case [ga-2-2-3, ga-2-2-4, ga-2-2-5]', async () => {
    const p = await openBook(police, 'police-intake', '值班接报')
    await later(p, 1, '09:00')
    const report = await noteIn(p, 'officer', 'report-received', { way: 'walk-in' })
    const about = { about: report }
    const unregistered = await refusalOf(() => noteIn(p, 'officer', 'police-case-accepted', {}, about))
    expect(unregistered).toMatchObject({ codes: ['accepted-unregistered'], cites: ['ga-2-2-3', 'mps-60'] })
    const bare = await refusalOf(() => noteIn(p, 'officer', 'report-registered', { place: undefined }, about))
    expect(bare).toEqual({ codes: ['report-elements-missing'], cites: ['ga-2-2-5'] })
    await noteIn(p, 'officer', 'report-registered', {}, about)
    await noteIn(p, 'officer', 'evidence-materials-accepted', { count: 0 }, about)
    const without = await refusalOf(() => noteIn(p, 'officer', 'reception-closed', {}, about))
    expect(without).toMatchObject({ codes: ['receipt-not-given'], cites: ['ga-2-2-4', 'mps-60'] })
    await paper(p, 'officer', { type: 'report-receipt', step: 'reception', about: report })
    await noteIn(p, 'officer', 'reception-closed', {}, about)
    await noteIn(p, 'officer', 'police-case-accepted', {}, about)
    const body = { from: before(p, 3), to: before(p, 0), officerIds: idsOf(p, ['officer']) }
    const alone = await refusalOf(() => complete(p, 'officer', 'reception', body))
    expect(alone).toEqual({ codes: ['single-officer-unrecorded'], cites: ['mps-52'] })
    await complete(p, 'officer', 'reception', { ...body, officerIds: idsOf(p, ['officer', 'partner']) })
  })
  it('that belongs to another unit is passed on within a day [mps-61]', async () => {
    const p = await openBook(police, 'police-intake', '移送的接报')
    const report = await noteIn(p, 'officer', 'report-received', { way: 'phone' })
    await noteIn(p, 'officer', 'report-not-ours', {}, { about: report })
    expect(await stateOf(p, 'police-transfer')).toBe('open')
    await noteIn(p, 'officer', 'report-transferred', {}, { about: report })
    expect(await stateOf(p, 'police-transfer')).toBe('met')
  })
})

describe('a response to a call', () => {
  it('is recorded from arrival to departure, or the missing minutes are named [ga-2-2-6, ga-2-2-9]', async () => {
    const p = await openBook(police, 'police-response', '3月处警')
    await later(p, 1, '10:00')
    const step = 'police-response'
    await begin(p, 'officer', step, { from: before(p, 10), officerIds: idsOf(p, ['officer', 'partner']) })
    await recordScene(p, { step, scene: 'police-response', minutes: 4 })
    const short = await refusalOf(() =>
      complete(p, 'officer', step, { from: before(p, 10), to: before(p, 0) }),
    )
    expect(short.cites).toContain('ga-2-2-9')
    await recordScene(p, { step, scene: 'police-response', minutes: 10, device: '12' })
    await finishStep(p, step, 10)
    expect((await workspace(p)).evaluation.steps.find((s) => s.id === step)?.status).toBe('done')
  })
})
