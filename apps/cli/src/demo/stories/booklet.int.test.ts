import { getForm, submitDocument, voidDocument } from '@liuhen/api/routes/documents'
import { drawBooklet, listBooklets, listNumbers, returnBooklet, voidBlank } from '@liuhen/api/routes/numbers'
import { JsonRecord } from '@liuhen/domain/case/events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createOffices, type Offices } from '../../../../../test/test-office.ts'
import { handOver, paper, signPaper } from '../carry.ts'
import { formsOf } from '../matter-forms.ts'
import { matterOf } from '../matters.ts'
import { underWay } from '../office.ts'
import { before } from '../persist.ts'
import { as, begin, idsOf, refusalOf, workspace } from '../play.ts'
import type { Ordinary } from '../story-ordinary.ts'
import { register, take } from './open-case.ts'

const CHANGZHI = '140400001'
const matter = matterOf(CHANGZHI)
const STEP = 'on-the-spot'
const TYPE = 'on-the-spot-decision'
const DECIDED = {
  certificateShown: true,
  facts: '在店内设立功德箱，当场收取现金。',
  evidence: '现场照片、当事人陈述。',
  violated: matter.violated,
  rightsTold: true,
  partyStatement: 'none',
  circumstances: '无',
  basis: matter.basis,
  kinds: ['warning'],
}

let town: Offices<readonly [string]>
beforeAll(async () => {
  town = await createOffices('2026-03-09T09:00:00+08:00', [CHANGZHI])
})
afterAll(() => town.close())

/** Two officers on the street, before anything is written. */
const onTheStreet = async (when: string): Promise<Ordinary> => {
  const [office] = town.offices
  const forms = { ...formsOf(matter, office.named), [TYPE]: DECIDED }
  const p = await register(underWay(office, matter, forms), { procedure: 'penalty-simple', when })
  await take(p)
  const officerIds = idsOf(p, ['officer', 'partner'])
  await begin(p, 'officer', STEP, { from: before(p, 10), officerIds, place: matter.place })
  return p
}
const paperData = async (p: Ordinary) =>
  (await as(p, 'officer').call(getForm, { params: { id: p.caseId, type: TYPE }, query: { step: STEP } })).data
const numberOf = async (p: Ordinary, id: string): Promise<string> =>
  (await workspace(p)).documents.find((d) => d.id === id)?.number ?? ''

test('pen-52: a booklet goes through cases: taken in order, written by hand, spoiled, voided, returned; no number is missing', async () => {
  const first = await onTheStreet('2026-03-10 10:00')
  const officer = as(first, 'officer')
  const [holderId = ''] = idsOf(first, ['officer'])
  const { id = '' } = await officer.call(drawBooklet, { body: { type: TYPE, count: 5, holderId } })
  const blanks = async () =>
    (await officer.call(listBooklets, {})).items.find((b) => b.id === id)?.blanks ?? []
  const [one, two, three, four, five] = (await blanks()).map((b) => b.number)

  // The first sheet was spoiled: the decision takes the next, and is handed over.
  const [spoiled] = await blanks()
  const why = { why: 'spoiled' as const, note: '当事人姓名写错' }
  await officer.call(voidBlank, { params: { id, seq: spoiled?.seq ?? 0 }, body: why })
  const decision = await paper(first, 'officer', { type: TYPE, step: STEP })
  expect(await numberOf(first, decision)).toBe(two)
  await handOver(first, STEP, decision)

  // Written by hand on the fourth sheet, entered afterwards under the number that it bears; nobody bears it twice.
  const second = await onTheStreet('2026-03-11 10:00')
  const byHand = async (p: Ordinary, preNumber: string): Promise<string> => {
    const data = JsonRecord.parse({ ...(await paperData(p)), ...DECIDED })
    const body = { type: TYPE, step: STEP, data, preNumber }
    const done = await as(p, 'officer').call(submitDocument, { params: { id: p.caseId }, body })
    return done.id ?? ''
  }
  const written = await byHand(second, four ?? '')
  await signPaper(second, 'officer', written)
  expect(await numberOf(second, written)).toBe(four)
  const third = await onTheStreet('2026-03-12 10:00')
  expect((await refusalOf(() => byHand(third, four ?? ''))).codes).toEqual(['wrong-state'])

  // Entered wrongly and taken back before anybody signed: number and paper stay, with the reason.
  const wrong = await byHand(third, three ?? '')
  const reason = '违法事实写错，另行制作'
  await as(third, 'officer').call(voidDocument, {
    params: { id: third.caseId, documentId: wrong },
    body: { reason },
  })
  await officer.call(returnBooklet, { params: { id }, body: { reason: '用完交回' } })

  const { items, series } = await officer.call(listNumbers, { query: { word: '当罚' } })
  const told = items.toSorted((a, b) => a.seq - b.seq).map((r) => [r.number, r.state, r.reason])
  expect(told).toEqual([
    [one, 'blank-voided', '写错：当事人姓名写错'],
    [two, 'used', undefined],
    [three, 'voided', reason],
    [four, 'used', undefined],
    [five, 'returned', '交回：用完交回'],
  ])
  expect(series.find((s) => s.word === '当罚')).toMatchObject({ last: 5, missing: [] })
})
