import { chmod, readFile, writeFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonRecord } from '@liuhen/domain/case/events'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal } from '@liuhen/domain/refusal'
import {
  type CaseInstallation,
  createCaseInstallation,
  foundTestAgency,
  registerTestPerson,
} from '../../../../test/test-agency.ts'
import { sampleFingermark } from '../../../../test/fixtures/sample-fingermark.ts'
import { command, type Crew, done, fileTestCase } from '../../../../test/test-filing.ts'
import { blobPath, diskBlobStore } from '../blobs/disk-blob-store.ts'
import { beginStep } from '../case/carry-out-step.ts'
import { openCase } from '../case-stream/open-case.ts'
import { createRenderer, type Renderer } from '../pdf/render.ts'
import { folderOf, keepKey, keyFolder } from '../seal/key-folder.ts'
import { makeCertificate } from '../seal/make-certificate.ts'
import type { SealHolder } from '../seal/seal-provider.ts'
import { approveDocument, serveDocument, signDocument, submitDocument } from './change-document.ts'
import { documentSealsOf } from './document-seals.ts'
import { getForm } from './get-form.ts'
import { openFingermark } from './open-fingermark.ts'
import { openPdf } from './open-pdf.ts'
import { type RenderDeps, renderDocument } from './render-document.ts'

let x: CaseInstallation
let crew: Crew
let renderer: Renderer
let deps: RenderDeps
const AGENCY = '114201120001'
const STROKES = [
  [
    { x: 1, y: 2, t: 0, p: 0.5 },
    { x: 30, y: 40, t: 16, p: 0.6 },
    { x: 60, y: 20, t: 32, p: 0.4 },
  ],
]

