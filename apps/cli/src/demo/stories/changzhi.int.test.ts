import { getForm } from '@liuhen/api/routes/documents'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createOffices, type Offices } from '../../../../../test/test-office.ts'
import { carry, finishStep, handOver, paper, serveInPerson } from '../carry.ts'
import { note } from '../deeds.ts'
import { formsOf } from '../matter-forms.ts'
import { matterOf } from '../matters.ts'
import { underWay } from '../office.ts'
import type { Ordinary } from '../story-ordinary.ts'
import { type Carried, before, moment } from '../persist.ts'
import { as, begin, complete, idsOf, submit, workspace } from '../play.ts'
import { DECISION, executionForms } from './execution-forms.ts'
import { refusedFor } from './meets.ts'
import { register, take } from './open-case.ts'

const CHANGZHI = '140400001'
const POLICE = '140500001'
const CREW = ['officer', 'partner'] as const
const matter = matterOf(CHANGZHI)

let town: Offices<readonly [string, string]>
beforeAll(async () => {
  town = await createOffices('2026-03-09T09:00:00+08:00', [CHANGZHI, POLICE])
})
afterAll(() => town.close())

const crewFor = (forms: Carried['forms']): Ordinary => {
  const [office] = town.offices
  return underWay(office, matter, { ...formsOf(matter, office.named), ...forms })
}

const onSite = (p: Carried, step: string, minutes: number) =>
  begin(p, 'officer', step, { from: before(p, minutes), officerIds: idsOf(p, CREW), place: p.matter.place })

const onTheSpot = {
  certificateShown: true,
  facts: '在店内设立功德箱，当场收取现金。',
  evidence: '现场照片、当事人陈述。',
  violated: matter.violated,
  rightsTold: true,
  partyStatement: 'made',
  statementNote: '当事人陈述初次违法、金额不大，予以采纳。',
  circumstances: '无',
  basis: matter.basis,
  kinds: ['fine'],
  fine: '10000',
  collection: 'spot',
  collectionGround: 'small',
}

const SIMPLE_FORMS = {
  'on-the-spot-decision': onTheSpot,
  'statement-record': {
    place: matter.place,
    waived: false,
    facts: '初次违法。',
    reasons: '金额不大。',
    evidence: '无。',
    speakerRole: '法定代表人',
  },
  'statement-review': {
    points: [
      {
        kind: 'fact',
        claim: '初次违法',
        finding: '查询执法记录，属实',
        adopted: 'yes',
        why: '已在裁量中考虑',
      },
    ],
    conclusion: '予以采纳，按最低额处罚。',
    noHeavier: true,
  },
  'on-spot-collection-record': {
    ground: 'small',
    receiptNo: '票1',
    course: '当场收缴一百元，出具专用票据。',
  },
  'simple-procedure-register': {
    steps: '出示证件、告知、听取陈述申辩、当场决定并交付。',
    statement: '当事人提出初次违法。',
    filing: '当场处罚决定书及案件材料。',
    receiver: '本局法制机构',
  },
  'performance-check': {
    performance: '罚款已当场收缴，功德箱已经撤除。',
    finePaid: 'full',
    checkedAt: '2026-03-12T09:30:00+08:00',
    rectified: 'done',
    rectifiedNote: '功德箱已经撤除。',
  },
}

/** One of the officers whom the form proposes. */
const oneOfficer = async (p: Carried, step: string): Promise<unknown[]> => {
  const params = { id: p.caseId, type: 'on-the-spot-decision' }
  const opened = await as(p, 'officer').call(getForm, { params, query: { step } })
  const named: unknown = opened.data['officers']
  return Array.isArray(named) ? named.slice(0, 1) : []
}

test('a summary penalty is decided on the spot, collected, filed and closed (第六条七项)', async () => {
  const p = await register(crewFor(SIMPLE_FORMS), { procedure: 'penalty-simple', when: '2026-03-10 10:00' })
  await take(p)
  const step = 'on-the-spot'
  await onSite(p, step, 10)
  await refusedFor('simple-not-applicable', () =>
    submit(p, 'officer', { type: 'on-the-spot-decision', step, data: { ...onTheSpot, fine: '400000' } }),
  )
  await refusedFor('collection-not-allowed', () =>
    submit(p, 'officer', { type: 'on-the-spot-decision', step, data: { ...onTheSpot, fine: '20000' } }),
  )
  const alone = await oneOfficer(p, step)
  await refusedFor('decision-officers-too-few', () =>
    submit(p, 'officer', { type: 'on-the-spot-decision', step, data: { ...onTheSpot, officers: alone } }),
  )
  await refusedFor('filing-before-decision', () => complete(p, 'officer', 'simple-filing'))
  const field = { startAt: before(p, 8), endAt: before(p, 5) }
  const decision = await paper(p, 'officer', { type: 'on-the-spot-decision', step })
  await handOver(p, step, decision)
  await paper(p, 'officer', { type: 'statement-record', step, data: field })
  await paper(p, 'officer', { type: 'statement-review', step })
  await refusedFor('collection-not-allowed', () =>
    note('officer', 'fine-collected', { amount: 10_001, receiptNo: '票1', ground: 'small' })(p, step),
  )
  // The duty leads to the fact, which opens with what the decision says.
  const told = await workspace(p)
  expect(told.evaluation.duties.find((d) => d.rule === 'collection')?.state).toBe('open')
  const form = told.notes.find((n) => n.name === 'fine-collected')
  expect(form?.fulfils).toContain('collection')
  expect(form?.fields.map((f) => f.known)).toEqual([10_000, undefined, 'small', undefined])
  await note('officer', 'fine-collected', { amount: 10_000, receiptNo: '票1', ground: 'small' })(p, step)
  await paper(p, 'officer', { type: 'on-spot-collection-record', step })
  await finishStep(p, step, 10)
  await moment(p, '2026-03-11 10:00')
  await note('officer', 'fine-handed-in')(p, step)
  await carry(p, 'simple-filing')
  await moment(p, '2026-03-12 10:00')
  await note('officer', 'fine-banked')(p, step)
  await carry(p, 'performance')
  await carry(p, 'closing')
  const found = await workspace(p)
  expect(found.status).toBe('closed')
  expect(p.warned).toEqual([])
  expect(found.evaluation.duties.filter((d) => d.state === 'overdue').map((d) => d.what)).toEqual([])
})

