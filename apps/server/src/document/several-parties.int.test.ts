import { afterAll, beforeAll, expect, it } from 'vitest'
import type { JsonRecord } from '@liuhen/domain/case/events'
import type { Actor } from '@liuhen/domain/event'
import { begunBy } from '@liuhen/domain/document/service-outlook'
import { isRefusal } from '@liuhen/domain/refusal'
import {
  type CaseInstallation,
  createCaseInstallation,
  foundTestAgency,
  registerTestPerson,
} from '../../../../test/test-agency.ts'
import { command, type Crew, done, fileTestCase } from '../../../../test/test-filing.ts'
import { makePaper, ORDERED, submitPaper } from '../../../../test/test-paper.ts'
import { completeStep } from '../case/carry-out-step.ts'
import { documentView } from '../case-stream/document-view.ts'
import { openCase } from '../case-stream/open-case.ts'
import { retractService, serveDocument } from './change-document.ts'
import { getForm } from './get-form.ts'
import { serviceOutlookOf } from './service-outlook.ts'

let x: CaseInstallation
let crew: Crew
const AGENCY = '114201120001'
const STEP = 'rectification-order'
beforeAll(async () => {
  x = await createCaseInstallation('2026-03-03T10:00:00+08:00')
  const { store } = x.deps
  await foundTestAgency(store, AGENCY)
  const person = (name: string, role: Actor['roles'][number], certNo?: string) =>
    registerTestPerson(store, AGENCY, { name, roles: [role], ...(certNo === undefined ? {} : { certNo }) })
  crew = {
    officer: await person('王建国', 'officer', '42011200001'),
    partner: await person('李卫东', 'officer', '42011200002'),
    head: await person('陈中队', 'unit-head'),
    chief: await person('周主任', 'agency-head'),
  }
})
afterAll(() => x.test.close())

type Order = Readonly<{ caseId: string; documentId: string }>
const officerIds = () => [crew.officer.personId ?? '', crew.partner.personId ?? '']

type Whom = Readonly<{ mode: 'direct' | 'leave'; recipient: string; party?: string }>
const serve = ({ caseId, documentId }: Order, whom: Whom) =>
  serveDocument(x.deps, command(crew.officer, caseId), {
    documentId,
    ...whom,
    servedAt: x.clock.at,
    officerIds: officerIds(),
    recordingIds: [],
  })
const receiptForm = async ({ caseId, documentId }: Order) => {
  const asked = { caseId, type: 'service-receipt', step: STEP, about: documentId }
  const form = await getForm(x.deps, crew.officer, asked)
  return isRefusal(form) ? undefined : [form.data['recipient'], form.data['receiver']]
}
const receipt = ({ caseId, documentId: about }: Order, outside: readonly string[], data: JsonRecord) =>
  makePaper(x.deps, crew, caseId, {
    type: 'service-receipt',
    step: STEP,
    about,
    data: { place: '12号', servedAt: x.clock.at, ...data },
    outside,
  })

/** The step may not be completed yet: what is answered, and what is kept of it for ever. */
const attempted = async (caseId: string) => {
  const times = { from: '2026-03-03T10:00:00+08:00', to: x.clock.at }
  const asked = { ...times, officerIds: officerIds(), data: {} }
  const answer = JSON.stringify(await completeStep(x.deps, command(crew.officer, caseId), STEP, asked))
  const owner = await x.test.connectAs('owner')
  const { rows } = await owner.query(
    'SELECT reasons::text AS kept FROM record.attempt WHERE stream_id = $1',
    [caseId],
  )
  await owner.end()
  return { answer, kept: rows.map((row) => String(row.kept)).join() }
}

/** The paper as its page shows it, what its step still wants of it, and the periods that run from it. */
const told = async ({ caseId, documentId }: Order) => {
  const c = await openCase(x.deps, crew.head, caseId)
  const doc = isRefusal(c) ? undefined : c.state.documents[documentId]
  if (isRefusal(c) || doc === undefined) throw new Error('refused')
  const { receivedAt: startedAt, facts, flags } = c.state
  const evaluation = c.law.evaluate({ startedAt, facts, flags, now: c.now })
  const view = documentView(doc, { state: c.state, law: c.law, actor: crew.head })
  return {
    stateName: view.stateName,
    unserved: view.unserved,
    wanted: evaluation.steps
      .find((s) => s.id === STEP)
      ?.missing.flatMap((r) =>
        r.message.startsWith('《责令改正通知书》') ? [[r.message, r.facts?.['wanting']]] : [],
      ),
    review: begunBy(evaluation, documentId).flatMap((b) => (b.what.includes('复议') ? [b.what] : [])),
  }
}

