import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  definitionIds,
  lawDir,
  loadDefinition,
  loadDefinitions,
} from '../../../../test/fixtures/load-definitions.ts'
import { sampleFingermark } from '../../../../test/fixtures/sample-fingermark.ts'
import { buildSamples } from '../../../../test/fixtures/sample-documents.ts'
import { checkCopy } from '../../../../test/check-copy.ts'
import { hostileData, lengthyData } from '../../../../test/fixtures/injection-corpus.ts'
import { elementsOf, missingFrom } from '../../../../test/paper-elements.ts'
import { marksAmiss, typedOtherwise } from '../../../../test/paper-marks.ts'
import { createRenderer, type Renderer } from './render.ts'
import { picturePath } from './print-view.ts'
import { RenderError } from './render-error.ts'
import type { RenderInput } from './render-input.ts'

const samples = buildSamples(loadDefinitions())
const sample = (type: string): RenderInput => {
  const found = samples.get(type)
  if (!found) throw new Error(`no sample of ${type}`)
  return found
}
const withData = (type: string, data: Readonly<Record<string, unknown>>): RenderInput => {
  const input = sample(type)
  return { ...input, data: { ...input.data, ...data } }
}

async function read(bytes: Uint8Array) {
  const pdf = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise
  const pages = await Promise.all(
    Array.from({ length: pdf.numPages }, async (_, i) => (await pdf.getPage(i + 1)).getTextContent()),
  )
  const texts = pages.map((page) => page.items.map((item) => ('str' in item ? item.str : '')).join(''))
  const text = texts.join('').replaceAll(/\s/g, '')
  const attached: Record<string, string> = {}
  for (const [id, file] of (await pdf.getAttachments()) ?? []) {
    attached[file.filename] = Buffer.from((await pdf.getAttachmentContent(id)) ?? []).toString('utf8')
  }
  return { text, texts, attached, pages: pdf.numPages }
}

const failure = async (made: Promise<unknown>): Promise<RenderError> => {
  const error = await made.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof RenderError)) throw new Error(`expected a RenderError, got ${String(error)}`)
  return error
}

let renderer: Renderer
beforeAll(() => {
  renderer = createRenderer({ lawDir, workers: 2 })
})
afterAll(() => renderer.close())

/** 16 by 12 dots. */
const SMALL_JPEG =
  '/9j/4AAQSkZJRgABAgAAAQABAAD//gAQTGF2YzU5LjM3LjEwMAD/2wBDAAgoKC8oLzc3Nzc3N0E8QUNDQ0FBQUFDQ0NISEhVVVVISEhDQ0hIUFBVVVxfXFdXVVdfX2RkZHh4c3OMjJGsrM//xABMAAEBAAAAAAAAAAAAAAAAAAAABgEBAQAAAAAAAAAAAAAAAAAABgcQAQAAAAAAAAAAAAAAAAAAAAARAQAAAAAAAAAAAAAAAAAAAAD/wAARCAAMABADASIAAhEAAxEA/9oADAMBAAIRAxEAPwCLAFF/f//Z'

it('ft-25-3 photos are printed beside their words; what was printed is named by its digest in the data', async () => {
  const sha256 = 'c'.repeat(64)
  const picture = { sha256, bytes: new Uint8Array(Buffer.from(SMALL_JPEG, 'base64')) }
  const without = await renderer.render(sample('photo-sheet'))
  const input = { ...sample('photo-sheet'), pictures: new Map([['photo-1', picture]]) }
  const { bytes, dataJson } = await renderer.render(input)
  const isDrawn = (pdf: Uint8Array): boolean => Buffer.from(pdf).includes('/DCTDecode')
  expect([isDrawn(bytes), isDrawn(without.bytes)]).toEqual([true, false])
  expect(JSON.parse(dataJson)).toMatchObject({ pictures: { 'photo-1': sha256 } })
  expect(picturePath(picture)).not.toContain('..')
  // The next paper on the same thread does not find the picture of the one before.
  expect((await renderer.render(sample('photo-sheet'))).bytes).toEqual(without.bytes)
})

