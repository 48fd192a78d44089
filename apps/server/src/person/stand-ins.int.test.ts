import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal, type Refusal } from '@liuhen/domain/refusal'
import {
  type CaseInstallation,
  createCaseInstallation,
  foundTestAgency,
  registerTestPerson,
} from '../../../../test/test-agency.ts'
import { command, type Crew, done, submitTestFiling } from '../../../../test/test-filing.ts'
import { approveDocument } from '../document/change-document.ts'
import { myApprovals } from '../document/my-approvals.ts'
import { openCase } from '../case-stream/open-case.ts'
import { documentView } from '../case-stream/document-view.ts'
import { endStandIn, listStandIns, nameStandIn } from './stand-ins.ts'

let x: CaseInstallation
let crew: Crew
let deputy: Actor
const AGENCY = '114201120001'

beforeAll(async () => {
  x = await createCaseInstallation('2026-03-03T09:00:00+08:00')
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
  deputy = await person('邓副主任', 'deputy-head')
})
afterAll(() => x.test.close())

const of = (actor: Actor, personId: string) => ({ commandId: randomUUID(), actor, personId })
const why = (outcome: object | Refusal): string | undefined =>
  isRefusal(outcome) ? outcome.reasons[0]?.message : 'ok'

it('another head decides in the place of one who is away, on the days that were said, until it is taken back', async () => {
  const { chief, head, officer } = crew
  const away = chief.personId ?? ''
  const days = { delegateId: deputy.personId ?? '', from: '2026-03-03', to: '2026-03-05', reason: '外出培训' }
  expect(why(await nameStandIn(x.deps, of(head, away), days))).toContain('本人登记')
  expect(why(await nameStandIn(x.deps, of(chief, away), days))).toBe('ok')
  const { items, mayNameFor, rules } = await listStandIns(x.deps, chief)
  expect(items).toMatchObject([{ name: '周主任', delegateName: '邓副主任', state: 'running', canEnd: true }])
  expect(mayNameFor).toContain(head.personId)
  expect(rules).toMatchObject({ who: 'any', longestDays: 92, citations: [{ clause: 'pen-57' }] })
  const whileAway = { ...days, delegateId: away, from: '2026-03-05', to: '2026-03-06' }
  expect(why(await nameStandIn(x.deps, of(head, head.personId ?? ''), whileAway))).toContain('也外出')
  const handedOn = { ...days, delegateId: head.personId ?? '', from: '2026-03-05', to: '2026-03-06' }
  expect(why(await nameStandIn(x.deps, of(deputy, deputy.personId ?? ''), handedOn))).toContain(
    '代周主任审批',
  )

  const { caseId, documentId } = await submitTestFiling(x.deps, crew)
  done(await approveDocument(x.deps, command(head, caseId), { documentId, opinion: '同意' }))
  const [asked] = (await myApprovals(x.deps, deputy)).items
  expect(asked?.phrases.agree[0]).toBe('同意立案。')
  const waiting = async () => (await myApprovals(x.deps, deputy)).items.map((i) => [i.rank, i.standsInFor])
  expect(await waiting()).toEqual([['agency-head', '周主任']])
  x.clock.at = '2026-03-06T09:00:00+08:00'
  expect(await waiting()).toEqual([])
  const late = await approveDocument(x.deps, command(deputy, caseId), { documentId, opinion: '同意' })
  expect(why(late)).toContain('机关')
  x.clock.at = '2026-03-05T23:00:00+08:00'
  done(await approveDocument(x.deps, command(deputy, caseId), { documentId, opinion: '同意立案' }))

  const c = await openCase(x.deps, officer, caseId)
  const doc = isRefusal(c) ? undefined : c.state.documents[documentId]
  if (isRefusal(c) || doc === undefined) throw new Error('gone')
  const shown = documentView(doc, { state: c.state, law: c.law, actor: officer })
  expect(shown.approvals.at(-1)).toMatchObject({ by: '邓副主任', standsInFor: '周主任', state: 'approved' })
  const [one] = items
  const end = { delegationId: one?.id ?? '', reason: '提前返回' }
  expect(why(await endStandIn(x.deps, of(chief, away), end))).toBe('ok')
  expect((await listStandIns(x.deps, head)).items).toMatchObject([{ state: 'ended', canEnd: [{}] }])
})

it('who decided on a paper in another’s place is not asked about it again by an own post, and is refused', async () => {
  const { chief, head } = crew
  x.clock.at = '2026-03-09T09:00:00+08:00'
  const days = { delegateId: deputy.personId ?? '', from: '2026-03-09', to: '2026-03-10', reason: '外出培训' }
  expect(why(await nameStandIn(x.deps, of(head, head.personId ?? ''), days))).toBe('ok')
  const { caseId, documentId } = await submitTestFiling(x.deps, crew)
  done(await approveDocument(x.deps, command(deputy, caseId), { documentId, opinion: '同意' }))
  const both: Actor = { ...deputy, roles: ['deputy-head', 'agency-head'] }
  const waiting = async (who: Actor) =>
    (await myApprovals(x.deps, who)).items.map((i) => i.documentId).includes(documentId)
  expect([await waiting(both), await waiting(chief)]).toEqual([false, true])
  const again = await approveDocument(x.deps, command(both, caseId), { documentId, opinion: '同意' })
  expect(why(again)).toContain('已经代陈中队审批')
})
