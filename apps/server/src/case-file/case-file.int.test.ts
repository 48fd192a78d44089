import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CaseEventOf, CaseEventType } from '@liuhen/domain/case/events'
import type { Actor, NewEvent } from '@liuhen/domain/event'
import { isRefusal, type Refusal } from '@liuhen/domain/refusal'
import { foundTestAgency, registerTestPerson, testLibrary } from '../../../../test/test-agency.ts'
import { closeTestCase, REMAINING_PAPERS, type ClosedCase } from '../../../../test/test-closed-case.ts'
import { createTestInstallation, type TestInstallation } from '../../../../test/test-installation.ts'
import { agencyProjection } from '../agency/project-agency.ts'
import { getCase } from '../case/get-case.ts'
import type { CaseCommand, CaseDone } from '../case-stream/act-on-case.ts'
import { openCase } from '../case-stream/open-case.ts'
import { disclosureProjection } from '../disclosure/project-disclosure.ts'
import { publishDisclosure } from '../disclosure/publish-disclosure.ts'
import { getForm } from '../document/get-form.ts'
import { append } from '../event-store/append.ts'
import { readStream } from '../event-store/read-stream.ts'
import { rebuild } from '../event-store/rebuild.ts'
import { personProjection } from '../person/project-person.ts'
import { archiveCase } from './archive-case.ts'
import { assembleFile } from './assemble-file.ts'
import { type FileDeps, loadFileLaw } from './file-law.ts'
import { getFile } from './get-file.ts'

const AGENCY = '420112007'
const SUMMARY = {
  type: 'disclosure-summary',
  step: 'disclosure',
  data: {
    decisionNumber: '走街罚决〔2026〕3号',
    decidedOn: '2026-04-20',
    violation: '王小明占用消防通道',
    content: '对王小明（420112199001011237）罚款人民币500元',
    basis: '《中华人民共和国消防法》第六十条',
  },
}

let installation: TestInstallation
let deps: FileDeps
let archivist: Actor
let publisher: Actor
let closed: ClosedCase

const done = (outcome: CaseDone | Refusal): CaseDone => {
  if (isRefusal(outcome)) throw new Error(JSON.stringify(outcome.reasons))
  return outcome
}
const by = (actor: Actor, what: string): CaseCommand => ({
  commandId: randomUUID(),
  actor,
  caseId: closed.caseId,
  what,
})
const lastOf = async <T extends CaseEventType>(type: T): Promise<CaseEventOf<T>> => {
  const events = await readStream(deps.store, AGENCY, closed.caseId)
  const found = events.findLast((e) => e.type === type)
  if (found === undefined) throw new Error(`no ${type}`)
  return found as unknown as CaseEventOf<T>
}

/** Puts events into the case that its own commands would put there: PDFs that are made, signatures that are given. */
const add = async (events: readonly NewEvent[]): Promise<void> => {
  const past = await readStream(deps.store, AGENCY, closed.caseId)
  const outcome = await append(deps.store, {
    commandId: randomUUID(),
    agencyId: AGENCY,
    actor: archivist,
    appends: [{ streamType: 'case', streamId: closed.caseId, expectedVersion: past.length, events }],
  })
  if (isRefusal(outcome)) throw new Error(outcome.code)
}

/** Cover and index are issued at once, the note waits for the custodian's hand: here it gets it, and all get a PDF. */
const finishPapers = async (): Promise<void> => {
  const found = await openCase(deps, archivist, closed.caseId)
  if (isRefusal(found)) throw new Error(found.code)
  const { now } = found
  const at = (type: string, data: NewEvent['data']): NewEvent => ({
    type,
    schemaVersion: 1,
    occurredAt: now,
    data,
  })
  const papers = Object.values(found.state.documents).filter((d) => d.pdf === undefined)
  const blob = { sha256: 'c'.repeat(64), sizeBytes: 10, mime: 'application/pdf' }
  const finished = at('StepCompleted', {
    public: { step: 'case-file', from: now, to: now },
    internal: { officers: [], data: {}, marks: [] },
  })
  await add([
    ...papers.flatMap(({ id: documentId, type, dataHash, status }) => [
      ...(status === 'issued'
        ? []
        : [at('DocumentIssued', { public: { documentId, type, issuedOn: now.slice(0, 10), dataHash } })]),
      at('DocumentRendered', { public: { documentId, blob, pages: 1 } }),
    ]),
    finished,
  ])
}