describe.each(definitionIds())('%s', (id) => {
  it('becomes a PDF/A-3b that shows every element, has exactly its data attached, and prints empty as well', async () => {
    const made = await renderer.render(sample(id))
    const raw = Buffer.from(made.bytes).toString('latin1')
    expect(raw).toContain('<pdfaid:part>3</pdfaid:part>')
    expect(raw).toContain('<pdfaid:conformance>B</pdfaid:conformance>')
    expect(raw).toContain('/GTS_PDFA1')
    const { text, texts, attached, pages } = await read(made.bytes)
    expect(pages).toBe(made.pages)
    expect(missingFrom(texts, elementsOf(sample(id)))).toEqual([])
    expect(marksAmiss(sample(id), texts)).toEqual([])
    expect(text).toContain('演示数据·模拟时钟')
    expect(attached).toEqual({ 'data.json': made.dataJson })

    // A paper that bears the seal has exactly one place for it, on its pages; another paper has none.
    const { definition, context, clock } = sample(id)
    expect(made.sealPlaces.map((p) => p.page <= made.pages)).toEqual(definition.seal ? [true] : [])
    const empty = await renderer.render({
      definition,
      context,
      clock,
      data: {},
      approvals: [],
      signatures: [],
    })
    expect(empty.pages).toBeGreaterThan(0)
  })
  it('has its marks in their places, whether or not sentences are typed with a stop', async () => {
    const input = withData(id, typedOtherwise(loadDefinition(id), sample(id).data))
    const { texts } = await read((await renderer.render(input)).bytes)
    expect(marksAmiss(input, texts)).toEqual([])
  })
})

describe('the same input', () => {
  it('gives the same bytes, whichever worker makes it', async () => {
    const other = createRenderer({ lawDir })
    const made = await Promise.all([
      renderer.render(sample('penalty-decision')),
      renderer.render(sample('penalty-decision')),
      other.render(sample('penalty-decision')),
    ])
    await other.close()
    const [first] = made
    for (const one of made) expect(Buffer.compare(one.bytes, first.bytes)).toBe(0)
  })
})

describe('what people type', () => {
  it.each([
    'penalty-decision',
    'inquiry-record',
    'filing-approval',
    'on-spot-collection-record',
    'recheck-record',
  ])(
    'is printed as it is, in every text of %s: no markup, no function, no file is ever reached',
    async (id) => {
      const input = withData(id, hostileData(loadDefinition(id), sample(id).data))
      const { bytes } = await renderer.render(input)
      const { text, texts } = await read(bytes)
      expect(missingFrom(texts, elementsOf(input))).toEqual([])
      expect(text).not.toContain('root:')
      expect(await checkCopy(bytes, input)).toEqual([])
    },
  )
  it.each(['recheck-record', 'filing-approval'])(
    'is printed to its last character where %s is as long as it may be',
    async (id) => {
      const input = withData(id, lengthyData(loadDefinition(id), sample(id).data))
      const { texts } = await read((await renderer.render(input)).bytes)
      expect(missingFrom(texts, elementsOf(input))).toEqual([])
    },
  )
  it('may hold rare characters of names', async () => {
    const { text } = await read(
      (await renderer.render(withData('service-receipt', { recipient: '喆赟燚龘𠅤𬭎' }))).bytes,
    )
    expect(text).toContain('喆赟燚龘𠅤𬭎')
  })
  it('is refused by name when no typeface has the character, rather than printed as a box', async () => {
    const error = await failure(renderer.render(withData('service-receipt', { recipient: '张𰻝' })))
    expect(error.code).toBe('missing-glyph')
    expect(error.characters).toEqual(['𰻝'])
  })
  it('prints ¥, 〇 and full-width ￥ as themselves', async () => {
    const { text } = await read(
      (await renderer.render(withData('penalty-decision', { others: '￥100 ¥100 二〇二六' }))).bytes,
    )
    expect(text).toContain('￥100¥100二〇二六')
  })
  it('lays out forty items and a party name of 110 characters', async () => {
    const items = Array.from({ length: 40 }, (_, i) => ({
      name: `第${i + 1}件登记保存的物品名称比较长`,
      spec: '规格和特征的描述也比较长，以至于需要换行显示',
      count: i + 1,
      unit: '件',
    }))
    const made = await renderer.render(
      withData('preservation-notice', {
        items,
        partyName: '湖北某某连锁餐饮管理有限公司'.repeat(8).slice(0, 110),
      }),
    )
    const { text } = await read(made.bytes)
    expect(text).toContain('第40件登记保存的物品名称比较长')
    expect(made.pages).toBeGreaterThan(3)
  })
})

describe('a licensed typeface', () => {
  it('sets the body, and each of its files is named by hash in the attached data', async () => {
    const dir = join(lawDir, '..', 'node_modules', '@expo-google-fonts', 'noto-sans-sc', '400Regular')
    const own = createRenderer({ lawDir, licensedFonts: { dir, family: 'Noto Sans SC' } })
    const made = await own.render(sample('service-receipt'))
    await own.close()
    expect(made.dataJson).toMatch(/Noto Sans SC NotoSansSC_400Regular\.ttf sha256:[0-9a-f]{64}/)
    const plain = await renderer.render(sample('service-receipt'))
    expect(Buffer.compare(made.bytes, plain.bytes)).not.toBe(0)
  })
})

describe('a preview', () => {
  it('carries no number, no square and no data, and says that it is one', async () => {
    const { issuedOn: _, number: __, ...draft } = sample('penalty-decision')
    const { text, attached } = await read((await renderer.render(draft)).bytes)
    expect(text).toContain('预览稿')
    expect(text).not.toContain('核验')
    expect(attached).toEqual({})
  })
})

