import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { JsonRecord } from '@liuhen/domain/case/events'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal } from '@liuhen/domain/refusal'
import {
  type CaseInstallation,
  createCaseInstallation,
  foundTestAgency,
  registerTestPerson,
} from '../../../../test/test-agency.ts'
import {
  command,
  type Crew,
  done,
  filingForm,
  fileTestCase,
  registerTestCase,
  submitTestFiling,
} from '../../../../test/test-filing.ts'
import { diskBlobStore } from '../blobs/disk-blob-store.ts'
import { openCase } from '../case-stream/open-case.ts'
import { append } from '../event-store/append.ts'
import { readStream } from '../event-store/read-stream.ts'
import { documentView } from '../case-stream/document-view.ts'
import { keyFolder } from '../seal/key-folder.ts'
import { createRenderer, type Renderer } from '../pdf/render.ts'
import type { RenderInput } from '../pdf/render-input.ts'
import { withAgency } from '../postgres/transaction.ts'
import { approveDocument, returnDocument, submitDocument, voidDocument } from './change-document.ts'
import { saveDraft } from './drafts.ts'
import { getForm } from './get-form.ts'
import { openPdf } from './open-pdf.ts'
import { documentRenderingOf } from './rendering.ts'
import { previewDocument } from './preview-document.ts'
import { type RenderDeps, renderDocument } from './render-document.ts'

let x: CaseInstallation
let crew: Crew
let supervisor: Actor
let publisher: Actor
let renderer: Renderer
let deps: RenderDeps
const AGENCY = '114201120001'

beforeAll(async () => {
  x = await createCaseInstallation('2026-03-02T09:00:00+08:00')
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
  supervisor = await person('郑监督', 'supervisor')
  publisher = await person('钱公示', 'publisher')
  renderer = createRenderer({ lawDir: join(import.meta.dirname, '../../../../law') })
  const root = join(x.test.dataDir, 'blobs')
  deps = {
    ...x.deps,
    renderer,
    seals: keyFolder({ folder: join(root, 'seals') }),
    blobs: { pool: store.pool, root, store: diskBlobStore(root) },
  }
})
afterAll(async () => {
  await renderer.close()
  await x.test.close()
})

