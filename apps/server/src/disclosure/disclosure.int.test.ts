import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal } from '@liuhen/domain/refusal'
import { foundTestAgency, registerTestPerson, testClock, testLibrary } from '../../../../test/test-agency.ts'
import { closeTestCase } from '../../../../test/test-closed-case.ts'
import { command, done } from '../../../../test/test-filing.ts'
import { createTestInstallation, type TestInstallation } from '../../../../test/test-installation.ts'
import { agencyProjection } from '../agency/project-agency.ts'
import { type FileDeps, loadFileLaw } from '../case-file/file-law.ts'
import { approveDocument, submitDocument } from '../document/change-document.ts'
import { openCase } from '../case-stream/open-case.ts'
import { rebuild } from '../event-store/rebuild.ts'
import { personProjection } from '../person/project-person.ts'
import { disclosureProjection } from './project-disclosure.ts'
import { publishDisclosure } from './publish-disclosure.ts'
import { withdrawDisclosure } from './withdraw-disclosure.ts'

const AGENCY = '620200007'

const clock = testClock('2026-04-22T09:00:00+08:00')
let installation: TestInstallation
let deps: FileDeps
/** Heads the unit and publishes: may review, may publish, and where the overlay binds not both of one summary. */
let both: Actor
let publisher: Actor
let archivist: Actor

beforeAll(async () => {
  const projections = [agencyProjection, personProjection, disclosureProjection]
  installation = await createTestInstallation({ projections, clock })
  const { store } = installation
  const fileLaw = await loadFileLaw(join(import.meta.dirname, '../../../../law'))
  deps = { store, library: testLibrary(), fileLaw }
  await foundTestAgency(store, AGENCY)
  both = await registerTestPerson(store, AGENCY, { name: '陈中队', roles: ['unit-head', 'publisher'] })
  publisher = await registerTestPerson(store, AGENCY, { name: '钱公示', roles: ['publisher'] })
  archivist = await registerTestPerson(store, AGENCY, { name: '周档案', roles: ['archivist'] })
})
afterAll(() => installation.close())

const SUMMARY = {
  decisionNumber: '走街罚决〔2026〕3号',
  agencyName: '走马岭街道办事处',
  maskedParty: '王某某',
  category: ['fine'],
  violation: '占用消防通道',
  facts: '在店铺门前消防通道堆放货物。',
  basis: [{ title: '中华人民共和国消防法', article: '第六十条' }],
  content: '罚款人民币500元。',
  decidedOn: '2026-04-20',
}

/** A closed case whose summary the publisher wrote and the head of the unit reviewed. */
const reviewed = async (overlays: readonly string[]): Promise<{ caseId: string; documentId: string }> => {
  const { caseId } = await closeTestCase(deps.store, archivist, installation.dataDir, { overlays })
  return { caseId, documentId: await reviewedSummary(caseId) }
}
const reviewedSummary = async (caseId: string): Promise<string> => {
  const paper = { type: 'disclosure-summary', step: 'disclosure', data: SUMMARY }
  const { id: documentId = '' } = done(await submitDocument(deps, command(publisher, caseId), paper))
  done(await approveDocument(deps, command(both, caseId), { documentId, opinion: '同意公示' }))
  return documentId
}
const publish = (who: Actor, c: { caseId: string; documentId: string }) =>
  publishDisclosure(deps, command(who, c.caseId), c.documentId)

test('jyg-3-1-5-3: whoever reviewed a summary does not publish it; another publisher does', async () => {
  const c = await reviewed(['jiayuguan-sxzd'])
  const refused = await publish(both, c)
  expect(refused).toMatchObject({ code: 'law-gate', reasons: [{ code: 'publisher-is-reviewer' }] })
  expect(JSON.stringify(refused)).toContain('jyg-3-1-5-3')
  done(await publish(publisher, c))
})

test('without that overlay one person may review and publish', async () => {
  done(await publish(both, await reviewed([])))
})

