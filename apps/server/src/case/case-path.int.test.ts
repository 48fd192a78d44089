import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
  done,
  fileTestCase,
  LEAD,
  registerTestCase,
  submitTestFiling,
} from '../../../../test/test-filing.ts'
import { openCase } from '../case-stream/open-case.ts'
import { approveDocument } from '../document/change-document.ts'
import { myApprovals } from '../document/my-approvals.ts'
import { readStream } from '../event-store/read-stream.ts'
import { rebuild } from '../event-store/rebuild.ts'
import { withAgency } from '../postgres/transaction.ts'
import { beginStep } from './carry-out-step.ts'
import { assignHandlers, excuseDuty, flagCase, nameParty, noteFact } from './change-case.ts'
import { type CaseQuery, listCases } from './list-cases.ts'
import { myDuties } from './my-duties.ts'
import { registerLead } from './register-lead.ts'
import { caseTimeline } from './timeline.ts'
import { workspaceOf } from './workspace.ts'

let x: CaseInstallation
let officer: Actor
let partner: Actor
let clerk: Actor
let head: Actor
let chief: Actor
let stranger: Actor
const AGENCY = '114201120001'
const OTHER = '114201120002'

beforeAll(async () => {
  x = await createCaseInstallation('2026-03-02T09:00:00+08:00')
  const { store } = x.deps
  await foundTestAgency(store, AGENCY)
  await foundTestAgency(store, OTHER, { name: '另一街道办事处', shortName: '另街' })
  const person = (name: string, role: Actor['roles'][number], certNo?: string, agency = AGENCY) =>
    registerTestPerson(store, agency, { name, roles: [role], ...(certNo === undefined ? {} : { certNo }) })
  officer = await person('王建国', 'officer', '42011200001')
  partner = await person('李卫东', 'officer', '42011200002')
  clerk = await person('赵接待', 'intake-clerk')
  head = await person('陈中队', 'unit-head')
  chief = await person('周主任', 'agency-head')
  stranger = await person('孙外人', 'agency-head', undefined, OTHER)
})
afterAll(() => x.test.close())

const as = command
const newCase = (by: Actor = officer): Promise<string> => registerTestCase(x.deps, by)
const filedCase = async (): Promise<string> =>
  (await fileTestCase(x.deps, { officer, partner, head, chief })).caseId

describe('a case from its lead to its filing', () => {
  it('is registered, filed through its approvers in order, and numbered', async () => {
    const id = await filedCase()
    const c = await openCase(x.deps, officer, id)
    if (isRefusal(c)) throw new Error('not found')
    expect(c.state.caseNo).toMatch(/^走街立〔2026〕\d+号$/)
    const view = workspaceOf(c, officer, { playable: new Map(), makers: new Map(), packages: new Map() })
    const filing = view.documents.find((d) => d.type === 'filing-approval')
    expect(filing?.state).toBe('issued')
    expect(filing?.approvals.map((a) => a.by)).toEqual(['王建国', '陈中队', '周主任'])
  })

  it('refuses an approval out of the order of ranks, and records the attempt', async () => {
    const { caseId: id, documentId } = await submitTestFiling(x.deps, { officer, partner, head, chief })
    const early = await approveDocument(x.deps, as(chief, id, 'approveDocument'), {
      documentId,
      opinion: '同意',
    })
    expect(early).toMatchObject({ refused: true, code: 'not-permitted' })
    const inbox = await myApprovals(x.deps, head)
    expect(inbox.items.map((i) => i.documentId)).toContain(documentId)
    expect((await myApprovals(x.deps, chief)).items.map((i) => i.documentId)).not.toContain(documentId)
    const { rows } = await withAgency(x.deps.store, AGENCY, (tx) =>
      tx.query('SELECT what, code FROM record.attempt WHERE stream_id = $1', [id]),
    )
    expect(rows).toContainEqual({ what: 'approveDocument', code: 'not-permitted' })
  })

  it('refuses a decision before its advance notice and names the clause', async () => {
    const id = await filedCase()
    const ruling = await beginStep(x.deps, as(officer, id), 'decision', {})
    expect(ruling).toMatchObject({ refused: true, code: 'law-gate' })
    if (!isRefusal(ruling)) throw new Error('not refused')
    expect(ruling.reasons.flatMap((r) => r.citations).length).toBeGreaterThan(0)
    expect(ruling.reasons.every((r) => r.todo.length > 0)).toBe(true)
  })

  it('refuses one officer alone on site (pen-42)', async () => {
    const id = await filedCase()
    const alone = await beginStep(x.deps, as(officer, id), 'inspection', {
      officerIds: [officer.personId ?? ''],
    })
    expect(alone).toMatchObject({ refused: true, code: 'law-gate' })
    const both = await beginStep(x.deps, as(officer, id), 'inspection', {
      officerIds: [officer.personId ?? '', partner.personId ?? ''],
    })
    expect(done(both).version).toBeGreaterThan(0)
  })

  it('tells itself in Chinese, one sentence an event, each with its leaf', async () => {
    const id = await filedCase()
    const told = await caseTimeline(x.deps, officer, id)
    if (isRefusal(told)) throw new Error('refused')
    const events = await readStream(x.deps.store, AGENCY, id)
    expect(told.entries).toHaveLength(events.length)
    expect(told.entries[0]?.text).toContain('登记线索')
    expect(told.entries.every((e) => e.leafHash.length === 44)).toBe(true)
  })
})