describe('a form', () => {
  it('opens with what the case already knows, so that nothing is typed twice', async () => {
    const caseId = await registerTestCase(deps, crew.officer)
    const form = await getForm(deps, crew.officer, { caseId, type: 'filing-approval', step: 'filing' })
    if (isRefusal(form)) throw new Error('refused')
    expect(form.data).toMatchObject({ cause: '占用消防通道经营', source: 'inspection' })
    expect(form.problems.map((p) => p.path)).toContain('partyName')
    expect(form.citations['partyName']?.[0]?.cite).toContain('走马岭')
  })

  it('keeps a draft and refuses to overwrite a newer one', async () => {
    const caseId = await registerTestCase(deps, crew.officer)
    const key = { caseId, type: 'filing-approval', step: 'filing' }
    const first = await saveDraft(deps, crew.officer, { ...key, revision: 0, data: { cause: '甲' } })
    expect(first).toMatchObject({ revision: 1 })
    const second = await saveDraft(deps, crew.officer, { ...key, revision: 1, data: { cause: '乙' } })
    expect(second).toMatchObject({ revision: 2 })
    const stale = await saveDraft(deps, crew.officer, { ...key, revision: 1, data: { cause: '丙' } })
    expect(stale).toMatchObject({ refused: true, code: 'stale-version' })
    const blind = await saveDraft(deps, crew.officer, { ...key, revision: 0, data: { cause: '丁' } })
    expect(blind).toMatchObject({ refused: true, code: 'stale-version' })
    const form = await getForm(deps, crew.officer, key)
    expect(form).toMatchObject({ data: { cause: '乙' }, draft: { revision: 2, by: '王建国' } })
  })

  it('is refused with the clauses that want what is missing', async () => {
    const caseId = await registerTestCase(deps, crew.officer)
    const paper = { type: 'filing-approval', step: 'filing', data: {} }
    const refused = await submitDocument(deps, command(crew.officer, caseId), paper)
    if (!isRefusal(refused)) throw new Error('submitted')
    const party = refused.reasons.find((r) => r.code === 'form:partyName')
    expect(party?.citations.map((c) => c.cite).join()).toContain('走马岭')
  })

  it('says before submission what the law says against the whole paper', async () => {
    const { caseId, documentId } = await submitTestFiling(deps, crew)
    const { personId, name, certNo } = crew.officer
    const data = {
      documentName: '行政处罚决定书',
      cause: '占用消防通道经营',
      recipient: '刘水果',
      place: '走马岭大道12号',
      mode: 'direct',
      servedAt: '2026-03-02T09:00:00+08:00',
      officers: [{ personId, name, certNo }],
      receiver: '刘水果',
    }
    const key = { caseId, type: 'service-receipt', step: 'service', about: documentId }
    const saved = await saveDraft(deps, crew.officer, { ...key, revision: 0, data: JsonRecord.parse(data) })
    if (isRefusal(saved)) throw new Error('refused')
    const { caseId: _, ...paper } = key
    const refused = await submitDocument(deps, command(crew.officer, caseId), {
      ...paper,
      data: JsonRecord.parse(data),
    })
    if (!isRefusal(refused)) throw new Error('submitted')
    expect(refused.code).toBe('law-gate')
    expect(saved.problems.map((p) => [p.message, p.todo])).toEqual(
      refused.reasons.map((r) => [r.message, r.todo]),
    )
    const form = await getForm(deps, crew.officer, key)
    expect(form).toMatchObject({ problems: saved.problems })
  })

  it('is another draft when it is about another thing', async () => {
    const { caseId, documentId: one } = await submitTestFiling(deps, crew)
    const form = { caseId, type: 'service-receipt', step: 'service' }
    const save = (about: string | undefined, place: string) =>
      saveDraft(deps, crew.officer, { ...form, about, revision: 0, data: { place } })
    expect(await save(one, '甲地')).toMatchObject({ revision: 1 })
    expect(await save(undefined, '乙地')).toMatchObject({ revision: 1 })
    const opened = await getForm(deps, crew.officer, { ...form, about: one })
    expect(opened).toMatchObject({ data: { place: '甲地' } })
    expect(await save(randomUUID(), '丙地')).toMatchObject({ code: 'not-found' })
  })

  it('is kept only of a paper that could be submitted here', async () => {
    const { caseId } = await submitTestFiling(deps, crew)
    const save = (type: string, step: string) =>
      saveDraft(deps, crew.officer, { caseId, type, step, revision: 0, data: {} })
    expect(await save('no-such-paper', 'filing')).toMatchObject({ code: 'not-found' })
    expect(await save('filing-approval', 'no-such-step')).toMatchObject({ code: 'not-found' })
    expect(await save('penalty-decision', 'filing')).toMatchObject({ code: 'wrong-state' })
    expect(await save('filing-approval', 'filing')).toMatchObject({ code: 'duplicate' })
  })

  it('takes no draft after archiving, but of what follows the file', async () => {
    const { caseId } = await fileTestCase(deps, crew)
    const past = await readStream(deps.store, AGENCY, caseId)
    const archived = await append(deps.store, {
      commandId: randomUUID(),
      agencyId: AGENCY,
      actor: crew.officer,
      appends: [
        {
          streamType: 'case',
          streamId: caseId,
          expectedVersion: past.length,
          events: [
            {
              type: 'CaseArchived',
              schemaVersion: 1,
              occurredAt: '2026-03-02T09:00:00+08:00',
              data: { public: { archiveNo: '1', keptUntil: '2036-03-02', why: '试' } },
            },
          ],
        },
      ],
    })
    expect(isRefusal(archived)).toBe(false)
    const save = (who: Actor, type: string, step: string) =>
      saveDraft(deps, who, { caseId, type, step, revision: 0, data: {} })
    expect(await save(crew.officer, 'inspection-record', 'inspection')).toMatchObject({ code: 'wrong-state' })
    expect(await save(publisher, 'disclosure-summary', 'disclosure')).toMatchObject({ revision: 1 })
  })

  it('lets one of two who save at once win', async () => {
    const caseId = await registerTestCase(deps, crew.officer)
    const draft = { caseId, type: 'filing-approval', step: 'filing', revision: 0, data: {} }
    const both = await Promise.all([
      saveDraft(deps, crew.officer, draft),
      saveDraft(deps, crew.partner, draft),
    ])
    expect(both.filter((o) => isRefusal(o))).toHaveLength(1)
  })

  it('is not kept for a supervisor, who only reads', async () => {
    const caseId = await registerTestCase(deps, crew.officer)
    const draft = { caseId, type: 'filing-approval', step: 'filing', revision: 0, data: {} }
    expect(await saveDraft(deps, supervisor, draft)).toMatchObject({ code: 'not-permitted' })
  })

  it('loses its draft with its submission, in the same transaction', async () => {
    const { caseId } = await submitTestFiling(deps, crew)
    const { rows } = await withAgency(deps.store, AGENCY, (tx) =>
      tx.query('SELECT FROM app.draft WHERE subject_id = $1', [caseId]),
    )
    expect(rows).toEqual([])
  })

  it('previews as a PDF without a number while it is unfinished', async () => {
    const caseId = await registerTestCase(deps, crew.officer)
    const bytes = await previewDocument(deps, crew.officer, {
      caseId,
      type: 'filing-approval',
      data: { cause: '占用消防通道' },
    })
    if (isRefusal(bytes)) throw new Error('refused')
    expect(Buffer.from(bytes.slice(0, 5)).toString()).toBe('%PDF-')
  })
})

