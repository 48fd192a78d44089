import { afterAll, beforeAll, expect, it } from 'vitest'
import { JsonRecord } from '@liuhen/domain/case/events'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal } from '@liuhen/domain/refusal'
import {
  type CaseInstallation,
  createCaseInstallation,
  foundTestAgency,
  registerTestPerson,
} from '../../../../test/test-agency.ts'
import { command, type Crew, done, fileTestCase } from '../../../../test/test-filing.ts'
import { earlyForms } from '../../../../test/fixtures/sample-forms.ts'
import { beginStep } from '../case/carry-out-step.ts'
import { openCase } from '../case-stream/open-case.ts'
import { documentView } from '../case-stream/document-view.ts'
import { submitDocument, voidDocument } from './change-document.ts'
import { documentVersions } from './document-versions.ts'
import { getForm } from './get-form.ts'

let x: CaseInstallation
let crew: Crew
const AGENCY = '114201120001'
const key = { type: 'inspection-record', step: 'inspection' }

beforeAll(async () => {
  x = await createCaseInstallation('2026-03-04T20:00:00+08:00')
  await foundTestAgency(x.deps.store, AGENCY)
  const person = (name: string, role: Actor['roles'][number], certNo?: string) =>
    registerTestPerson(x.deps.store, AGENCY, {
      name,
      roles: [role],
      ...(certNo === undefined ? {} : { certNo }),
    })
  crew = {
    officer: await person('王建国', 'officer', '42011200001'),
    partner: await person('李卫东', 'officer', '42011200002'),
    head: await person('陈中队', 'unit-head'),
    chief: await person('周主任', 'agency-head'),
  }
})
afterAll(() => x.test.close())

/** An inspection that has begun, and the form of its record as two officers would fill it. */
const inspected = async () => {
  const { caseId } = await fileTestCase(x.deps, crew)
  const officerIds = [crew.officer.personId ?? '', crew.partner.personId ?? '']
  done(await beginStep(x.deps, command(crew.officer, caseId), key.step, { officerIds, place: '南巷12号' }))
  const form = await getForm(x.deps, crew.officer, { ...key, caseId })
  if (isRefusal(form)) throw new Error('refused')
  const sample = earlyForms.find((f) => f.type === key.type)?.data
  const times = { startAt: '2026-03-04T18:40:00+08:00', endAt: '2026-03-04T19:25:00+08:00' }
  return { caseId, data: JsonRecord.parse({ ...form.data, ...sample, ...times }) }
}
const submit = (caseId: string, data: JsonRecord) =>
  submitDocument(x.deps, command(crew.officer, caseId), { ...key, data })
const codes = (ruling: Awaited<ReturnType<typeof submit>>) =>
  isRefusal(ruling) ? ruling.reasons.map((r) => r.code) : ['accepted']

it('zml-14-1: a record that says rights were not told, or that ends before it begins, is no paper yet', async () => {
  const { caseId, data } = await inspected()
  const reversed = { ...data, startAt: data['endAt'] ?? '', endAt: data['startAt'] ?? '' }
  expect(codes(await submit(caseId, reversed))).toEqual(['form:endAt'])
  expect(codes(await submit(caseId, { ...data, endAt: '2026-03-05T09:00:00+08:00' }))).toEqual(['form:endAt'])
  expect(codes(await submit(caseId, { ...data, rightsTold: false }))).toEqual(['rights-not-told'])
  expect(codes(await submit(caseId, data))).toEqual(['accepted'])
})

it('a record that nobody approves waits for signatures, can be voided by its author, and made anew; both texts stay', async () => {
  const { caseId, data } = await inspected()
  const { id: documentId = '' } = done(await submit(caseId, data))
  const shown = async () => {
    const c = await openCase(x.deps, crew.officer, caseId)
    const doc = isRefusal(c) ? undefined : c.state.documents[documentId]
    if (isRefusal(c) || doc === undefined) throw new Error('gone')
    return documentView(doc, { state: c.state, law: c.law, actor: crew.officer })
  }
  expect(await shown()).toMatchObject({ state: 'submitted', stateName: '待签名', can: { void: true } })
  expect(codes(await submit(caseId, data))).toEqual(['duplicate'])
  const why = { documentId, reason: '地点写错' }
  done(await voidDocument(x.deps, command(crew.officer, caseId), why))
  expect(await shown()).toMatchObject({ state: 'voided', can: { void: false, sign: false } })
  const again = await submit(caseId, { ...data, place: '南巷12号对面' })
  expect(codes(again)).toEqual(['accepted'])
  const told = await documentVersions(x.deps, crew.officer, { caseId, documentId: done(again).id ?? '' })
  if (isRefusal(told)) throw new Error('refused')
  expect(told.versions).toMatchObject([
    { documentId, version: 1, data: { place: data['place'] }, voided: { by: '王建国', reason: '地点写错' } },
    { version: 1, data: { place: '南巷12号对面' } },
  ])
})
