import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { visibleText } from '@liuhen/ledger/visible-text'
import { indexPage } from '../apps/server/src/package-contents/index-page.ts'
import { sheetPage } from '../apps/server/src/package-contents/sheet-page.ts'
import type { Verdicts } from '../apps/server/src/package-contents/verdicts.ts'
import { PackagePlan } from '../apps/server/src/package/package-rows.ts'
import { csvOf } from '../apps/server/src/tables/table.ts'
import { xlsxOf } from '../apps/server/src/tables/xlsx.ts'
import { html } from '../apps/portal/src/html.ts'
import { INJECTIONS } from './fixtures/injection-corpus.ts'

/** Whoever leaves the house with our words gets them as they were typed, and no program takes them for its own. */
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
}

/** The text of markup as a reader shows it. Markup that is not well-formed here is an error. */
const textOf = (markup: string): string => {
  const text = markup.replaceAll(/<[^<>]*>/g, '')
  expect(text).not.toMatch(/[<>]|&(?!(?:amp|lt|gt|quot|apos|#39);)/)
  expect(markup).not.toMatch(/(?![\t\n\r])\p{Cc}|\p{Cs}/u)
  return text.replaceAll(/&(amp|lt|gt|quot|apos|#39);/g, (_, name: string) => ENTITIES[name] ?? '')
}
const hostileVerdicts = (text: string): Verdicts => ({
  at: '2026-03-05T10:00:00+08:00',
  daT70: {
    v: 1,
    standard: 'DA/T 70-2018',
    at: '2026-03-05T10:00:00+08:00',
    items: [{ code: text, name: text, group: 'security', result: 'failed', detail: text }],
  },
  witnesses: { named: 1, confirmed: [text] },
  isStamped: false,
  log: { origin: text, size: 1, root: text },
  streams: [{ name: text, streamId: 'c', head: 1, leafHash: 'x' }],
  events: 1,
  issued: 0,
  recordings: new Map([['r', { playback: { words: text, tone: 'bad' } }]]),
  hasSm3: false,
})

const part = (zip: Uint8Array, name: string): string => {
  const bytes = unzipSync(zip)[name]
  if (bytes === undefined) throw new Error(`no ${name}`)
  return strFromU8(bytes)
}

describe('hostile text', () => {
  it('is a text in every cell of a spreadsheet, whatever it begins with', () => {
    const table = { name: "[台账]*?/\\:'", head: INJECTIONS, rows: [INJECTIONS, ['x'.repeat(40_000)]] }
    const zip = xlsxOf([table, table])
    const sheet = part(zip, 'xl/worksheets/sheet1.xml')
    const cells = [...sheet.matchAll(/<c [^>]*t="inlineStr"><is><t [^>]*>(.*?)<\/t><\/is><\/c>/gs)]
    const texts = cells.map((found) => textOf(found[1] ?? ''))
    expect(texts.slice(0, 2 * INJECTIONS.length)).toEqual([...INJECTIONS, ...INJECTIONS].map(visibleText))
    expect(sheet).not.toMatch(/<f[ >]/)
    expect(texts.at(-1)).toHaveLength(32_767)
    const names = [...part(zip, 'xl/workbook.xml').matchAll(/<sheet name="([^"]*)"/g)].map((m) => m[1])
    expect(new Set(names).size).toBe(2)
    expect(xlsxOf([table, table])).toEqual(zip)
  })
  it('begins with an apostrophe in CSV where a spreadsheet would reckon', () => {
    const lines = csvOf({ head: ['甲'], rows: INJECTIONS.map((text) => [text]) })
    expect(lines).not.toMatch(/(?:^|,)"[=+\-@＝]/m)
    for (const text of INJECTIONS) expect(lines).toContain(visibleText(text).replaceAll('"', '""'))
  })
  it.each(INJECTIONS)('is a text on pages that leave the house: %s', (text) => {
    expect(textOf(html`<p title="${text}">${text}</p>`.html)).toBe(visibleText(text))
    const page = indexPage({
      plan: PackagePlan.parse({
        audience: 'whole',
        summary: {
          v: 1,
          caseId: 'c',
          caseNo: text,
          title: text,
          agency: { id: 'a', name: text },
          clock: 'real',
        },
        documents: [],
        recordings: [],
        streams: [],
      }),
      purpose: text,
      recipient: text,
      exportedAt: '2026-03-05T10:00:00+08:00',
      fingerprint: text,
      hasVerifyPage: true,
      events: [],
      verdicts: hostileVerdicts(text),
    })
    const bodyOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes).replace(/<style>.*?<\/style>/s, '')
    expect(textOf(bodyOf(page)).split(visibleText(text)).length).toBeGreaterThan(13)
    const sheet = sheetPage({
      sheet: {
        citation: { clause: 'c', cite: text, duty: text, layer: 'national' },
        wants: [{ label: text, said: [{ text, from: [text] }] }],
        about: [{ label: text, text }],
        checks: [],
        points: [{ at: '00:00:01', what: text }],
      },
      film: { name: '001.mp4', title: text, mime: 'video/mp4' },
      paper: { title: text, path: '../documents/001.pdf' },
      summary: { caseNo: text, title: text, agency: { name: text }, clock: 'real' },
      at: '2026-03-05T10:00:00+08:00',
    })
    expect(textOf(bodyOf(sheet)).split(visibleText(text)).length).toBeGreaterThan(12)
  })
})