describe('a submitted document', () => {
  it('zml-8-3: is shown to the approver with the opinion of the handler, before it is issued', async () => {
    const { caseId, documentId } = await submitTestFiling(deps, crew)
    const c = await openCase(deps, crew.head, caseId)
    if (isRefusal(c)) throw new Error('refused')
    const shown: RenderInput[] = []
    const render = (input: RenderInput) => {
      shown.push(input)
      return renderer.render(input)
    }
    const data = JsonRecord.parse(c.state.documents[documentId]?.data)
    const paper = { caseId, type: 'filing-approval', data }
    await previewDocument({ ...deps, renderer: { render } }, crew.head, paper)
    await previewDocument({ ...deps, renderer: { render } }, crew.head, { ...paper, documentId })
    await previewDocument({ ...deps, renderer: { render } }, crew.head, {
      ...paper,
      data: { ...data, cause: '另一案由' },
    })
    const given = c.state.documents[documentId]?.approvals[0]?.opinion
    expect(given).toBeTruthy()
    expect(shown.map((s) => s.approvals.map((a) => `${a.rank} ${a.opinion}`))).toEqual([
      [`handler ${given}`],
      [`handler ${given}`],
      [],
    ])
  })

  it('that nobody has approved may be voided by its author, and opens again with what was in it', async () => {
    const { caseId, documentId } = await submitTestFiling(deps, crew)
    const reason = '案由写错，作废重做'
    const other = await voidDocument(deps, command(crew.head, caseId), { documentId, reason })
    expect(other).toMatchObject({ code: 'not-permitted' })
    done(await voidDocument(deps, command(crew.officer, caseId), { documentId, reason }))
    const c = await openCase(deps, crew.officer, caseId)
    if (isRefusal(c)) throw new Error('refused')
    const doc = c.state.documents[documentId]
    if (doc === undefined) throw new Error('gone')
    const view = documentView(doc, { state: c.state, law: c.law, actor: crew.officer })
    expect(view).toMatchObject({ state: 'voided', stateName: '已作废', voided: { by: '王建国', reason } })
    const again = { caseId, type: 'filing-approval', step: 'filing' }
    const form = await getForm(deps, crew.officer, again)
    if (isRefusal(form)) throw new Error('refused')
    expect(form.data['cause']).toBe(doc.data['cause'])
    done(await submitDocument(deps, command(crew.officer, caseId), { ...again, data: form.data }))
  })

  it('comes back with its opinion and is submitted again as a second version', async () => {
    const { caseId, documentId } = await submitTestFiling(deps, crew)
    const opinion = '请补充当事人住所'
    done(await returnDocument(deps, command(crew.head, caseId), { documentId, opinion }))
    const form = await getForm(deps, crew.officer, {
      caseId,
      type: 'filing-approval',
      step: 'filing',
      documentId,
    })
    if (isRefusal(form)) throw new Error('refused')
    const again = { type: 'filing-approval', step: 'filing', data: form.data, documentId }
    done(await submitDocument(deps, command(crew.officer, caseId), again))
    const c = await openCase(deps, crew.officer, caseId)
    if (isRefusal(c)) throw new Error('refused')
    expect(c.state.documents[documentId]).toMatchObject({ version: 2, status: 'submitted' })
  })

  it('is refused while required elements are missing, each named', async () => {
    const caseId = await registerTestCase(deps, crew.officer)
    const form = await filingForm(deps, crew.officer, caseId)
    const ruling = await submitDocument(deps, command(crew.officer, caseId), form)
    if (!isRefusal(ruling)) throw new Error('not refused')
    expect(ruling.code).toBe('incomplete')
    expect(ruling.reasons.map((r) => r.code)).toContain('form:partyName')
  })
})

