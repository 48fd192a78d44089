import { readdirSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium, type Page } from 'playwright-core'
import qrcode from 'qrcode'
import { printView } from '../apps/server/src/pdf/print-view.ts'
import type { RenderInput } from '../apps/server/src/pdf/render-input.ts'

/** The rival: a browser that prints the same words, in the same typeface and size, with the same picture and square. */
const fontUrl = (weight: string): string => {
  const require = createRequire(import.meta.url)
  const dir = join(dirname(require.resolve('@expo-google-fonts/noto-serif-sc/package.json')), weight)
  return pathToFileURL(join(dir, readdirSync(dir).find((name) => name.endsWith('.ttf')) ?? '')).href
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const STYLE = `
@font-face{font-family:Body;src:url(${fontUrl('400Regular')})}
@font-face{font-family:Head;src:url(${fontUrl('900Black')})}
@page{size:A4;margin:37mm 26mm 35mm 28mm}
body{font:16pt/28pt Body;margin:0}h1{font:22pt/30pt Head;text-align:center;margin:0}
p{margin:0;text-indent:2em;text-align:justify}.right{text-align:right}svg{height:23mm}.ink svg{height:11mm}`

const htmlOf = async (input: RenderInput): Promise<string> => {
  const view = printView(input, '', '')
  const words = Object.values(view.fields)
    .flatMap((field) => (field.kind === 'articles' ? field.articles.map((one) => one.cite) : [field.text]))
    .flatMap((text) => text.split('\n'))
    .map((line) => `<p>${escaped(line)}</p>`)
  const ink = view.signatures.flatMap((slot) =>
    slot.marks.map((mark) => `<p class="ink">${escaped(slot.label)}：${mark.ink}${mark.date}</p>`),
  )
  const square = await qrcode.toString(input.qr ?? '', { type: 'svg', errorCorrectionLevel: 'L', margin: 0 })
  return `<!doctype html><meta charset="utf-8"><style>${STYLE}</style><h1>${escaped(view.agency.name)}</h1>
<h1>${escaped(view.title)}</h1><p class="right">${escaped(view.number)}</p>${words.join('')}
<p class="right">${escaped(view.agency.name)}<br>${view.issuedOn}</p>${ink.join('')}<p class="right">${square}</p>`
}

const print = async (page: Page, file: string, input: RenderInput): Promise<Buffer> => {
  await writeFile(file, await htmlOf(input))
  await page.goto(pathToFileURL(file).href)
  await page.evaluate('document.fonts.ready')
  return page.pdf({ preferCSSPageSize: true, printBackground: true })
}

const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0

export async function printByChromium(inputs: readonly RenderInput[], twice: RenderInput) {
  const dir = await mkdtemp(join(tmpdir(), 'liuhen-print-'))
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage()
    const file = join(dir, 'paper.html')
    const first = await print(page, file, twice)
    const second = await print(page, file, twice)
    const began = performance.now()
    for (const input of inputs) await print(page, file, input)
    const seconds = (performance.now() - began) / 1000
    return {
      perSecond: Math.round((inputs.length / seconds) * 10) / 10,
      bytes: first.length,
      pages: pagesOf(first),
      isArchival: first.includes('pdfaid:part'),
      isSame: first.equals(second),
    }
  } finally {
    await browser.close()
    await rm(dir, { recursive: true })
  }
}
