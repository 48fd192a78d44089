import { afterAll, beforeAll, expect, test } from 'vitest'
import { createOffices, type Offices } from '../../../../../test/test-office.ts'
import { carry, finishStep, handOver, paper, serveInPerson } from '../carry.ts'
import { formsOf } from '../matter-forms.ts'
import { matterOf } from '../matters.ts'
import { noteIn } from '../noting.ts'
import { typing, underWay } from '../office.ts'
import { type Carried, before, later } from '../persist.ts'
import { begin, idsOf, submit, workspace } from '../play.ts'
import type { Ordinary } from '../story-ordinary.ts'
import { refusedFor } from './meets.ts'
import { open, register, take } from './open-case.ts'

const [ZOUMALING, FENGTAI, CHANGZHI] = ['420112013', '110106001', '140400001']
const CREW = ['officer', 'partner'] as const
const matter = matterOf(FENGTAI)

let town: Offices<readonly [string, string, string]>
beforeAll(async () => {
  town = await createOffices('2026-03-09T09:00:00+08:00', [ZOUMALING, FENGTAI, CHANGZHI])
})
afterAll(() => town.close())

type Which = 'zoumaling' | 'fengtai' | 'changzhi'

/** One matter for all three; what the story does not say of a form is typed by the field's own name. */
const crewAt = (
  which: Which,
  forms: Carried['forms'] = {},
  source: Ordinary['matter']['source'] = 'inspection',
) => {
  const [zoumaling, fengtai, changzhi] = town.offices
  const office = { zoumaling, fengtai, changzhi }[which]
  const told = { ...matter, source }
  return typing(underWay(office, told, { ...formsOf(told, office.named), ...forms }))
}

const onSite = (p: Carried, step: string, minutes: number) =>
  begin(p, 'officer', step, { from: before(p, minutes), officerIds: idsOf(p, CREW), place: p.matter.place })

const ordinary = (when: string) => ({ procedure: 'penalty-ordinary', when })
const informant = { name: '郑举报', phone: '13900000066' }

const closes = async (p: Carried): Promise<void> => {
  await carry(p, 'closing')
  const found = await workspace(p)
  expect(found.status).toBe('closed')
  expect(found.evaluation.duties.filter((d) => d.state === 'overdue').map((d) => d.what)).toEqual([])
}

test('who gave a name is told that no case is filed, and then the lead is closed (zml-9-6, zml-9-7)', async () => {
  const p = await register(
    crewAt(
      'zoumaling',
      {
        'lead-record': {
          channel: 'phone',
          informantName: informant.name,
          handling: 'accept',
          acceptedAt: '2026-03-10T09:30:00+08:00',
        },
        'non-filing-notice': { recipientKind: 'informant' },
      },
      'report',
    ),
    { ...ordinary('2026-03-10 09:30'), informant },
  )
  await carry(p, 'lead')
  await carry(p, 'acceptance')
  await take(p)
  await later(p, 1, '10:00')
  await refusedFor('lead-closed-open', () => noteIn(p, 'officer', 'lead-closed'))
  await noteIn(p, 'officer', 'non-filing-decided', { reason: '没有违法事实' })
  await refusedFor('non-filing-untold', () => noteIn(p, 'officer', 'lead-closed'))
  const told = await paper(p, 'officer', { type: 'non-filing-notice', step: 'lead' })
  await handOver(p, 'lead', told)
  await noteIn(p, 'officer', 'lead-closed')
  await closes(p)
})

test('a lead for another body goes there with its letter (zml-7-4, zml-7-5)', async () => {
  const record = { channel: 'phone', informantName: '匿名', handling: 'transfer', transferTo: '区水务局' }
  const p = await register(
    crewAt('zoumaling', { 'lead-record': record }, 'report'),
    ordinary('2026-03-12 09:30'),
  )
  await carry(p, 'lead')
  await refusedFor('not-accepted', () => carry(p, 'acceptance'))
  await take(p)
  const receipt = { receiver: '区水务局', receivedBy: '水收文' }
  await refusedFor('transfer-without-letter', () => noteIn(p, 'officer', 'lead-transferred', receipt))
  await paper(p, 'officer', { type: 'transfer-letter', step: 'transfer' })
  await noteIn(p, 'officer', 'lead-transferred', receipt)
  await noteIn(p, 'officer', 'lead-closed')
  await closes(p)
})