beforeAll(async () => {
  const library = testLibrary()
  const projections = [agencyProjection, personProjection, disclosureProjection]
  installation = await createTestInstallation({ projections })
  deps = {
    store: installation.store,
    library,
    fileLaw: await loadFileLaw(join(import.meta.dirname, '../../../../law')),
  }
  await foundTestAgency(deps.store, AGENCY)
  archivist = await registerTestPerson(deps.store, AGENCY, { name: '周档案', roles: ['archivist'] })
  publisher = await registerTestPerson(deps.store, AGENCY, { name: '钱公示', roles: ['publisher'] })
  closed = await closeTestCase(deps.store, archivist, installation.dataDir, {
    papers: [SUMMARY, ...REMAINING_PAPERS],
  })
})
afterAll(() => installation.close())

describe('the case file', () => {
  test('before it is assembled the list shows how it would be', async () => {
    const view = await getFile(deps, archivist, closed.caseId)
    expect(view).toMatchObject({ assembled: false })
    expect(isRefusal(view) ? [] : view.items.map((i) => i.title)).toContain('行政处罚决定书')
  })

  test('zml-25-1: written and recorded material becomes one file, in order, with consecutive pages', async () => {
    done(await assembleFile(deps, by(archivist, 'assembleFile')))
    const { items } = (await lastOf('CaseFileAssembled')).data.public
    expect(
      items.filter((i) => i.audience === 'main').map((i) => [i.no, i.title, i.pageFrom, i.pageTo]),
    ).toEqual([
      [1, '立案审批表', 1, 2],
      [2, '行政处罚决定书', 3, 4],
      [3, '行政处罚告知书', 5, 6],
      [4, '现场检查（勘验）笔录', 7, 8],
      [5, '询问（调查）笔录', 9, 10],
      [6, expect.stringContaining('录像，电子载体'), 0, 0],
      [7, '陈述申辩笔录', 11, 12],
      [8, '履行情况检查记录', 13, 14],
      [9, '送达回证', 15, 16],
      [10, '送达回证', 17, 18],
    ])
    const internal = items.filter((i) => i.audience === 'sub').map((i) => i.pageFrom)
    expect(internal).toEqual(internal.map((_, n) => 1 + 2 * n))
    expect(internal).toHaveLength(7)
  })

  test('each volume gets a cover, an index and a note as documents of the case', async () => {
    const found = await openCase(deps, archivist, closed.caseId)
    const papers = isRefusal(found) ? [] : Object.values(found.state.documents)
    const made = papers.filter((d) => d.type.startsWith('case-file-'))
    expect(
      made
        .map((d) => `${d.type} ${String(d.data['volume'])} ${d.status}`)
        .toSorted((a, b) => (a < b ? -1 : 1)),
    ).toEqual([
      'case-file-cover main issued',
      'case-file-cover sub issued',
      'case-file-index main issued',
      'case-file-index sub issued',
      'case-file-note main submitted',
      'case-file-note sub submitted',
    ])
    expect(made.find((d) => d.type === 'case-file-cover')?.data['retention']).toBe('30年')
  })

  test('assembling again without anything new is refused, not repeated', async () => {
    const again = await assembleFile(deps, by(archivist, 'assembleFile'))
    expect(isRefusal(again) && again.code).toBe('wrong-state')
  })

  test('zml-26-1: archiving numbers the file and explains how long it is kept, with every rule that was weighed', async () => {
    await finishPapers()
    done(await archiveCase(deps, by(archivist, 'archiveCase'), '测试归档'))
    const { archiveNo, keptUntil, why } = (await lastOf('CaseArchived')).data.public
    const year = new Date().getFullYear()
    expect(archiveNo).toBe(`${year}0001`)
    expect(Number(keptUntil?.slice(0, 4))).toBeGreaterThanOrEqual(year + 30)
    expect(why).toMatch(/10年.*30年.*取较长者/)
  })

  test('after archiving the file cannot be put together anew', async () => {
    expect(isRefusal(await assembleFile(deps, by(archivist, 'assembleFile')))).toBe(true)
  })

  test('after archiving a form opens only where the paper follows the file', async () => {
    const form = (type: string, step: string) =>
      getForm(deps, publisher, { caseId: closed.caseId, type, step })
    expect(await form('inquiry-record', 'inquiry')).toMatchObject({
      code: 'wrong-state',
      reasons: [{ message: '案件已归档，不能再变更' }],
    })
    expect(await form('disclosure-summary', 'disclosure')).toMatchObject({
      definition: { id: 'disclosure-summary' },
    })
  })

  test('the workspace tells the archivist and the publisher what each may still do, and why not the rest', async () => {
    const canOf = async (who: Actor) => {
      const file = await getCase(deps, who, closed.caseId)
      if (isRefusal(file)) throw new Error(file.code)
      return { ...file.can, papers: file.documents }
    }
    const can = await canOf(archivist)
    for (const command of [
      'noteFact',
      'linkRecording',
      'serveDocument',
      'assembleFile',
      'archiveCase',
    ] as const)
      expect(can[command]).toMatchObject([{ message: '案件已归档，不能再变更' }])
    expect(can).toMatchObject({ exportWhole: true, publishDisclosure: [{ code: 'not-permitted' }] })
    expect(can.nameParty).toMatchObject([{ todo: expect.any(String) }])
    for (const paper of can.papers.filter((p) => p.type !== 'disclosure-summary'))
      expect([paper.type, paper.can.serve, paper.why.serve?.[0]?.message]).toEqual([
        paper.type,
        false,
        '案件已归档，不能再变更',
      ])
    expect(await canOf(publisher)).toMatchObject({
      publishDisclosure: true,
      withdrawDisclosure: [{ message: '本案决定没有公示' }],
      steps: { disclosure: true, inspection: [{ code: 'not-permitted' }] },
    })
  })
})

