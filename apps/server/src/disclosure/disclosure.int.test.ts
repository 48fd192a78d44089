import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '@liuhen/domain/event'
import { foundTestAgency, registerTestPerson, testLibrary } from '../../../../test/test-agency.ts'
import { closeTestCase } from '../../../../test/test-closed-case.ts'
import { command, done } from '../../../../test/test-filing.ts'
import { createTestInstallation, type TestInstallation } from '../../../../test/test-installation.ts'
import { agencyProjection } from '../agency/project-agency.ts'
import { type FileDeps, loadFileLaw } from '../case-file/file-law.ts'
import { approveDocument, submitDocument } from '../document/change-document.ts'
import { personProjection } from '../person/project-person.ts'
import { disclosureProjection } from './project-disclosure.ts'
import { publishDisclosure } from './publish-disclosure.ts'

const AGENCY = '620200007'

let installation: TestInstallation
let deps: FileDeps
/** Heads the unit and publishes: may review, may publish, and where the overlay binds not both of one summary. */
let both: Actor
let publisher: Actor
let archivist: Actor

beforeAll(async () => {
  const projections = [agencyProjection, personProjection, disclosureProjection]
  installation = await createTestInstallation({ projections })
  const { store } = installation
  const fileLaw = await loadFileLaw(join(import.meta.dirname, '../../../../law'))
  deps = { store, library: await testLibrary(), fileLaw }
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
