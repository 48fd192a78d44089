import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ServiceMode } from '@liuhen/domain/case/words'
import type { JsonRecord } from '@liuhen/domain/case/events'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal } from '@liuhen/domain/refusal'
import {
  type CaseInstallation,
  createCaseInstallation,
  foundTestAgency,
  registerTestPerson,
} from '../../../../test/test-agency.ts'
import { command, type Crew, done, fileTestCase } from '../../../../test/test-filing.ts'
import { makePaper, ORDERED, type Paper } from '../../../../test/test-paper.ts'
import { noteFact } from '../case/change-case.ts'
import { openCase } from '../case-stream/open-case.ts'
import { documentView } from '../case-stream/document-view.ts'
import { retractService, serveDocument } from './change-document.ts'
import { getForm } from './get-form.ts'
import { serviceOutlookOf } from './service-outlook.ts'

let x: CaseInstallation
let crew: Crew
const AGENCY = '114201120001'
const STEP = 'rectification-order'
const MADE = '2026-03-03T10:00:00+08:00'
beforeAll(async () => {
  x = await createCaseInstallation(MADE)
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

const paper = (caseId: string, one: Omit<Paper, 'step'>) =>
  makePaper(x.deps, crew, caseId, { ...one, step: STEP })

const ordered = async () => {
  x.clock.at = MADE
  const { caseId } = await fileTestCase(x.deps, crew)
  return { caseId, orderId: await paper(caseId, { type: 'rectification-order', data: ORDERED }) }
}
type Order = Awaited<ReturnType<typeof ordered>>

const outlook = async ({ caseId, orderId: documentId }: Order, mode: ServiceMode) => {
  const found = await serviceOutlookOf(x.deps, crew.officer, {
    caseId,
    documentId,
    mode,
    servedAt: x.clock.at,
    officerIds: [crew.officer.personId ?? '', crew.partner.personId ?? ''],
  })
  if (isRefusal(found)) throw new Error(JSON.stringify(found.reasons))
  return { codes: found.reasons.map((r) => r.code), effectiveAt: found.effectiveAt }
}
const serve = ({ caseId, orderId: documentId }: Order, mode: ServiceMode, servedAt: string) =>
  serveDocument(x.deps, command(crew.officer, caseId), {
    documentId,
    mode,
    servedAt,
    recipient: '李某',
    officerIds: [crew.officer.personId ?? '', crew.partner.personId ?? ''],
    recordingIds: [],
  })
const receipt = ({ caseId, orderId: about }: Order, data: JsonRecord, outside: readonly string[] = []) =>
  paper(caseId, { type: 'service-receipt', about, data: { place: '走马岭大道12号', ...data }, outside })
const note = async ({ caseId, orderId: about }: Order, name: string, data: JsonRecord) =>
  done(await noteFact(x.deps, command(crew.officer, caseId), { name, about, data, at: x.clock.at }))

/** What the record and the law say of it afterwards: how and when it was served, and nothing wrong with the service. */
const servedIn = async ({ caseId, orderId }: Order) => {
  const c = await openCase(x.deps, crew.officer, caseId)
  if (isRefusal(c)) throw new Error('refused')
  const { receivedAt: startedAt, facts, flags } = c.state
  const { findings } = c.law.evaluate({ startedAt, facts, flags, now: c.now })
  const [served] = facts.filter((f) => f.ref === orderId && f.state === 'served')
  const wrong = findings.filter((f) => f.severity === 'error').map((f) => f.code)
  return { mode: served?.data?.['mode'], at: served?.at, wrong }
}

/** The paper as its page shows it, and how duties stand. */
const told = async ({ caseId, orderId }: Order) => {
  const c = await openCase(x.deps, crew.head, caseId)
  const doc = isRefusal(c) ? undefined : c.state.documents[orderId]
  if (isRefusal(c) || doc === undefined) throw new Error('refused')
  const { receivedAt: startedAt, facts, flags } = c.state
  const { duties } = c.law.evaluate({ startedAt, facts, flags, now: c.now })
  const { stateName, sent, served, retracted } = documentView(doc, {
    state: c.state,
    law: c.law,
    actor: crew.head,
  })
  return {
    stateName,
    sent,
    served,
    retracted,
    duties: Object.fromEntries(duties.map((d) => [d.rule, d.state])),
  }
}

describe('every way of service takes effect on the day that its proof names', () => {
  const signed = '2026-03-04T15:00:00+08:00'
  const inHand: readonly (readonly [ServiceMode, JsonRecord, readonly string[]])[] = [
    ['direct', { receiver: '李某', receiverKind: 'self' }, ['recipient']],
    ['leave', { leaveNote: '拒收，留置于住所' }, ['recipient', 'witness']],
    ['entrusted', { entrustedTo: '某街道办事处', entrustedNote: '委托送达' }, ['recipient', 'entrusted']],
    ['forwarded', { entrustedTo: '某部队', entrustedNote: '由部队转交' }, ['recipient', 'entrusted']],
  ]
  it.each(inHand)(
    '%s: the day on which the receipt is signed (cpl-87, cpl-89, cpl-94, zml-21-1, zml-21-9)',
    async (mode, data, outside) => {
      const order = await ordered()
      x.clock.at = '2026-03-05T09:00:00+08:00'
      await receipt(order, { mode, servedAt: signed, ...data }, outside)
      expect(await outlook(order, mode)).toEqual({ codes: ['receipt-day-differs'], effectiveAt: signed })
      expect(isRefusal(await serve(order, mode, x.clock.at))).toBe(true)
      done(await serve(order, mode, signed))
      expect(await servedIn(order)).toEqual({ mode, at: signed, wrong: [] })
    },
  )

  it('mail: the day that the post’s receipt names; without it nothing is served (zml-21-4, cpl-91)', async () => {
    const order = await ordered()
    x.clock.at = '2026-03-09T09:00:00+08:00'
    expect((await outlook(order, 'mail')).codes).toEqual(['mail-proof-missing'])
    const day = '2026-03-06T12:00:00+08:00'
    const data = {
      mode: 'mail',
      mailNo: 'EA001',
      carrier: 'ems',
      mailPostage: '收据',
      mailReceiptOn: '2026-03-06',
    }
    await receipt(order, { ...data, servedAt: day })
    expect(await outlook(order, 'mail')).toEqual({
      codes: ['receipt-day-differs', 'mail-day-differs'],
      effectiveAt: day,
    })
    done(await serve(order, 'mail', day))
    expect(await servedIn(order)).toEqual({ mode: 'mail', at: day, wrong: [] })
  })

  it('posted: what was registered of it fills the receipt, is told until it came back, and a wrong service is taken back (cpl-91, zml-21-4)', async () => {
    const order = await ordered()
    x.clock.at = '2026-03-04T09:00:00+08:00'
    const posted = { mailNo: 'EA002', carrier: 'ems', mailPostage: '收据第7号' }
    await note(order, 'document-posted', posted)
    expect(await told(order)).toMatchObject({
      stateName: '已寄出，待回执',
      sent: { mode: 'mail', data: { mailNo: 'EA002' } },
      duties: { 'await-mail-receipt': 'open' },
    })
    const form = await getForm(x.deps, crew.officer, {
      caseId: order.caseId,
      type: 'service-receipt',
      step: STEP,
      about: order.orderId,
    })
    const { mailNo, carrier, mailPostage } = posted
    expect(form).toMatchObject({ data: { mode: 'mail', mailNo, carrier, mailPostage } })
    x.clock.at = '2026-03-09T09:00:00+08:00'
    const day = '2026-03-06T12:00:00+08:00'
    const data = { mode: 'mail', mailNo, carrier, mailPostage, mailReceiptOn: '2026-03-06', servedAt: day }
    await receipt(order, data)
    done(await serve(order, 'mail', day))
    expect(await told(order)).toMatchObject({
      stateName: '已送达',
      sent: undefined,
      duties: { 'await-mail-receipt': 'met' },
    })
    // The wrong paper was chosen in the list: it is still in the post.
    const wrong = { documentId: order.orderId, serving: 0, reason: '登记错了文书' }
    const other = await retractService(x.deps, command(crew.officer, order.caseId), wrong)
    expect(other).toMatchObject({ code: 'not-permitted' })
    done(await retractService(x.deps, command(crew.head, order.caseId), wrong))
    expect(await told(order)).toMatchObject({
      stateName: '已寄出，待回执',
      served: [],
      retracted: [{ mode: 'mail', at: day, by: '陈中队', reason: '登记错了文书' }],
      duties: { 'await-mail-receipt': 'open' },
    })
    done(await serve(order, 'mail', day))
    expect(await servedIn(order)).toEqual({ mode: 'mail', at: day, wrong: [] })
    expect(await told(order)).toMatchObject({ served: [{ no: 1 }], retracted: [{}] })
  })

  it('returned mail: its reason is registered and another way is owed (zml-21-5)', async () => {
    const order = await ordered()
    x.clock.at = '2026-03-09T09:00:00+08:00'
    await note(order, 'service-failed', {
      mode: 'mail',
      mailNo: 'EA001',
      reason: '查无此人',
      failedOn: '2026-03-08',
    })
    const c = await openCase(x.deps, crew.officer, order.caseId)
    if (isRefusal(c)) throw new Error('refused')
    const { receivedAt: startedAt, facts, flags } = c.state
    const { duties } = c.law.evaluate({ startedAt, facts, flags, now: c.now })
    expect(duties.find((d) => d.rule === 'serve-otherwise')?.state).toBe('open')
  })

  it.each(['fax', 'email', 'electronic'] as const)(
    '%s: with the party’s consent, the day of its arrival (pen-61, cpl-90, zml-21-6)',
    async (mode) => {
      const order = await ordered()
      expect((await outlook(order, mode)).codes).toEqual([
        'electronic-without-consent',
        'electronic-unrecorded',
      ])
      const consent = {
        told: true,
        address: '走马岭大道12号',
        receiver: '李某',
        phone: '13900000000',
        electronic: true,
        means: ['fax', 'email', 'other'],
        account: '027-83000000',
      }
      await paper(order.caseId, { type: 'service-address-confirmation', data: consent, outside: ['party'] })
      x.clock.at = '2026-03-05T09:00:00+08:00'
      const arrivedAt = '2026-03-04T16:00:00+08:00'
      const means = mode === 'electronic' ? 'other' : mode
      const fax: JsonRecord =
        mode === 'fax' ? { faxAt: arrivedAt, faxNumber: '027-83000000', faxMarked: true } : {}
      await paper(order.caseId, {
        type: 'electronic-service-record',
        about: order.orderId,
        data: {
          means,
          sentAt: arrivedAt,
          arrivedAt,
          proof: ['screenshot'],
          confirmation: '当事人回复收悉',
          ...fax,
        },
      })
      expect(await outlook(order, mode)).toEqual({
        codes: ['electronic-day-differs'],
        effectiveAt: arrivedAt,
      })
      done(await serve(order, mode, arrivedAt))
      expect(await servedIn(order)).toEqual({ mode, at: arrivedAt, wrong: [] })
    },
  )

  it('public notice: after another way failed, the end of its last day from its publication (zml-21-10, cpl-95)', async () => {
    const order = await ordered()
    x.clock.at = '2026-03-09T09:00:00+08:00'
    const gist = {
      gist: '责令限期改正',
      reason: '无法送达',
      means: '公告栏',
      carrier: '公告栏',
      course: '张贴',
      failures: '住所无人',
      proof: ['photo'],
      days: 30,
      contactPhone: '027-83000000',
    }
    const notice = { type: 'public-service-notice', about: order.orderId, data: gist }
    await expect(paper(order.caseId, notice)).rejects.toThrow('public-notice-premature')
    await note(order, 'service-failed', { mode: 'direct', reason: '住所无人', failedOn: '2026-03-06' })
    await paper(order.caseId, notice)
    await note(order, 'public-notice-published', {
      publishedOn: '2026-03-10',
      carrier: '公告栏',
      proof: '照片一张',
    })
    expect(await outlook(order, 'public-notice')).toEqual({
      codes: ['public-notice-day'],
      effectiveAt: undefined,
    })
    expect(await told(order)).toMatchObject({
      stateName: '已公告，待期满',
      duties: { 'await-notice-end': 'open' },
    })
    x.clock.at = '2026-04-13T09:00:00+08:00'
    const end = '2026-04-09T23:59:00+08:00'
    expect(await outlook(order, 'public-notice')).toMatchObject({ effectiveAt: end })
    done(await serve(order, 'public-notice', end))
    expect(await servedIn(order)).toEqual({ mode: 'public-notice', at: end, wrong: [] })
  })
})