describe('commands on a case', () => {
  it('have one effect when the same one arrives five times at once', async () => {
    const id = await newCase()
    const asked = as(officer, id)
    const party = { kind: 'person' as const, name: '李某' }
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => nameParty(x.deps, asked, party)))
    expect(new Set(outcomes.map((o) => done(o).version))).toEqual(new Set([2]))
    expect(await readStream(x.deps.store, AGENCY, id)).toHaveLength(2)
  })

  it('register one lead when the same one arrives five times at once', async () => {
    const asked = { commandId: randomUUID(), actor: officer }
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => registerLead(x.deps, asked, LEAD)))
    expect(new Set(outcomes.map((o) => done(o).id)).size).toBe(1)
  })

  it('do not find the case of another agency', async () => {
    const id = await newCase()
    expect(await openCase(x.deps, stranger, id)).toMatchObject({ code: 'not-found' })
    expect(await nameParty(x.deps, as(stranger, id), { kind: 'person', name: '李某' })).toMatchObject({
      code: 'not-found',
    })
    expect((await listCases(x.deps.store, stranger, { limit: 50 })).items).toEqual([])
  })

  it('refuse a handler who is not of the agency', async () => {
    const id = await newCase()
    const ruling = await assignHandlers(x.deps, as(officer, id), [stranger.personId ?? ''])
    expect(ruling).toMatchObject({ code: 'not-found' })
  })

  it('refuse a handler who is no officer, since a handler reads the whole case', async () => {
    const id = await newCase()
    const admin = await registerTestPerson(x.deps.store, AGENCY, { name: '孙系统', roles: ['system-admin'] })
    const ruling = await assignHandlers(x.deps, as(officer, id), [admin.personId ?? ''])
    expect(ruling).toMatchObject({ code: 'not-permitted' })
    expect(await openCase(x.deps, admin, id)).toMatchObject({ code: 'not-found' })
  })

  it('refuse a mark that the procedure does not know, since marks are public', async () => {
    const id = await newCase()
    const mark = { flag: '张三涉嫌', on: true, reason: '试填' }
    expect(await flagCase(x.deps, as(officer, id), mark)).toMatchObject({ code: 'not-found' })
  })

  it('refuse a fact that the procedure does not declare', async () => {
    const id = await newCase()
    const fact = { name: 'made-up', at: '2026-03-02T08:50:00+08:00', data: {} }
    expect(await noteFact(x.deps, as(officer, id), fact)).toMatchObject({ code: 'not-found' })
  })

  it('give a noted fact a name of its own, by which a later one is about it, with its lists', async () => {
    const id = await newCase()
    await assignHandlers(x.deps, as(officer, id), [officer.personId ?? ''])
    const filming = { name: 'third-party-filming', at: '2026-03-02T08:50:00+08:00', data: {} }
    const told = { ...filming, name: 'third-party-told', data: { told: ['distance', '其他'] } }
    expect(await noteFact(x.deps, as(officer, id), { ...told, about: 'elsewhere' })).toMatchObject({
      code: 'not-found',
    })
    done(await noteFact(x.deps, as(officer, id), filming))
    const beside = { playable: new Map(), makers: new Map(), packages: new Map() }
    const workspace = async () => {
      const c = await openCase(x.deps, officer, id)
      if (isRefusal(c)) throw new Error('not found')
      return { view: workspaceOf(c, officer, beside), facts: c.state.facts }
    }
    const [first] = (await workspace()).view.noted
    expect(first?.name).toBe('third-party-filming')
    done(await noteFact(x.deps, as(officer, id), { ...told, about: first?.ref }))
    const { facts } = await workspace()
    expect(facts.find((f) => f.name === 'third-party-told')).toMatchObject({
      about: first?.ref,
      data: { told: ['distance', '其他'] },
    })
  })

  it('refuse to excuse a duty that the case does not have', async () => {
    const id = await newCase()
    const excuse = { duty: 'no-such-duty', reason: '道路中断' }
    expect(await excuseDuty(x.deps, as(officer, id), excuse)).toMatchObject({ code: 'not-found' })
  })
})