describe('document numbers', () => {
  it('have no gap and no double when eight are issued at once', async () => {
    const filings = []
    for (let i = 0; i < 8; i += 1) filings.push(await submitTestFiling(deps, crew))
    for (const { caseId, documentId } of filings)
      done(await approveDocument(deps, command(crew.head, caseId), { documentId, opinion: '同意' }))
    await Promise.all(
      filings.map(async ({ caseId, documentId }) =>
        done(await approveDocument(deps, command(crew.chief, caseId), { documentId, opinion: '同意立案' })),
      ),
    )
    const { rows } = await withAgency(deps.store, AGENCY, (tx) =>
      tx.query<{ seq: number; number: string; document_id: string }>(
        `SELECT seq, number, document_id FROM record.document_number WHERE word = '立' ORDER BY seq`,
      ),
    )
    expect(rows.map((r) => r.seq)).toEqual(rows.map((_, i) => i + 1))
    expect(rows.length).toBeGreaterThanOrEqual(8)
    expect(new Set(rows.map((r) => r.document_id)).size).toBe(rows.length)
  })

  it('are given back when the decision is refused', async () => {
    const count = () =>
      withAgency(deps.store, AGENCY, (tx) =>
        tx.query<{ last: number }>(`SELECT last FROM app.numbering WHERE word = '立'`),
      ).then(({ rows }) => rows[0]?.last)
    const { caseId, documentId } = await submitTestFiling(deps, crew)
    const before = await count()
    const ruling = await approveDocument(deps, command(crew.chief, caseId), { documentId, opinion: '同意' })
    expect(isRefusal(ruling)).toBe(true)
    expect(await count()).toBe(before)
  })

  it('can be changed by nobody', async () => {
    await fileTestCase(deps, crew)
    const change = withAgency(deps.store, AGENCY, (tx) =>
      tx.query(`UPDATE record.document_number SET number = '假' WHERE seq = 1`),
    )
    await expect(change).rejects.toThrow()
  })
})

describe('an issued document', () => {
  it('is rendered once to an archival PDF that opens, and its opening is logged', async () => {
    const { caseId, documentId } = await fileTestCase(deps, crew)
    const job = { agencyId: AGENCY, caseId, documentId }
    const early = await openPdf(deps, crew.officer, caseId, documentId)
    expect(early).toMatchObject({ refused: true, code: 'wrong-state' })
    const rendering = () => documentRenderingOf(deps, crew.officer, caseId, documentId)
    expect(await rendering()).toEqual({ state: 'waiting', attempts: 0 })
    await renderDocument(deps, job)
    await renderDocument(deps, job)
    expect(await rendering()).toMatchObject({ state: 'made' })
    const events = await readStream(deps.store, AGENCY, caseId)
    expect(events.filter((e) => e.type === 'DocumentRendered')).toHaveLength(1)
    const pdf = await openPdf(deps, supervisor, caseId, documentId)
    if (isRefusal(pdf)) throw new Error('refused')
    const bytes = await buffer(pdf.stream)
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
    expect(bytes.length).toBe(pdf.sizeBytes)
    expect(pdf.name).toMatch(/^走街立〔2026〕\d+号\.pdf$/)
    const { rows } = await withAgency(deps.store, AGENCY, (tx) =>
      tx.query<{ who: string }>(
        `SELECT actor->>'name' AS who FROM record.document_access WHERE document_id = $1`,
        [documentId],
      ),
    )
    expect(rows).toEqual([{ who: '郑监督' }])
  })

  it('is asked to be rendered in the transaction of its issue', async () => {
    const { documentId } = await fileTestCase(deps, crew)
    const owner = await x.test.connectAs('admin')
    const { rows } = await owner.query(`SELECT FROM graphile_worker.jobs WHERE key = $1`, [
      `render:${documentId}`,
    ])
    expect(rows).toHaveLength(1)
  })
})
