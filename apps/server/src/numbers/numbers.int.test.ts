import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal } from '@liuhen/domain/refusal'
import { agencyProjection } from '../agency/project-agency.ts'
import { caseProjection } from '../case/project-case.ts'
import { registerNumber, takeBlank } from '../case-stream/numbers.ts'
import { rebuild } from '../event-store/rebuild.ts'
import { createRenderer } from '../pdf/render.ts'
import { personProjection } from '../person/project-person.ts'
import { withAgency } from '../postgres/transaction.ts'
import { createTestInstallation, type TestInstallation } from '../../../../test/test-installation.ts'
import { foundTestAgency, registerTestPerson, testClock, testLibrary } from '../../../../test/test-agency.ts'
import { type Crew, fileTestCase } from '../../../../test/test-filing.ts'
import { blankPdf } from './blank-pdf.ts'
import { drawBooklet, returnBooklet, voidBlank } from './change-booklet.ts'
import { listBooklets } from './list-booklets.ts'
import { listNumbers } from './list-numbers.ts'
import { numbersCsv } from './numbers-csv.ts'
import { bookletProjection } from './project-booklets.ts'

const AGENCY = '114201120001'
const library = testLibrary()
const projections = [agencyProjection, personProjection, caseProjection({ library }), bookletProjection]
let test: TestInstallation
let deps: { store: TestInstallation['store']; library: typeof library }
let crew: Crew

beforeAll(async () => {
  test = await createTestInstallation({ projections, clock: testClock('2026-03-02T09:00:00+08:00') })
  deps = { store: test.store, library }
  await foundTestAgency(test.store, AGENCY)
  const person = (name: string, role: Actor['roles'][number], certNo?: string) =>
    registerTestPerson(test.store, AGENCY, {
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
afterAll(() => test.close())

const by = (actor: Actor) => ({ commandId: randomUUID(), actor, what: 'test' })
const id = (outcome: Awaited<ReturnType<typeof drawBooklet>>): string => {
  if (isRefusal(outcome)) throw new Error(JSON.stringify(outcome.reasons))
  return outcome.id
}

it('pen-52: numbers that are drawn at once, used at once, voided and returned are all accounted for, and never double', async () => {
  const { officer, partner } = crew
  const draw = (who: Actor, count: number) =>
    drawBooklet(deps, by(who), { type: 'on-the-spot-decision', count, holderId: who.personId ?? '' })
  const [mine, other] = await Promise.all([draw(officer, 6), draw(partner, 4)])
  const booklet = id(mine)
  id(other)
  const series = { agencyId: AGENCY, shortName: '走街', word: '当罚', date: '2026-03-02' }
  const use = () =>
    withAgency(test.store, AGENCY, async (tx) => {
      const given = await takeBlank(tx, { ...series, holderId: officer.personId ?? '' })
      if (given === undefined) throw new Error('no blank left')
      await registerNumber(tx, given, {
        streamId: 'case',
        documentId: randomUUID(),
        at: '2026-03-02T01:00:00Z',
      })
      await tx.query(`UPDATE app.blank SET state = 'used' WHERE number = $1`, [given.number])
      return given.seq
    })
  const used = await Promise.all([use(), use(), use()])
  expect(new Set(used).size).toBe(3)
  const { items } = await listBooklets(deps, officer)
  const own = items.find((b) => b.id === booklet)
  const open = own?.blanks.filter((b) => b.state === 'open').map((b) => b.seq) ?? []
  const [lost = 0] = open
  const note = { why: 'lost' as const, note: '执勤途中遗失' }
  expect(isRefusal(await voidBlank(deps, by(partner), { id: booklet, seq: lost }, note))).toBe(true)
  id(await voidBlank(deps, by(officer), { id: booklet, seq: lost }, note))
  id(await returnBooklet(deps, by(officer), booklet, { reason: '年底交回' }))
  const after = (await listBooklets(deps, officer)).items.find((b) => b.id === booklet)
  expect(after?.counts).toEqual({ open: 0, used: 3, voided: 1, returned: 2 })
  const register = await listNumbers(test.store, officer, { word: '当罚' })
  expect(register.series.find((s) => s.word === '当罚')).toEqual({
    word: '当罚',
    year: 2026,
    last: 10,
    missing: [],
  })
  expect(register.items).toHaveLength(10)
  expect(register.items.find((r) => r.seq === lost)).toMatchObject({
    state: 'blank-voided',
    reason: '遗失：执勤途中遗失',
    holder: '王建国',
  })
  expect(numbersCsv(register.items, false)).toContain('"走街当罚〔2026〕')
})

it('a paper that is issued stands in the register with its case; a number that nothing accounts for is named', async () => {
  const { head, chief } = crew
  const { caseId, documentId } = await fileTestCase(deps, crew)
  const { items, series } = await listNumbers(test.store, head, {})
  expect(series.every((s) => s.missing.length === 0)).toBe(true)
  expect(items.some((r) => r.state === 'lead' && r.readable)).toBe(true)
  const paper = items.find((r) => r.documentId === documentId)
  expect(paper).toMatchObject({ state: 'used', caseId, name: '立案审批表', caseNo: paper?.number })
  await withAgency(test.store, AGENCY, (tx) =>
    tx.query(`UPDATE app.numbering SET last = last + 1 WHERE word = '当罚'`),
  )
  const broken = (await listNumbers(test.store, chief, {})).series.find((s) => s.word === '当罚')
  expect(broken?.missing).toEqual([11])
})

it('a blank is printed with its number while it is open, and the projection follows from the record', async () => {
  const { partner, officer } = crew
  const { items } = await listBooklets(deps, partner)
  const booklet = items.find((b) => b.holderId === partner.personId)
  const seq = booklet?.blanks[0]?.seq ?? 0
  const renderer = createRenderer({ lawDir: join(import.meta.dirname, '../../../../law') })
  try {
    const at = { id: booklet?.id ?? '', seq }
    const bytes = await blankPdf({ ...deps, renderer }, partner, at)
    expect(isRefusal(bytes) ? '' : Buffer.from(bytes).subarray(0, 5).toString()).toBe('%PDF-')
    expect(isRefusal(await blankPdf({ ...deps, renderer }, officer, at))).toBe(true)
  } finally {
    await renderer.close()
  }
  const before = (await listBooklets(deps, partner)).items.find((b) => b.id === booklet?.id)
  const owner = await test.connectAs('owner')
  await rebuild(owner, [bookletProjection])
  expect((await listBooklets(deps, partner)).items.find((b) => b.id === booklet?.id)).toEqual(before)
})
