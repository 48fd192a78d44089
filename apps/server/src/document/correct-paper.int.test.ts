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
import { makePaper, ORDERED, STROKES, submitPaper } from '../../../../test/test-paper.ts'
import { documentView } from '../case-stream/document-view.ts'
import { openCase } from '../case-stream/open-case.ts'
import { withAgency } from '../postgres/transaction.ts'
import {
  approveDocument,
  returnDocument,
  serveDocument,
  signDocument,
  submitDocument,
} from './change-document.ts'
import { saveDraft } from './drafts.ts'
import { getForm } from './get-form.ts'

let x: CaseInstallation
let crew: Crew
let reviewer: Actor
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
  reviewer = await person('吴法制', 'legal-reviewer')
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

it('ft-29-2: a correction that touches rights is reviewed (returned, then agreed to), told, signed and served before it has effect', async () => {
  const { caseId } = await fileTestCase(x.deps, crew)
  const order = { type: 'rectification-order', step: 'rectification-order', data: ORDERED }
  const old = await makePaper(x.deps, crew, caseId, order)
  const serve = (documentId: string) =>
    serveDocument(x.deps, command(crew.officer, caseId), {
      documentId,
      mode: 'direct',
      servedAt: x.clock.at,
      recipient: '李某',
      officerIds: [crew.officer.personId ?? '', crew.partner.personId ?? ''],
      recordingIds: [],
    })
  done(await serve(old))

  x.clock.at = '2026-03-05T10:00:00+08:00'
  const form = await formOf(caseId, 'rectification-order', old)
  const paper = {
    type: 'rectification-order',
    step: STEP,
    about: old,
    data: JsonRecord.parse({ ...form.data, deadline: '2026-03-25' }),
  }
  await saveDraft(x.deps, crew.officer, { ...paper, caseId, revision: 0 })
  const said = {
    affectsRights: true,
    renotice: '重新告知、送达',
    reason: '期限写错',
    content: '改正期限改为3月25日',
    handlerOpinion: '建议更正。',
  }
  const approval = { type: 'correction-approval', step: STEP, about: old, data: said }
  // What a correction touches is not one person's word.
  const denied = await submitPaper(x.deps, crew.officer, caseId, {
    ...approval,
    data: { ...said, affectsRights: false },
  })
  expect(denied.form.data['rightsChanged']).toContain('期限')
  expect(isRefusal(denied.outcome) && denied.outcome.reasons.map((r) => r.code)).toEqual([
    'correction-touches-rights',
  ])
  const { id: approvalId = '' } = done((await submitPaper(x.deps, crew.officer, caseId, approval)).outcome)
  const approve = (who: Actor) =>
    approveDocument(x.deps, command(who, caseId), { documentId: approvalId, opinion: '同意更正' })
  const early = await approve(crew.head)
  expect(isRefusal(early) && early.reasons.map((r) => r.code)).toEqual(['correction-unreviewed'])

  const review = async (conclusion: string, opinion: string): Promise<void> => {
    const data = { conclusion, opinion }
    const asked = { type: 'correction-review-opinion', step: 'correction-review', about: approvalId, data }
    const { form: opened, outcome } = await submitPaper(x.deps, reviewer, caseId, asked)
    expect(opened.data['changed']).toBe(said.content)
    const { id: documentId = '' } = done(outcome)
    const own = { documentId, role: 'reviewer', personId: reviewer.personId ?? '', strokes: STROKES }
    done(await signDocument(x.deps, command(reviewer, caseId), own))
  }
  await review('return', '写明期限自何日起算')
  expect(isRefusal(await approve(crew.head))).toBe(true)
  const back = { documentId: approvalId, opinion: '按法制审核意见修改' }
  done(await returnDocument(x.deps, command(crew.head, caseId), back))
  const again = { ...approval, data: { ...denied.form.data, ...said }, documentId: approvalId }
  done(await submitDocument(x.deps, command(crew.officer, caseId), again))
  expect(isRefusal(await approve(crew.head))).toBe(true)
  await review('agree', '同意')
  await approveAll(caseId, approvalId)

  const { id = '' } = done(await submitDocument(x.deps, command(crew.officer, caseId), paper))
  await approveAll(caseId, id)
  const wanted = async () => (await shownAs(caseId, id)).corrects?.wanted.map((r) => r.code)
  expect(await wanted()).toEqual(['correction-untold', 'correction-unsigned', 'correction-unserved'])
  const rights = {
    rights: ['statement', 'defence'],
    remedy: '可以申请行政复议',
    contactPhone: '027-83000000',
  }
  await makePaper(x.deps, crew, caseId, {
    type: 'rights-notice',
    step: STEP,
    about: old,
    data: rights,
    outside: ['party'],
  })
  const receipt = {
    mode: 'direct',
    servedAt: x.clock.at,
    place: '走马岭大道12号',
    receiver: '李某',
    receiverKind: 'self',
  }
  await makePaper(x.deps, crew, caseId, {
    type: 'service-receipt',
    step: STEP,
    about: id,
    data: receipt,
    outside: ['recipient'],
  })
  expect(await shownAs(caseId, old)).toMatchObject({ corrected: { by: id, approvalId } })
  done(await serve(id))
  expect(await shownAs(caseId, id)).toMatchObject({ stateName: '已送达', data: { deadline: '2026-03-25' } })
})
