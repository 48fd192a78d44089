import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { hostileData } from '../../../../test/fixtures/injection-corpus.ts'
import { lawDir, loadDefinitions } from '../../../../test/fixtures/load-definitions.ts'
import { buildSamples } from '../../../../test/fixtures/sample-documents.ts'
import { sampleFingermark } from '../../../../test/fixtures/sample-fingermark.ts'
import { checkOfd } from '../../../../test/ofd/check-ofd.ts'
import { ALIKE, difference } from '../../../../test/ofd/compare-pages.ts'
import { readOfd } from '../../../../test/ofd/read-ofd.ts'
import { encodePng } from '../pdf/png.ts'
import { createRenderer, type Renderer } from '../pdf/render.ts'
import type { RenderInput } from '../pdf/render-input.ts'
import { signPdf } from '../seal/sign-pdf.ts'
import { ofdInThread } from './ofd-in-thread.ts'
import { paperOfd } from './paper-ofd.ts'

const folder = mkdtempSync(join(tmpdir(), 'liuhen-ofd-'))
const samples = buildSamples(loadDefinitions())
let renderer: Renderer
let mark: Uint8Array

beforeAll(async () => {
  renderer = createRenderer({ lawDir })
  mark = await renderer.drawCopyMark('行政处罚决定书 走街罚决〔2026〕3号')
})
afterAll(async () => {
  await renderer.close()
  await rm(folder, { recursive: true })
})

const sample = (id: string): RenderInput => {
  const found = samples.get(id)
  if (found === undefined) throw new Error(`no sample of ${id}`)
  return found
}
const copyOf = (pdf: Uint8Array): Promise<Uint8Array> =>
  paperOfd({
    pdf,
    mark,
    name: '行政处罚决定书',
    agency: '走马岭街道办事处',
    checkpoint: 'a.example\n7\nAAAA\n',
  })

const fileOf = (name: string, pdf: Uint8Array): string => {
  const file = join(folder, `${name}.pdf`)
  writeFileSync(file, pdf)
  return file
}

/** The worst page. */
const worst = async (ofd: Uint8Array, file: string): Promise<number> => {
  const read = readOfd(ofd)
  const found: number[] = []
  for (const page of read.pages.keys()) found.push(await difference(read, file, page))
  return Math.max(...found)
}

/** A picture with a hole that lets the paper through. */
const ring = (): Uint8Array => {
  const rows = Buffer.alloc(60 * 60 * 4)
  for (let i = 0; i < 3600; i += 1) {
    const far = Math.hypot((i % 60) - 30, Math.floor(i / 60) - 30)
    rows.set([200, 0, 20, far > 18 && far < 29 ? 255 : 0], i * 4)
  }
  return encodePng({ width: 60, height: 60, bits: 8, kind: 6, rowBytes: 240, rows })
}

async function sealed(pdf: Uint8Array, picture: Uint8Array): Promise<Uint8Array> {
  const widget = { page: 1, x: 300, y: 300, width: 119, height: 119, picture }
  const signing = { field: 'agency', name: '甲', reason: '制发', at: '2026-03-04T10:00:00+08:00', widget }
  return (await signPdf(pdf, signing, async () => new Uint8Array(8))).bytes
}

const decision = (): RenderInput => ({
  ...sample('penalty-decision'),
  qr: `liuhen.document.v1\n${'x'.repeat(300)}`,
})

const PAPERS: Readonly<Record<string, () => Promise<Uint8Array>>> = {
  'a decision with a square and a seal': async () =>
    sealed(
      (await renderer.render(decision())).bytes,
      await renderer.drawSeal({ name: '走马岭街道办事处', note: '演示' }),
    ),
  'an order with a seal that is a picture': async () =>
    sealed(
      (await renderer.render(sample('rectification-order'))).bytes,
      await renderer.drawSeal({ name: '甲', note: '', picture: { extension: 'png', bytes: ring() } }),
    ),
  'a record with hands and fingers': async () => {
    const input = sample('inquiry-record')
    const [one, ...rest] = input.signatures
    if (one === undefined) throw new Error('nobody signed')
    const strokes = [
      Array.from({ length: 40 }, (_, i) => ({ x: 20 + i * 4, y: 40 + 20 * Math.sin(i / 4), t: i * 16 })),
    ]
    const signed = { ...one, strokes, fingermark: sampleFingermark() }
    return (await renderer.render({ ...input, signatures: [signed, ...rest] })).bytes
  },
}