describe('disclosure', () => {
  const rows = async () => {
    const portal = await installation.connectAs('portal')
    return (await portal.query<Record<string, unknown>>('SELECT * FROM published.decision')).rows
  }

  test('only the issued summary paper can be published', async () => {
    const wrong = await publishDisclosure(
      deps,
      by(publisher, 'x'),
      closed.documents['penalty-decision'] ?? '',
    )
    expect(isRefusal(wrong) && wrong.code).toBe('wrong-state')
  })

  test('what is published is masked, in the event and on the public table alike', async () => {
    done(await publishDisclosure(deps, by(publisher, 'x'), closed.documents['disclosure-summary'] ?? ''))
    const [row] = await rows()
    expect(row).toMatchObject({
      party: '王某某',
      decision_no: '走街罚决〔2026〕3号',
      violation: '王某某占用消防通道',
    })
    const event = JSON.stringify((await lastOf('DisclosurePublished')).data.public)
    for (const secret of ['王小明', '420112199001011237', '走马岭大道18号', '赵举报'])
      expect([secret, event.includes(secret), JSON.stringify(row).includes(secret)]).toEqual([
        secret,
        false,
        false,
      ])
  })

  test('publishing twice is refused', async () => {
    const again = await publishDisclosure(
      deps,
      by(publisher, 'x'),
      closed.documents['disclosure-summary'] ?? '',
    )
    expect(isRefusal(again) && again.code).toBe('duplicate')
  })

  test('the public table is made again from the record, row for row', async () => {
    const before = await rows()
    await rebuild(await installation.connectAs('owner'), [disclosureProjection])
    expect(await rows()).toEqual(before)
  })
})
