import { afterAll, beforeAll, expect, test } from 'vitest'
import { createOffices, type Offices } from '../../../../../test/test-office.ts'
import { carry, finishStep, handOver, paper, serveInPerson } from '../carry.ts'
import { formsOf } from '../matter-forms.ts'
import { matterOf } from '../matters.ts'
import { noteIn } from '../noting.ts'
import { typing, underWay } from '../office.ts'
import { type Carried, before, later } from '../persist.ts'
import { begin, complete, idsOf, submit, workspace } from '../play.ts'
import { disclose } from '../story-file.ts'
import type { Ordinary } from '../story-ordinary.ts'
import { executionForms } from './execution-forms.ts'
import { refusedFor } from './meets.ts'
import { mark, open, register, take } from './open-case.ts'

const FENGTAI = '110106001'
const CREW = ['officer', 'partner'] as const
const matter = matterOf(FENGTAI)

let town: Offices<readonly [string, string]>
beforeAll(async () => {
  town = await createOffices('2026-03-09T09:00:00+08:00', ['420112013', FENGTAI])
})
afterAll(() => town.close())

/** The same matter for the street office of 走马岭, which has none of its own among the nine, and for 丰台. */
const crewAt = (which: 0 | 1, forms: Carried['forms'] = {}): Ordinary => {
  const office = town.offices[which]
  return typing(underWay(office, matter, { ...formsOf(matter, office.named), ...forms }))
}

const onSite = (p: Carried, step: string, minutes: number) =>
  begin(p, 'officer', step, { from: before(p, minutes), officerIds: idsOf(p, CREW), place: p.matter.place })

const SEIZURE = {
  'coercive-approval': {
    measure: 'seize',
    days: 30,
    emergency: false,
    necessities: false,
    alreadySealed: false,
  },
  'property-list': { copies: 2, items: [{ name: '桌椅', quantity: '4套' }] },
  'on-site-record': { activity: '扣押占道物品', partyPresent: true, present: '关丰' },
  'extension-approval': { period: 'measure', days: 30, unit: 'day' },
  'coercive-release': { ground: 'decided' },
}

/** Seized with decision, list and record, all of it filmed. */
const seize = async (p: Carried): Promise<void> => {
  const step = 'coercive-measure'
  const decision = await paper(p, 'officer', { type: 'coercive-decision', step })
  await handOver(p, step, decision)
  await handOver(p, step, await paper(p, 'officer', { type: 'property-list', step }))
  await refusedFor('document-missing', () => complete(p, 'officer', step))
  const span = { startAt: before(p, 20), endAt: before(p, 0) }
  await paper(p, 'officer', { type: 'on-site-record', step, span })
  await finishStep(p, step, 20)
}

const release = async (p: Carried): Promise<void> => {
  await noteIn(p, 'officer', 'coercion-unneeded')
  const paperId = await paper(p, 'officer', { type: 'coercive-release', step: 'coercive-release' })
  await handOver(p, 'coercive-release', paperId)
  await finishStep(p, 'coercive-release')
}

const overdueIn = async (p: Carried): Promise<readonly string[]> =>
  (await workspace(p)).evaluation.duties.filter((d) => d.state === 'overdue').map((d) => d.what)

test('a seizure is approved, carried out, extended once and released (cmp-18, cmp-25, cmp-28)', async () => {
  const p = await register(crewAt(0, SEIZURE), { procedure: 'coercive-measure', when: '2026-03-10 10:00' })
  await take(p)
  await refusedFor('coercion-unapproved', () => onSite(p, 'coercive-measure', 0))
  await refusedFor('necessities', () =>
    submit(p, 'officer', {
      type: 'coercive-approval',
      step: 'coercive-approval',
      data: { ...SEIZURE['coercive-approval'], necessities: true },
    }),
  )
  await carry(p, 'coercive-approval')
  await later(p, 1, '10:00')
  await onSite(p, 'coercive-measure', 20)
  await refusedFor('coercion-too-long', () =>
    submit(p, 'officer', { type: 'coercive-decision', step: 'coercive-measure', data: { days: 31 } }),
  )
  await seize(p)
  await later(p, 20, '10:00')
  await disclose(p)
  await carry(p, 'coercive-extension')
  await noteIn(p, 'officer', 'extension-told')
  await later(p, 30, '10:00')
  await release(p)
  await noteIn(p, 'officer', 'property-disposed')
  await carry(p, 'closing')
  expect((await workspace(p)).status).toBe('closed')
  expect(await overdueIn(p)).toEqual([])
})