it.each(Object.keys(PAPERS))(
  '%s looks as the PDF does, holds its words and its file, and is the same each time',
  async (name) => {
    const pdf = await PAPERS[name]?.()
    if (pdf === undefined) throw new Error(name)
    const ofd = await copyOf(pdf)
    expect(await checkOfd(ofd, pdf)).toEqual([])
    expect(await worst(ofd, fileOf('paper', pdf))).toBeLessThan(ALIKE)
    expect(Buffer.compare(await copyOf(pdf), ofd)).toBe(0)
  },
)

it('holds what people typed to do harm as they typed it', async () => {
  const given = sample('inquiry-record')
  const input = { ...given, data: hostileData(given.definition, given.data) }
  const pdf = (await renderer.render(input)).bytes
  expect(await checkOfd(await copyOf(pdf), pdf, input)).toEqual([])
})

it('the checks see a line that is gone, a line that moved, another glyph, and a file that is not valid', async () => {
  const pdf = (await renderer.render(decision())).bytes
  const ofd = await copyOf(pdf)
  const file = fileOf('control', pdf)
  const altered = (how: (xml: string) => string): Uint8Array =>
    zipSync(
      Object.fromEntries(
        Object.entries(unzipSync(ofd)).map(([name, bytes]) => [
          name,
          name.endsWith('Page_0/Content.xml') ? strToU8(how(strFromU8(bytes))) : bytes,
        ]),
      ),
    )
  const gone = altered((xml) => xml.replace(/<ofd:TextObject ID="11".*?<\/ofd:TextObject>/, ''))
  const moved = altered((xml) => xml.replaceAll('<ofd:TextCode X="1.411"', '<ofd:TextCode X="1.811"'))
  const other = altered((xml) =>
    xml.replaceAll(/<ofd:Glyphs>(\d+)/g, (_, id) => `<ofd:Glyphs>${Number(id) + 1}`),
  )
  const wrong = altered((xml) =>
    xml.replace('<ofd:Area>', '<ofd:Aera>').replace('</ofd:Area>', '</ofd:Aera>'),
  )
  const seen = (one: Uint8Array): Promise<number> => difference(readOfd(one), file, 0)
  expect(await seen(ofd)).toBeLessThan(ALIKE)
  for (const one of [gone, moved, other]) expect(await seen(one)).toBeGreaterThan(ALIKE)
  expect((await checkOfd(gone, pdf, decision())).join()).toContain('is not in the OFD copy')
  expect((await checkOfd(wrong, pdf)).join()).toContain('Aera')
})

it('refuses by its name what it cannot show as it is', async () => {
  mkdirSync(join(folder, 'documents', 'shaded'), { recursive: true })
  const shaded =
    '#set document(date: datetime(year: 2026, month: 3, day: 4))\n#rect(fill: gradient.linear(red, blue))'
  writeFileSync(join(folder, 'documents', 'shaded', 'template.typ'), shaded)
  const other = createRenderer({ lawDir: folder })
  const { definition } = sample('inquiry-record')
  const { bytes } = await other.render({
    ...sample('inquiry-record'),
    definition: { ...definition, template: 'shaded' },
  })
  await other.close()
  expect(await ofdInThread({ pdf: bytes, mark, name: '甲', agency: '乙' })).toEqual({
    notCarriedOver: expect.stringMatching(/^(shadingFill|setFillColorN)/),
  })
})