describe('lists', () => {
  it('number leads without gaps under concurrency', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => newCase(clerk)))
    expect(new Set(ids).size).toBe(8)
    const { rows } = await withAgency(x.deps.store, AGENCY, (tx) =>
      tx.query<{ seq: number }>(`SELECT seq FROM record.document_number WHERE word = '线索' ORDER BY seq`),
    )
    expect(rows.map((r) => r.seq)).toEqual(rows.map((_, i) => i + 1))
  })

  it('page by cursor without repeating or losing a case', async () => {
    const all = await listCases(x.deps.store, chief, { limit: 200 })
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await listCases(x.deps.store, chief, { limit: 3, cursor })
      seen.push(...page.items.map((i) => i.id))
      expect(page.total).toBe(all.items.length)
      cursor = page.next
    } while (cursor !== undefined)
    expect(seen).toEqual(all.items.map((i) => i.id))
  })

  it('find a case by words of its title and take LIKE signs literally', async () => {
    expect((await listCases(x.deps.store, chief, { limit: 5, q: '消防通道' })).items.length).toBeGreaterThan(
      0,
    )
    expect((await listCases(x.deps.store, chief, { limit: 5, q: '%' })).items).toEqual([])
  })

  it('tell how many there are under the filter and for the one who asks, also where a page is empty', async () => {
    const ask = (who: Actor, q: Partial<CaseQuery>) => listCases(x.deps.store, who, { limit: 2, ...q })
    const all = (await ask(chief, { limit: 200 })).items
    const found = all.filter((i) => i.title.includes('消防'))
    expect((await ask(chief, { q: '消防' })).total).toBe(found.length)
    expect((await ask(clerk, {})).total).toBe((await ask(clerk, { limit: 200 })).items.length)
    expect(await ask(chief, { q: '%' })).toEqual({ items: [], total: 0 })
    const beyond = Buffer.from(`2000-01-01T00:00:00Z ${all[0]?.id ?? ''}`).toString('base64url')
    expect(await ask(chief, { cursor: beyond })).toEqual({ items: [], total: all.length })
  })

  it('show to the intake clerk only leads that the clerk registered', async () => {
    const { items } = await listCases(x.deps.store, clerk, { limit: 200 })
    expect(items).toHaveLength(8)
  })

  it('tell that a duty is overdue once its day has passed, without any event', async () => {
    const id = await filedCase()
    const before = (await myDuties(x.deps, officer, 'mine')).items.filter((d) => d.caseId === id)
    x.clock.at = '2026-12-01T09:00:00+08:00'
    const after = (await myDuties(x.deps, officer, 'mine')).items.filter((d) => d.caseId === id)
    const row = (await listCases(x.deps.store, officer, { limit: 200, overdue: 'true' })).items
    x.clock.at = '2026-03-02T09:00:00+08:00'
    expect(before.map((d) => d.state)).not.toContain('overdue')
    expect(after.map((d) => d.state)).toContain('overdue')
    expect(row.find((r) => r.id === id)?.overdue).toBeGreaterThan(0)
  })
})

describe('projections', () => {
  const tables = ['app.agency', 'app.person', 'app.case_row', 'app.duty_row', 'app.approval_row']
  const rowsOf = async () => {
    const owner = await x.test.connectAs('owner')
    const rows = new Map<string, unknown[]>()
    for (const table of tables) {
      const found = await owner.query(`SELECT to_jsonb(t) AS row FROM ${table} t ORDER BY to_jsonb(t)::text`)
      rows.set(table, found.rows)
    }
    return rows
  }

  it('are the same after they were emptied and made again from the record', async () => {
    const { caseId } = await submitTestFiling(x.deps, { officer, partner, head, chief })
    const before = await rowsOf()
    expect(before.get('app.approval_row')?.length).toBeGreaterThan(0)
    await rebuild(await x.test.connectAs('owner'), x.deps.store.projections)
    expect(await rowsOf()).toEqual(before)
    expect((await listCases(x.deps.store, officer, { limit: 200 })).items.map((i) => i.id)).toContain(caseId)
  })
})