test('a filing is withdrawn with approval, not before there is one, and the case is closed (zml-32-1)', async () => {
  const p = await register(crewAt('zoumaling'), ordinary('2026-03-16 09:30'))
  await take(p)
  await refusedFor('too-early', () => begin(p, 'officer', 'withdrawal'))
  for (const step of ['lead', 'acceptance', 'filing']) await carry(p, step)
  await later(p, 1, '10:00')
  await carry(p, 'inspection', 5)
  await refusedFor('closing-before-performance', () => begin(p, 'officer', 'closing'))
  await carry(p, 'withdrawal')
  await closes(p)
})

test('丰台 suspends, resumes, extends and terminates a case (ft-4-4)', async () => {
  const p = await open(
    crewAt('fengtai', { 'extension-approval': { days: 30 } }),
    ordinary('2026-03-18 09:30'),
  )
  const dueOf = async () => (await workspace(p)).evaluation.duties.find((d) => d.rule === 'decision')?.due
  const first = await dueOf()
  await later(p, 1, '10:00')
  await carry(p, 'suspension')
  await refusedFor('acting-while-suspended', () => onSite(p, 'inspection', 0))
  await later(p, 10, '10:00')
  await carry(p, 'resumption')
  const resumed = await dueOf()
  await carry(p, 'extension')
  const extended = await dueOf()
  expect(Date.parse(resumed ?? '')).toBeGreaterThan(Date.parse(first ?? ''))
  expect(Date.parse(extended ?? '')).toBeGreaterThan(Date.parse(resumed ?? ''))
  await later(p, 1, '10:00')
  await carry(p, 'inspection', 5)
  await carry(p, 'termination')
  await closes(p)
})

test('长治 hands a suspected crime to the police, decided by the head (czm-10-1, trans-5)', async () => {
  const p = await open(
    crewAt('changzhi', { 'crime-transfer-letter': { ground: 'crime' } }),
    ordinary('2026-04-07 09:30'),
  )
  await later(p, 1, '10:00')
  await noteIn(p, 'officer', 'recording-obstructed', { means: 'violence', suspected: 'crime' })
  await noteIn(p, 'officer', 'crime-reported')
  const receipt = { receiver: '长治市公安局', receivedBy: '公收文' }
  await refusedFor('crime-transfer-unapproved', () => noteIn(p, 'officer', 'crime-transferred', receipt))
  await refusedFor('crime-not-transferred-without-reason', () =>
    noteIn(p, 'head', 'crime-transfer-decided', { approved: false, reason: '' }),
  )
  await noteIn(p, 'head', 'crime-transfer-decided', { approved: true })
  await paper(p, 'officer', { type: 'crime-transfer-letter', step: 'crime-transfer' })
  await noteIn(p, 'officer', 'crime-transferred', receipt)
  expect((await workspace(p)).evaluation.steps.find((s) => s.id === 'decision')?.status).toBe('not-needed')
  await closes(p)
})

const HEARD = {
  'penalty-advance-notice': {
    evidenceSummary: '现场检查笔录。',
    proposed: matter.penalty,
    rights: ['statement', 'defence', 'hearing', 'recusal'],
    statementDays: 5,
    hearingDays: 5,
    remedy: '可以申请行政复议或者提起行政诉讼。',
  },
  'preservation-approval': { keepMode: 'inPlace', days: 7, forms: ['register'] },
  'preservation-disposal': { items: [{ name: '桌椅', count: 4, unit: '套', disposal: 'return' }] },
  'hearing-notice': { public: true, chair: '听证主持人' },
  'hearing-record': { recusal: 'none', agents: 1 },
}