describe('signatures', () => {
  it('prints a refusal with its reason and witnesses in place of the name', async () => {
    const input = sample('inspection-record')
    const { text } = await read(
      (
        await renderer.render({
          ...input,
          signatures: [
            {
              role: 'party',
              name: '赵喆燚',
              signedAt: '2026-03-04T19:30:00+08:00',
              refusal: { reason: '当事人认为测量有误。', witnesses: ['王小丽', '刘洋'] },
            },
          ],
        })
      ).bytes,
    )
    expect(text).toContain('赵喆燚拒绝签名。当事人认为测量有误。')
    expect(text).toContain('王小丽、刘洋')
  })
})

describe('a template', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'liuhen-template-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))
  const renderWith = async (source: string): Promise<RenderError> => {
    mkdirSync(join(folder, 'documents', 'penalty-decision'), { recursive: true })
    writeFileSync(join(folder, 'documents', 'penalty-decision', 'template.typ'), source)
    writeFileSync(join(folder, 'outside.txt'), 'secret')
    const own = createRenderer({ lawDir: folder })
    const error = await failure(own.render(sample('penalty-decision')))
    await own.close()
    return error
  }
  it('that names a family we do not pin fails instead of changing how every page looks', async () => {
    const error = await renderWith(
      '#set document(date: datetime(year: 2026, month: 1, day: 1))\n#set text(font: "No Such Family")\na',
    )
    expect(error.code).toBe('template')
    expect(error.details).toContain('unknown font family')
  })
  it('cannot read outside the documents folder', async () => {
    expect((await renderWith('#read("../../outside.txt")')).details).toMatch(
      /outside|access denied|failed to load/,
    )
  })
  it('that never ends is given up after the time limit, and the next document is made', async () => {
    mkdirSync(join(folder, 'documents', 'slow'), { recursive: true })
    writeFileSync(
      join(folder, 'documents', 'slow', 'template.typ'),
      '#for a in range(1000000) { for b in range(1000000) { } }',
    )
    writeFileSync(
      join(folder, 'documents', 'penalty-decision', 'template.typ'),
      '#set document(date: datetime(year: 2026, month: 1, day: 1))\n#set text(font: "Noto Serif SC")\n好',
    )
    const own = createRenderer({ lawDir: folder, timeLimitMs: 8000 })
    const input = sample('penalty-decision')
    const slow = failure(own.render({ ...input, definition: { ...input.definition, id: 'slow' } }))
    const next = own.render(input)
    expect((await slow).code).toBe('timeout')
    expect((await next).pages).toBe(1)
    await own.close()
  })
})

it('prints a label for each thing of a list, ten on a page, with a square each, however long a name is', async () => {
  const row = (no: number) => ({ no, name: `物品${no}`, quantity: `${no}台`, feature: '', square: `x/${no}` })
  const rows = [...Array.from({ length: 11 }, (_, i) => row(i + 1)), { ...row(12), name: '长'.repeat(120) }]
  const sheet = { agency: '某街道办事处', caseNo: '案〔2026〕1号', paper: '物品清单', number: '' }
  const dated = { day: '2026-04-08', issuedOn: '2026年4月8日', simulated: false }
  const bytes = await renderer.drawLabels({ ...sheet, ...dated, rows })
  const { text, pages } = await read(bytes)
  expect(pages).toBe(2)
  for (const { name, no } of rows) {
    expect(text).toContain(`${no}.${name}`)
    expect(text).toContain(`第${no}项，共12项`)
  }
})

const picturesIn = (bytes: Uint8Array = new Uint8Array()): number =>
  Buffer.from(bytes).toString('latin1').split('/Subtype /Image').length - 1

it('prints a finger beside the signature, names it by its digest in the data, and is the same each time', async () => {
  const input = sample('inquiry-record')
  const [first, ...rest] = input.signatures
  if (first === undefined) throw new Error('nobody signed')
  const signed = { ...input, signatures: [{ ...first, fingermark: sampleFingermark() }, ...rest] }
  const [without, made, again] = await Promise.all([input, signed, signed].map((one) => renderer.render(one)))
  expect(made?.bytes).toEqual(again?.bytes)
  // The picture, and what of it lets the paper through.
  expect([picturesIn(without?.bytes), picturesIn(made?.bytes)]).toEqual([0, 2])
  const { attached, text } = await read(made?.bytes ?? new Uint8Array())
  expect(text).toContain('被询问人签名')
  const data: unknown = JSON.parse(attached['data.json'] ?? '')
  const print = { width: 200, height: 260, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }
  expect(data).toMatchObject({ signatures: [{ name: first.name, fingermark: print }, {}, {}, {}] })
  expect(attached['data.json']).not.toContain('dots')
})
