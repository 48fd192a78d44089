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
import { documentView } from '../case-stream/document-view.ts'
import { openCase } from '../case-stream/open-case.ts'
import { withAgency } from '../postgres/transaction.ts'
import { approveDocument, returnDocument, submitDocument } from './change-document.ts'
import { saveDraft } from './drafts.ts'
import { getForm } from './get-form.ts'

let x: CaseInstallation
let crew: Crew
const AGENCY = '110106000001'
const STEP = 'document-correction'

beforeAll(async () => {
  x = await createCaseInstallation('2026-03-04T10:00:00+08:00')
  const { store } = x.deps
  await foundTestAgency(store, AGENCY, { base: 'fengtai', name: '丰台街道办事处', shortName: '丰街' })
  const person = (name: string, role: Actor['roles'][number], certNo?: string) =>
    registerTestPerson(store, AGENCY, { name, roles: [role], ...(certNo === undefined ? {} : { certNo }) })
  crew = {
    officer: await person('王建国', 'officer', '11010600001'),
    partner: await person('李卫东', 'officer', '11010600002'),
    head: await person('陈中队', 'unit-head'),
    chief: await person('周主任', 'agency-head'),
  }
})
afterAll(() => x.test.close())

const formOf = async (caseId: string, type: string, about: string) => {
  const form = await getForm(x.deps, crew.officer, { caseId, type, step: STEP, about })
  if (isRefusal(form)) throw new Error(JSON.stringify(form.reasons))
  return form
}
const approveAll = async (caseId: string, documentId: string) => {
  for (const who of [crew.head, crew.chief])
    done(await approveDocument(x.deps, command(who, caseId), { documentId, opinion: '同意更正' }))
}
const shownAs = async (caseId: string, documentId: string) => {
  const c = await openCase(x.deps, crew.officer, caseId)
  const doc = isRefusal(c) ? undefined : c.state.documents[documentId]
  if (isRefusal(c) || doc === undefined) throw new Error('gone')
  const { receivedAt: startedAt, facts, flags } = c.state
  const { steps } = c.law.evaluate({ startedAt, facts, flags, now: c.now })
  return documentView(doc, { state: c.state, law: c.law, actor: crew.officer, steps, now: c.now })
}

it('ft-29-3: an issued paper is corrected place by place, with the head’s approval, under its own number; the old one stays', async () => {
  const { caseId, documentId: old } = await fileTestCase(x.deps, crew)
  const before = await shownAs(caseId, old)
  expect(before.can.correct).toBe(true)
  const form = await formOf(caseId, 'filing-approval', old)
  expect(form.original?.approval).toMatchObject({ type: 'correction-approval', state: 'none' })
  const data = JsonRecord.parse({ ...form.data, cause: '占用消防车通道经营' })
  const paper = { type: 'filing-approval', step: STEP, about: old, data }
  const early = await submitDocument(x.deps, command(crew.officer, caseId), paper)
  expect(isRefusal(early) && early.reasons[0]?.message).toContain('更正还没有批准')
  await saveDraft(x.deps, crew.officer, { ...paper, caseId, revision: 0 })

  const approval = await formOf(caseId, 'correction-approval', old)
  const said = {
    affectsRights: false,
    reason: '笔误',
    content: '更正案由',
    handlerOpinion: '建议更正。',
    changes: [],
  }
  const asked = { type: 'correction-approval', step: STEP, about: old, data: { ...approval.data, ...said } }
  const { id: approvalId = '' } = done(await submitDocument(x.deps, command(crew.officer, caseId), asked))
  const changes = [{ part: '案由', original: '占用消防通道经营', amended: '占用消防车通道经营' }]
  expect((await shownAs(caseId, approvalId)).data['changes']).toEqual(changes)
  await approveAll(caseId, approvalId)

  const { id = '' } = done(await submitDocument(x.deps, command(crew.officer, caseId), paper))
  expect(await shownAs(caseId, id)).toMatchObject({ corrects: { id: old, approvalId }, changes })
  await approveAll(caseId, id)
  expect(await shownAs(caseId, old)).toMatchObject({
    stateName: '已更正',
    corrected: { by: id, approvalId },
    data: before.data,
    number: before.number,
    changes,
    can: { correct: false, void: false },
  })
  const made = await shownAs(caseId, id)
  expect(made).toMatchObject({ number: before.number, can: { correct: true, void: false } })
  expect(made.corrects?.effectAt).toBeDefined()
  const { rows } = await withAgency(x.deps.store, AGENCY, (tx) =>
    tx.query('SELECT number FROM record.document_number WHERE document_id = ANY ($1)', [[old, id]]),
  )
  expect(rows).toEqual([{ number: before.number }])
})

it('ft-29-3: a returned correction is mended: its new content is approved anew, then it is submitted again as the same paper', async () => {
  const { caseId, documentId: old } = await fileTestCase(x.deps, crew)
  const form = await formOf(caseId, 'filing-approval', old)
  const paper = (cause: string) => ({
    type: 'filing-approval',
    step: STEP,
    about: old,
    data: JsonRecord.parse({ ...form.data, cause }),
  })
  const act = () => command(crew.officer, caseId)
  const askApproval = async (): Promise<string> => {
    const { data } = await formOf(caseId, 'correction-approval', old)
    const said = {
      affectsRights: false,
      reason: '笔误',
      content: '更正案由',
      handlerOpinion: '建议更正。',
      changes: [],
    }
    const asked = { type: 'correction-approval', step: STEP, about: old, data: { ...data, ...said } }
    const { id = '' } = done(await submitDocument(x.deps, act(), asked))
    await approveAll(caseId, id)
    return id
  }
  await saveDraft(x.deps, crew.officer, { ...paper('占用消防车道经营'), caseId, revision: 0 })
  await askApproval()
  const { id = '' } = done(await submitDocument(x.deps, act(), paper('占用消防车道经营')))
  done(await returnDocument(x.deps, command(crew.head, caseId), { documentId: id, opinion: '案由仍不准确' }))

  const mended = { ...paper('占用消防车通道经营'), documentId: id }
  const early = await submitDocument(x.deps, act(), mended)
  expect(isRefusal(early) && early.reasons[0]?.message).toContain('与批准的更正内容不一致')
  const saved = await saveDraft(x.deps, crew.officer, { ...mended, caseId, revision: 0 })
  expect(isRefusal(saved)).toBe(false)
  const again = await askApproval()
  expect((await shownAs(caseId, again)).data['changes']).toEqual([
    { part: '案由', original: '占用消防通道经营', amended: '占用消防车通道经营' },
  ])
  done(await submitDocument(x.deps, act(), mended))
  await approveAll(caseId, id)
  expect(await shownAs(caseId, old)).toMatchObject({ corrected: { by: id, approvalId: again } })
})