const preserve = async (p: Carried): Promise<void> => {
  const step = 'preservation'
  await onSite(p, step, 10)
  await refusedFor('preservation-without-approval', () =>
    submit(p, 'officer', { type: 'preservation-notice', step, data: { untilDate: '2026-05-20' } }),
  )
  await paper(p, 'officer', { type: 'preservation-approval', step })
  const notice = await paper(p, 'officer', { type: 'preservation-notice', step })
  await handOver(p, step, notice)
  await finishStep(p, step, 10)
  const due = (await workspace(p)).evaluation.duties.find((d) => d.rule === 'preservation-disposal')?.due
  expect(due?.slice(0, 10)).toBe('2026-05-21')
  await later(p, 5, '10:00')
  await carry(p, 'preservation-disposal')
}

const hear = async (p: Carried): Promise<void> => {
  const notice = await paper(p, 'officer', { type: 'penalty-advance-notice', step: 'advance-notice' })
  await serveInPerson(p, 'advance-notice', notice)
  await finishStep(p, 'advance-notice')
  await later(p, 1, '10:00')
  await carry(p, 'statement', 10)
  await noteIn(p, 'officer', 'hearing-requested')
  await refusedFor('decision-before-hearing', () => begin(p, 'officer', 'decision'))
  const invited = await paper(p, 'officer', { type: 'hearing-notice', step: 'hearing-notice' })
  await serveInPerson(p, 'hearing-notice', invited)
  await finishStep(p, 'hearing-notice')
  await refusedFor('hearing-too-soon', () => begin(p, 'reviewer', 'hearing'))
  await later(p, 12, '10:00')
  await carry(p, 'hearing', 30)
  await noteIn(p, 'officer', 'hearing-held')
}

/** The decision by which a case is taken up anew. */
const PAPER = { body: '区人民政府', number: '政复〔2026〕1号', decidedOn: '2026-05-20' }

const decideAnd = async (p: Carried): Promise<string> => {
  const decision = await paper(p, 'officer', { type: 'penalty-decision', step: 'decision' })
  await finishStep(p, 'decision')
  return decision
}

test('a penalty with preservation and hearing is overturned and decided anew (pen-56, pen-64, pen-57)', async () => {
  const p = await open(crewAt('zoumaling', HEARD), ordinary('2026-05-11 09:30'))
  await later(p, 1, '10:00')
  await carry(p, 'inspection', 5)
  await preserve(p)
  await carry(p, 'investigation-report')
  await hear(p)
  await carry(p, 'statement-review')
  await carry(p, 'legal-review')
  await later(p, 1, '10:00')
  const first = await decideAnd(p)
  await serveInPerson(p, 'service', first)
  await finishStep(p, 'service', 5)
  await refusedFor('reopened-without-cause', () => noteIn(p, 'unitHead', 'case-reopened', PAPER))
  const overturned = { ground: 'reconsideration', body: PAPER.body, number: PAPER.number }
  await expect(noteIn(p, 'officer', 'decision-overturned', overturned)).rejects.toThrow()
  await noteIn(p, 'unitHead', 'decision-overturned', { ...overturned, remake: true, remakeDays: 60 })
  await expect(noteIn(p, 'officer', 'case-reopened', PAPER)).rejects.toThrow()
  await noteIn(p, 'unitHead', 'case-reopened', PAPER)
  await refusedFor('reopened-without-cause', () => noteIn(p, 'unitHead', 'case-reopened', PAPER))
  await later(p, 1, '10:00')
  const second = await decideAnd(p)
  expect(second).not.toBe(first)
  const decisions = (await workspace(p)).documents.filter((d) => d.type === 'penalty-decision')
  expect(decisions.map((d) => d.state)).toEqual(['served', 'issued'])
  await noteIn(p, 'unitHead', 'decision-overturned', { ...overturned, remake: false })
  await noteIn(p, 'unitHead', 'case-reopened', PAPER)
  await carry(p, 'termination')
  await closes(p)
})