describe('a publication that is withdrawn', () => {
  const REASON = { reason: '处罚王小明的决定被区人民政府撤销' }
  const site = async (table: 'decision' | 'withdrawal') => {
    const portal = await installation.connectAs('portal')
    return (await portal.query<Record<string, unknown>>(`SELECT * FROM published.${table}`)).rows
  }
  const disclosureOf = async (caseId: string) => {
    const found = await openCase(deps, publisher, caseId)
    if (isRefusal(found)) throw new Error(found.code)
    const { state, law, now } = found
    const { receivedAt: startedAt, facts, flags } = state
    const { duties } = law.evaluate({ startedAt, facts, flags, now })
    return { state, duty: duties.find((d) => d.rule === 'disclosure-withdrawal') }
  }
  const withdraw = (who: Actor, caseId: string, more: { since?: string } = {}) =>
    withdrawDisclosure(deps, command(who, caseId), { ...REASON, ...more })

  test('pen-48: leaves the list in its own transaction; its date and the masked reason stay to be read', async () => {
    const c = await reviewed([])
    expect(await withdraw(publisher, c.caseId)).toMatchObject({ code: 'wrong-state' })
    const { id } = done(await publish(publisher, c))
    expect(await withdraw(archivist, c.caseId)).toMatchObject({ code: 'not-permitted' })
    done(await withdraw(publisher, c.caseId))
    const { state } = await disclosureOf(c.caseId)
    expect(state.disclosure).toBeUndefined()
    const [gone] = state.withdrawn
    expect([id, gone?.documentId]).toEqual([undefined, c.documentId])
    const ids = (rows: readonly Record<string, unknown>[]) => rows.map((r) => r['disclosure_id'])
    expect(ids(await site('decision'))).not.toContain(gone?.disclosureId)
    const told = (await site('withdrawal')).find((r) => r['disclosure_id'] === gone?.disclosureId)
    expect(told).toMatchObject({
      reason: '处罚王某某的决定被区人民政府撤销',
      withdrawn_at: expect.any(String),
    })
    expect(await withdraw(publisher, c.caseId)).toMatchObject({ code: 'wrong-state' })
  })

  test('is prepared and published anew, from the same paper or another one', async () => {
    const c = await reviewed([])
    done(await publish(publisher, c))
    expect(await publish(publisher, c)).toMatchObject({ code: 'duplicate' })
    done(await withdraw(publisher, c.caseId))
    done(await publish(publisher, c))
    done(await withdraw(publisher, c.caseId))
    const documentId = await reviewedSummary(c.caseId)
    done(await publish(publisher, { ...c, documentId }))
    const { state } = await disclosureOf(c.caseId)
    expect(state.disclosure?.documentId).toBe(documentId)
    expect(state.withdrawn).toHaveLength(2)
  })

  test('pen-48: is owed within three workdays of the day on which the decision was overturned', async () => {
    const withdrawn = async (since: string) => {
      clock.at = '2026-04-22T09:00:00+08:00'
      const c = await reviewed([])
      done(await publish(publisher, c))
      clock.at = '2026-05-15T09:00:00+08:00'
      expect(await withdraw(publisher, c.caseId, { since: '2026-05-16T09:00:00+08:00' })).toMatchObject({
        code: 'incomplete',
      })
      done(await withdraw(publisher, c.caseId, { since }))
      return (await disclosureOf(c.caseId)).duty?.state
    }
    expect(await withdrawn('2026-05-12T10:00:00+08:00')).toBe('met')
    expect(await withdrawn('2026-05-11T10:00:00+08:00')).toBe('met-late')
  })

  test('the public tables are made again from the record, row for row', async () => {
    const before = [await site('decision'), await site('withdrawal')]
    expect(before.map((rows) => rows.length > 0)).toEqual([true, true])
    await rebuild(await installation.connectAs('owner'), [disclosureProjection])
    const key = (rows: readonly Record<string, unknown>[]) => rows.map((r) => JSON.stringify(r)).toSorted()
    expect([key(await site('decision')), key(await site('withdrawal'))]).toEqual(before.map(key))
  })
})