test('in an emergency it is approved within twenty-four hours, or the duty is overdue (cmp-19)', async () => {
  const [inTime, late] = [crewAt(0, SEIZURE), crewAt(0, SEIZURE)]
  const lead = { procedure: 'coercive-measure', when: '2026-05-07 10:00' }
  const cases = [await register(inTime, lead), await register(late, lead)]
  for (const p of cases) {
    await take(p)
    await mark(p, 'coercion-emergency', '物品可能立即转移')
    await onSite(p, 'coercive-measure', 20)
    await paper(p, 'officer', {
      type: 'coercive-decision',
      step: 'coercive-measure',
      data: { measure: 'seize', days: 30 },
    })
  }
  const [first, second] = cases
  if (first === undefined || second === undefined) throw new Error('two cases')
  await later(first, 1, '09:00')
  await carry(first, 'coercive-approval')
  await later(first, 0, '11:00')
  const what = '当场实施行政强制措施后报告并补办批准手续'
  expect(await overdueIn(first)).not.toContain(what)
  expect(await overdueIn(second)).toContain(what)
})

test('what is not performed goes to the court ten workdays after the demand (cmp-53, cmp-54)', async () => {
  const forms = executionForms(matter, 'other', '2026-05-12')
  const p = await register(crewAt(0, forms), { procedure: 'compulsory-execution', when: '2026-05-11 09:00' })
  await take(p)
  const decision = { number: '走罚决〔2026〕1号', performBy: '2026-03-06', decidedOn: '2026-02-02' }
  await noteIn(p, 'officer', 'basis-decision', decision)
  const letter = await paper(p, 'officer', { type: 'demand-letter', step: 'demand' })
  await serveInPerson(p, 'demand', letter)
  await finishStep(p, 'demand')
  await later(p, 3, '10:00')
  const apply = () =>
    submit(p, 'officer', {
      type: 'execution-application',
      step: 'court-application',
      data: forms['execution-application'],
    })
  await refusedFor('court-too-soon', apply)
  await refusedFor('court-before-remedies', apply)
  await later(p, 14, '10:00')
  await noteIn(p, 'officer', 'remedy-period-ended')
  await carry(p, 'court-application')
  await carry(p, 'closing')
  expect((await workspace(p)).status).toBe('closed')
})

test('丰台 deals with a matter by coercion from the lead to the end (ft-4-5)', async () => {
  const forms = { ...SEIZURE, ...executionForms(matter, 'remove-restore', '2026-06-09') }
  const p = await open(crewAt(1, forms), { procedure: 'coercion-case', when: '2026-06-01 09:30' })
  await refusedFor('general-stage-missing', () => begin(p, 'officer', 'closing'))
  await later(p, 1, '10:00')
  await carry(p, 'inspection', 5)
  const step = 'rectification-order'
  await handOver(p, step, await paper(p, 'officer', { type: 'rectification-order', step }))
  await finishStep(p, step)
  await carry(p, 'coercive-approval')
  await later(p, 1, '10:00')
  await onSite(p, 'coercive-measure', 20)
  await seize(p)
  await later(p, 5, '10:00')
  const letter = await paper(p, 'officer', { type: 'demand-letter', step: 'demand' })
  await serveInPerson(p, 'demand', letter)
  await finishStep(p, 'demand')
  await later(p, 3, '10:00')
  const decision = await paper(p, 'officer', { type: 'execution-decision', step: 'execution-decision' })
  await finishStep(p, 'execution-decision')
  await serveInPerson(p, 'service', decision)
  await finishStep(p, 'service')
  await later(p, 4, '10:00')
  await carry(p, 'execution', 20)
  await release(p)
  await carry(p, 'closing')
  expect((await workspace(p)).status).toBe('closed')
})