test('one police officer decides on the spot, alone on the form and in the signatures, where the whole is filmed (psp-120)', async () => {
  const [, station] = town.offices
  const offence = matterOf(POLICE)
  const told = { ...onTheSpot, partyStatement: 'waived', statementNote: undefined, kinds: ['warning'] }
  const forms = { ...formsOf(offence, station.named), 'on-the-spot-decision': told }
  const crew = underWay(station, offence, forms)
  const p = await register(crew, { procedure: 'penalty-simple', when: '2026-03-13 10:00' })
  await take(p)
  const step = 'on-the-spot'
  await begin(p, 'officer', step, {
    from: before(p, 10),
    officerIds: idsOf(p, ['officer']),
    place: offence.place,
  })
  const alone = await oneOfficer(p, step)
  const decision = await paper(p, 'officer', {
    type: 'on-the-spot-decision',
    step,
    data: { officers: alone },
  })
  const signed = (await workspace(p)).documents.find((d) => d.id === decision)
  expect(signed?.state).toBe('issued')
  expect(signed?.signatures.find((s) => s.role === 'officer')).toMatchObject({ need: 1 })
  await handOver(p, step, decision)
  await refusedFor('single-officer-unrecorded', () =>
    complete(p, 'officer', step, { from: before(p, 10), to: before(p, 0) }),
  )
  await finishStep(p, step, 10)
  const filing = await paper(p, 'officer', {
    type: 'simple-procedure-register',
    step: 'simple-filing',
    data: { ...SIMPLE_FORMS['simple-procedure-register'], statement: '明确放弃。', officers: alone },
  })
  const found = await workspace(p)
  expect(found.evaluation.steps.find((s) => s.id === step)?.status).toBe('done')
  const filed = found.documents.find((d) => d.id === filing)
  expect(filed?.state).toBe('issued')
  expect(filed?.signatures.find((s) => s.role === 'officer')).toMatchObject({ need: 1 })
})

/** By the Monday of its first week. */
const METHODS = [
  ['additional-fine', '加处罚款', '2026-03-16', '2026-03-18', '2026-03-24'],
  ['transfer-deposit', '划拨', '2026-03-30', '2026-04-01', '2026-04-08'],
  ['auction', '拍卖', '2026-04-13', '2026-04-15', '2026-04-21'],
  ['remove-restore', '排除妨碍、恢复原状', '2026-05-11', '2026-05-13', '2026-05-19'],
  ['substitute-performance', '代履行', '2026-05-25', '2026-05-27', '2026-06-02'],
] as const

const demand = async (p: Ordinary): Promise<void> => {
  await take(p)
  const decision = { ...DECISION, performBy: '2026-03-06', principal: Number(matter.fine) }
  await note('officer', 'basis-decision', decision)(p, 'demand')
  await note('officer', 'additional-fine-told', { since: '2026-02-02' }, 60 * 24 * 31)(p, 'demand')
  await refusedFor('execution-before-demand', () => begin(p, 'officer', 'execution-decision'))
  const letter = await paper(p, 'officer', { type: 'demand-letter', step: 'demand' })
  await serveInPerson(p, 'demand', letter)
  await finishStep(p, 'demand')
  await refusedFor('demand-running', () => begin(p, 'officer', 'execution-decision'))
}

const decide = async (p: Carried): Promise<void> => {
  const decision = await paper(p, 'officer', { type: 'execution-decision', step: 'execution-decision' })
  await complete(p, 'officer', 'execution-decision')
  await serveInPerson(p, 'service', decision)
  await finishStep(p, 'service')
}

test.each(METHODS)(
  'an own execution goes from the demand to the end by %s (%s)',
  async (method, _word, monday, wednesday, tuesday) => {
    const crew = crewFor(executionForms(matter, method, monday))
    const p = await register(crew, { procedure: 'compulsory-execution', when: `${monday} 09:00` })
    await demand(p)
    await moment(p, `${wednesday} 10:00`)
    await decide(p)
    if (method === 'substitute-performance') {
      await refusedFor('substitute-undemanded', () => onSite(p, 'execution', 0))
      await note('officer', 'substitute-demanded')(p, 'execution')
    }
    await moment(p, `${wednesday} 23:00`)
    await refusedFor('night-or-holiday', () => onSite(p, 'execution', 0))
    await moment(p, `${tuesday} 10:00`)
    await carry(p, 'execution', 30)
    await carry(p, 'closing')
    expect((await workspace(p)).status).toBe('closed')
    expect(p.warned).toEqual([])
  },
)