it('pen-61 cpl-88 rec-20 a paper on two parties is served when both have it; each has a receipt, and periods, of their own', async () => {
  const { caseId } = await fileTestCase(x.deps, crew)
  const data = { ...ORDERED, partyName: '李某', otherParties: '王某' }
  const documentId = await makePaper(x.deps, crew, caseId, { type: 'rectification-order', step: STEP, data })
  const order = { caseId, documentId }
  expect(await told(order)).toMatchObject({ stateName: '已制发', unserved: ['李某', '王某'] })

  x.clock.at = '2026-03-04T09:00:00+08:00'
  expect(await serve(order, { mode: 'direct', recipient: '门卫' })).toMatchObject({ code: 'incomplete' })
  expect(await receiptForm(order)).toEqual(['李某', undefined])
  // Who received it for him is not who is served.
  done(await serve(order, { mode: 'direct', recipient: '李妻', party: '李某' }))
  expect(await receiptForm(order)).toEqual(['李某', '李妻'])
  await receipt(order, ['recipient'], { mode: 'direct', receiverKind: 'family', receiverRelation: '配偶' })
  expect(await told(order)).toEqual({
    stateName: '部分送达',
    unserved: ['王某'],
    wanted: [['《责令改正通知书》尚未送达', '还缺：王某']],
    review: ['《责令改正通知书》：当事人可以申请行政复议（李某）至2026-05-06止'],
  })

  // Whom it still wants is told and not kept: an attempt outlives the file (042).
  const { answer, kept } = await attempted(caseId)
  expect(answer).toContain('还缺：王某')
  expect(kept).toContain('《责令改正通知书》尚未送达')
  expect(kept).not.toContain('王某')

  // A receipt of the one who was served is measured by that service, though another is wanting.
  const again = await submitPaper(x.deps, crew.officer, caseId, {
    type: 'service-receipt',
    step: STEP,
    about: documentId,
    data: {
      mode: 'direct',
      place: '12号',
      servedAt: '2026-03-03T12:00:00+08:00',
      recipient: '李某',
      receiver: '李某',
      receiverKind: 'self',
    },
  })
  expect(again.outcome).toMatchObject({ code: 'law-gate', reasons: [{ code: 'receipt-day-differs' }] })

  x.clock.at = '2026-03-10T09:00:00+08:00'
  const asked = { ...order, mode: 'leave', servedAt: x.clock.at, officerIds: officerIds(), party: '王某' }
  const outlook = await serviceOutlookOf(x.deps, crew.officer, asked)
  const his = '《责令改正通知书》：当事人可以申请行政复议（王某）至2026-05-09止'
  if (isRefusal(outlook)) throw new Error('refused')
  expect(outlook.begins.map((b) => b.what)).toContain(his)
  expect(outlook.begins.filter((b) => b.what.includes('李某'))).toEqual([])
  expect(await receiptForm(order)).toEqual(['王某', undefined])
  // Another way than that of the first, and no failure of it.
  await receipt(order, ['recipient', 'witness'], { mode: 'leave', leaveNote: '拒收，留置于住所' })
  done(await serve(order, { mode: 'leave', recipient: '王某' }))
  const both = await told(order)
  expect(both).toMatchObject({ stateName: '已送达', unserved: [], wanted: [] })
  expect(both.review).toEqual(['《责令改正通知书》：当事人可以申请行政复议（李某）至2026-05-06止', his])

  const wrong = { documentId, serving: 0, reason: '登记错了人' }
  done(await retractService(x.deps, command(crew.head, caseId), wrong))
  expect(await told(order)).toEqual({
    stateName: '部分送达',
    unserved: ['李某'],
    wanted: [['《责令改正通知书》尚未送达', '还缺：李某']],
    review: [his],
  })
})