beforeAll(async () => {
  x = await createCaseInstallation('2026-03-02T09:00:00+08:00')
  const { store, library } = x.deps
  await foundTestAgency(store, AGENCY)
  const person = (name: string, role: Actor['roles'][number], certNo?: string) =>
    registerTestPerson(store, AGENCY, {
      name,
      roles: [role],
      login: `${role}-${certNo ?? ''}`,
      ...(certNo === undefined ? {} : { certNo }),
    })
  crew = {
    officer: await person('王建国', 'officer', '42011200001'),
    partner: await person('李卫东', 'officer', '42011200002'),
    head: await person('陈中队', 'unit-head'),
    chief: await person('周主任', 'agency-head'),
  }
  renderer = createRenderer({ lawDir: library.dir })
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

const by = (who: Actor, caseId: string) => command(who, caseId)
const submit = async (caseId: string, type: string, step: string, more: JsonRecord): Promise<string> => {
  const form = await getForm(deps, crew.officer, { caseId, type, step })
  if (isRefusal(form)) throw new Error(JSON.stringify(form.reasons))
  const submission = { type, step, data: { ...form.data, ...more } }
  return done(await submitDocument(deps, by(crew.officer, caseId), submission)).id ?? ''
}
const documentOf = async (caseId: string, documentId: string) => {
  const c = await openCase(deps, crew.officer, caseId)
  if (isRefusal(c)) throw new Error('refused')
  return c.state.documents[documentId]
}

/** On site the next morning, with a record that waits for its signatures. */
const inspected = async (): Promise<{ caseId: string; documentId: string }> => {
  x.clock.at = '2026-03-02T09:00:00+08:00'
  const { caseId } = await fileTestCase(deps, crew)
  x.clock.at = '2026-03-03T09:00:00+08:00'
  const officerIds = [crew.officer.personId ?? '', crew.partner.personId ?? '']
  done(await beginStep(deps, by(crew.officer, caseId), 'inspection', { officerIds, place: '走马岭大道12号' }))
  x.clock.at = '2026-03-03T10:00:00+08:00'
  const documentId = await submit(caseId, 'inspection-record', 'inspection', {
    endAt: '2026-03-03T09:50:00+08:00',
    certificateShown: true,
    certificateNote: '两名执法人员当场出示执法证，当事人确认无异议。',
    rightsTold: true,
    recusal: 'none',
    findings: '店铺门前消防通道堆放货物，长3米、宽1.2米。',
  })
  return { caseId, documentId }
}
const keepTestKey = async (holder: SealHolder): Promise<void> => {
  const made = await makeCertificate({ name: holder.officer?.name ?? '', organisation: '测试' }, x.clock.at)
  await keepKey(folderOf(join(deps.blobs.root, 'seals'), holder), made, [])
}
/** One bit of the stored file, as a failing disk would. */
const damage = async (sha256: string): Promise<void> => {
  const path = blobPath(deps.blobs.root, sha256)
  const bytes = await readFile(path)
  bytes[40] = (bytes[40] ?? 0) ^ 1
  await chmod(path, 0o644)
  await writeFile(path, bytes)
}
const officersSign = async (caseId: string, documentId: string): Promise<void> => {
  for (const role of ['officer', 'recorder'])
    done(
      await signDocument(deps, by(crew.officer, caseId), {
        documentId,
        role,
        personId: crew.officer.personId,
        strokes: STROKES,
      }),
    )
  done(
    await signDocument(deps, by(crew.partner, caseId), {
      documentId,
      role: 'officer',
      personId: crew.partner.personId,
      strokes: STROKES,
    }),
  )
}

describe('signatures', () => {
  it('issue the record when the last one is there, and are printed into its PDF', async () => {
    const { caseId, documentId } = await inspected()
    const fingermark = sampleFingermark()
    const party = { documentId, role: 'party', name: '李某', strokes: STROKES, fingermark }
    done(await signDocument(deps, by(crew.officer, caseId), party))
    const again = await signDocument(deps, by(crew.officer, caseId), party)
    expect(isRefusal(again)).toBe(true)
    const print = await openFingermark(deps, crew.partner, { caseId, documentId, n: 0 })
    if (isRefusal(print)) throw new Error('refused')
    const png = Buffer.from(print)
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([200, 260])
    expect(await openFingermark(deps, crew.partner, { caseId, documentId, n: 1 })).toMatchObject({
      code: 'not-found',
    })
    await officersSign(caseId, documentId)
    expect(await documentOf(caseId, documentId)).toMatchObject({ status: 'issued' })
    const { personId = '' } = crew.officer
    await keepTestKey({ agencyId: AGENCY, agencyName: '', officer: { personId, name: '王建国' } })
    await renderDocument(deps, { agencyId: AGENCY, caseId, documentId })
    const pdf = await openPdf(deps, crew.partner, caseId, documentId)
    if (isRefusal(pdf)) throw new Error('refused')
    expect((await buffer(pdf.stream)).subarray(0, 5).toString()).toBe('%PDF-')
    // One of the two officers has a key: it is used once, in whatever capacities that officer signed by hand.
    const read = await documentSealsOf(deps, crew.partner, caseId, documentId)
    expect(read).toMatchObject({
      wanted: false,
      faults: [],
      seals: [{ by: 'officer', name: '王建国', beside: false, fault: '' }],
    })
    expect((await documentOf(caseId, documentId))?.pdf?.sealing?.seals).toHaveLength(1)
    await damage(pdf.sha256)
    expect(await documentSealsOf(deps, crew.partner, caseId, documentId)).toMatchObject({
      faults: [expect.stringContaining('摘要'), expect.anything()],
      seals: [{ fault: '所签的内容已经改动' }],
    })
  })

  it('may be refused by the party, with the reason and those who saw it (zml-11-9)', async () => {
    const { caseId, documentId } = await inspected()
    const refusal = { reason: '当事人看过笔录后拒绝签名', witnesses: ['社区网格员赵某'] }
    const refused = { documentId, role: 'party', name: '李某', refusal }
    done(await signDocument(deps, by(crew.officer, caseId), refused))
    await officersSign(caseId, documentId)
    const doc = await documentOf(caseId, documentId)
    expect(doc?.signatures.find((s) => s.role === 'party')).toMatchObject({ method: 'refused', refusal })
    expect(doc?.status).toBe('issued')
  })

  it('of an officer are given in no session but the officer’s own, whether by id or by name', async () => {
    const { caseId, documentId } = await inspected()
    const forPartner = { documentId, role: 'officer', strokes: STROKES }
    const signers = [{ personId: crew.partner.personId }, { name: '李卫东' }, { name: ' 李卫东 ' }]
    for (const who of signers)
      expect(await signDocument(deps, by(crew.officer, caseId), { ...forPartner, ...who })).toMatchObject({
        code: 'not-permitted',
        reasons: [{ todo: '请由李卫东本人登录后签名' }],
      })
    done(
      await signDocument(deps, by(crew.partner, caseId), {
        ...forPartner,
        personId: crew.partner.personId,
      }),
    )
  })

  it('of people without an account are taken on the handler’s pad, also where a party bears an officer’s name', async () => {
    const { caseId, documentId } = await inspected()
    const helper = await registerTestPerson(deps.store, AGENCY, { name: '小张', roles: ['officer'] })
    const held = { documentId, strokes: STROKES }
    const pad = () => by(crew.officer, caseId)
    done(await signDocument(deps, pad(), { ...held, role: 'recorder', personId: helper.personId }))
    done(await signDocument(deps, pad(), { ...held, role: 'party', name: '李卫东' }))
    // A witness who happens to be there may sign, though nobody must.
    done(await signDocument(deps, pad(), { ...held, role: 'witness', name: '赵六' }))
    const another = await signDocument(deps, pad(), { ...held, role: 'witness', name: '钱七' })
    expect(another).toMatchObject({ code: 'wrong-state' })
  })

  it('are not given for somebody who is not of the agency, nor without ink', async () => {
    const { caseId, documentId } = await inspected()
    const stranger = {
      documentId,
      role: 'officer',
      personId: '00000000-0000-4000-8000-000000000000',
      strokes: STROKES,
    }
    expect(await signDocument(deps, by(crew.officer, caseId), stranger)).toMatchObject({ code: 'not-found' })
    const dry = { documentId, role: 'party', name: '李某' }
    expect(await signDocument(deps, by(crew.officer, caseId), dry)).toMatchObject({ code: 'incomplete' })
  })
})

describe('service', () => {
  const law = [{ title: '中华人民共和国行政处罚法', article: '第二十八条' }]
  const order = {
    facts: '占用消防通道堆放货物',
    violated: law,
    basis: law,
    mode: 'immediately',
    demand: '立即清理。',
  }
  const ordered = async () => {
    const { caseId } = await inspected()
    const documentId = await submit(caseId, 'rectification-order', 'rectification-order', order)
    return { caseId, documentId }
  }
  const direct = (documentId: string) => ({
    documentId,
    mode: 'direct',
    servedAt: x.clock.at,
    recipient: '李某',
    officerIds: [crew.officer.personId ?? '', crew.partner.personId ?? ''],
    recordingIds: [],
  })

  it('is refused before the paper is issued, and recorded after', async () => {
    const { caseId, documentId } = await ordered()
    expect(await serveDocument(deps, by(crew.officer, caseId), direct(documentId))).toMatchObject({
      code: 'wrong-state',
    })
    for (const who of [crew.head, crew.chief])
      done(await approveDocument(deps, by(who, caseId), { documentId, opinion: '同意' }))
    expect((await documentOf(caseId, documentId))?.number).toMatch(/^走街责改〔2026〕\d+号$/)
    done(await serveDocument(deps, by(crew.officer, caseId), direct(documentId)))
    expect((await documentOf(caseId, documentId))?.served).toMatchObject([
      { mode: 'direct', recipient: '李某' },
    ])
  })
})
