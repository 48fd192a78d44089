import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  checkFonts,
  checkMarks,
  checkPaper,
  checkText,
  PINNED_FAMILIES,
} from '../../../../test/check-paper.ts'
import { lawDir, loadDefinitions } from '../../../../test/fixtures/load-definitions.ts'
import { buildSamples } from '../../../../test/fixtures/sample-documents.ts'
import { createRenderer } from './render.ts'
import type { Rendered, RenderInput } from './render-input.ts'

/** A check that cannot fail proves nothing: each of those of `npm run documents` is shown something wrong. */
const input = buildSamples(loadDefinitions()).get('acceptance-notice') as RenderInput
let folder: string
let made: Rendered

const madeBy = async (law: string): Promise<Rendered> => {
  const renderer = createRenderer({ lawDir: law })
  try {
    return await renderer.render(input)
  } finally {
    await renderer.close()
  }
}
const kept = (name: string, bytes: Uint8Array | string): string => {
  const file = join(folder, name)
  writeFileSync(file, bytes)
  return file
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liuhen-check-'))
  made = await madeBy(lawDir)
})
afterAll(() => rmSync(folder, { recursive: true }))

it('finds nothing wrong with a paper as it should be', async () => {
  expect(await checkPaper(join(folder, 'good.pdf'), input, made, made)).toEqual([])
})

it('names the element that a template forgets', async () => {
  for (const part of ['_shared', 'acceptance-notice'])
    cpSync(join(lawDir, 'documents', part), join(folder, 'law/documents', part), { recursive: true })
  const template = join(folder, 'law/documents/acceptance-notice/template.typ')
  const lines = readFileSync(template, 'utf8').split('\n')
  writeFileSync(template, lines.filter((line) => !line.includes('"query"')).join('\n'))
  const file = kept('forgetful.pdf', (await madeBy(join(folder, 'law'))).bytes)
  expect(await checkText(file, input)).toMatchObject([expect.stringMatching(/^text: query is not printed/)])
})

it('makes a paper by the template of its own version, whatever a later one says', async () => {
  const law = join(folder, 'versions')
  const copy = (from: string, to: string) =>
    cpSync(join(lawDir, 'documents', from), join(law, 'documents', to), { recursive: true })
  copy('_shared', '_shared')
  copy('acceptance-notice', 'acceptance-notice')
  copy('acceptance-notice', 'acceptance-notice-later')
  const later = join(law, 'documents/acceptance-notice-later/template.typ')
  writeFileSync(later, readFileSync(later, 'utf8').replace('#letter-page({', '#letter-page({ par[新版]'))
  const renderer = createRenderer({ lawDir: law })
  const definition = { ...input.definition, effectiveFrom: '2030-01-01', template: 'acceptance-notice-later' }
  const [earlier, now] = [await renderer.render(input), await renderer.render({ ...input, definition })]
  await renderer.close()
  expect(Buffer.compare(earlier.bytes, made.bytes)).toBe(0)
  expect(Buffer.compare(now.bytes, made.bytes)).not.toBe(0)
  expect(JSON.parse(now.dataJson)).toMatchObject({ document: { effectiveFrom: '2030-01-01' } })
})

/** The smallest page that says 受理 in nobody's font. */
const PLAIN_PDF = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 30>>stream
BT /F 9 Tf 9 9 Td (abc) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
`

it('says of a font that it is not embedded and not ours, and of a file that it has no marks', async () => {
  const file = kept('plain.pdf', PLAIN_PDF)
  const fonts = await checkFonts(file, PINNED_FAMILIES)
  expect(fonts).toContain('fonts: Helvetica is not embedded')
  expect(fonts).toContain('fonts: Helvetica is not one of ours')
  expect(await checkMarks(file)).toContain('PDF/A: no /GTS_PDFA1')
})

it('says what is wrong with a file that is cut, has other data, or differs when it is made again', async () => {
  const cut = { ...made, bytes: made.bytes.slice(0, -400) }
  const other = { ...made, dataJson: made.dataJson.replace('2026', '2025') }
  const ofCut = await checkPaper(join(folder, 'cut.pdf'), input, cut, made)
  expect(ofCut.some((one) => one.startsWith('qpdf: '))).toBe(true)
  expect(ofCut).toContain('bytes: made again, it is not the same')
  expect(await checkPaper(join(folder, 'other.pdf'), input, other, made)).toEqual([
    'data: the attached data is not what was given',
  ])
})
