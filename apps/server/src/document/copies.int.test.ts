import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal } from '@liuhen/domain/refusal'
import { lawDir } from '../../../../test/fixtures/load-definitions.ts'
import {
  type CaseInstallation,
  createCaseInstallation,
  foundTestAgency,
  registerTestPerson,
} from '../../../../test/test-agency.ts'
import { type Crew, fileTestCase } from '../../../../test/test-filing.ts'
import { diskBlobStore } from '../blobs/disk-blob-store.ts'
import { bindFile } from '../case-file/bind-file.ts'
import { loadFileLaw } from '../case-file/file-law.ts'
import { createRenderer, type Renderer } from '../pdf/render.ts'
import type { RenderInput } from '../pdf/render-input.ts'
import { withAgency } from '../postgres/transaction.ts'
import { keyFolder } from '../seal/key-folder.ts'
import { openDocx, openOfd } from './open-copy.ts'
import { openLabels } from './open-labels.ts'
import { type RenderDeps, renderDocument } from './render-document.ts'

const AGENCY = '114201120001'
let x: CaseInstallation
let crew: Crew
let supervisor: Actor
let renderer: Renderer
let deps: RenderDeps

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
  renderer = createRenderer({ lawDir })
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

it('gives an archived paper as a copy in Word and in OFD and bound into its file, to whoever may read it, and logs it', async () => {
  const { caseId, documentId } = await fileTestCase(deps, crew)
  const fileDeps = { ...deps, fileLaw: await loadFileLaw(lawDir) }
  const bind = (who: Actor) => bindFile(fileDeps, who, caseId, ['main', 'sub'])
  expect(await openDocx(deps, crew.officer, { caseId, documentId })).toMatchObject({ code: 'wrong-state' })
  expect(await bind(crew.officer)).toMatchObject({ code: 'wrong-state' })
  await renderDocument(deps, { agencyId: AGENCY, caseId, documentId })
  const copy = await openDocx(deps, supervisor, { caseId, documentId })
  const ofd = await openOfd(deps, supervisor, { caseId, documentId })
  const bound = await bind(supervisor)
  if (isRefusal(copy) || isRefusal(ofd) || isRefusal(bound)) throw new Error('refused')
  expect(copy.fileName).toMatch(/^走街立〔2026〕\d+号（副本）\.docx$/)
  expect(ofd.fileName).toBe(copy.fileName.replace('docx', 'ofd'))
  const { 'Doc_0/Attachs/paper.pdf': attached, 'OFD.xml': about } = unzipSync(ofd.bytes)
  const sha256 = createHash('sha256')
    .update(attached ?? '')
    .digest('hex')
  expect(strFromU8(about ?? new Uint8Array())).toContain(`归档PDF的SHA-256">${sha256}<`)
  const pdf = await getDocument({ data: bound.bytes, verbosity: 0 }).promise
  const titles = (await pdf.getOutline())?.map((mark) => mark.title)
  expect(titles).toEqual([expect.stringMatching(/^1 立案审批表（走街立〔2026〕\d+号）$/)])
  expect(await openLabels(deps, supervisor, { caseId, documentId })).toMatchObject({ code: 'not-found' })
  const stranger = { ...supervisor, agencyId: 'B00009' }
  expect(await openDocx(deps, stranger, { caseId, documentId })).toMatchObject({ code: 'not-found' })
  expect(await bind(stranger)).toMatchObject({ code: 'not-found' })
  const { rows } = await withAgency(deps.store, AGENCY, (tx) =>
    tx.query<{ who: string }>(
      `SELECT actor->>'name' AS who FROM record.document_access WHERE document_id = $1`,
      [documentId],
    ),
  )
  expect(rows).toEqual(['郑监督', '郑监督', '郑监督'].map((who) => ({ who })))
})

it('has in the square of a paper the checkpoint as the log signed it, however many witnesses signed it too', async () => {
  const { caseId, documentId } = await fileTestCase(deps, crew)
  const admin = await x.test.connectAs('admin')
  const note = 'test.invalid/log/1\n7\nAAAA\n\n— test.invalid/log/1 AAAA\n'
  await admin.query(
    `INSERT INTO log.checkpoint (size, root, note) VALUES (7, decode(repeat('00', 32), 'hex'), $1)`,
    [note],
  )
  await admin.query(
    `INSERT INTO log.cosignature (size, witness, line, cosigned_at)
     SELECT 7, w, '— ' || w || ' ' || repeat('A', 100) || E'\n', now() FROM unnest('{a,b,c,d,e,f,g,h}'::text[]) w`,
  )
  const squares: (string | undefined)[] = []
  const watched = {
    ...renderer,
    render: (input: RenderInput) => {
      squares.push(input.qr)
      return renderer.render(input)
    },
  }
  await renderDocument({ ...deps, renderer: watched }, { agencyId: AGENCY, caseId, documentId })
  expect(squares).toEqual([expect.stringMatching(/^liuhen\.document\.v1\n/)])
  expect(squares[0]?.endsWith(note.trimEnd())).toBe(true)
})
