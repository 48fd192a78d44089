import { loadavg } from 'node:os'
import { join } from 'node:path'
import { combinePapers, type BoundPaper } from '../apps/server/src/pdf/combine-papers.ts'
import { createRenderer } from '../apps/server/src/pdf/render.ts'
import type { Rendered, RenderInput } from '../apps/server/src/pdf/render-input.ts'
import { loadDefinitions } from '../test/fixtures/load-definitions.ts'
import { buildSamples } from '../test/fixtures/sample-documents.ts'
import type { BenchResult } from './bench.ts'
import { printByChromium } from './pdf-chromium.ts'

/**
 * Papers a second of a two-page notice with a signature, a square and attached data, warm, by one thread, beside headless
 * Chromium that prints the same page; and the seconds in which the papers of a case of 200 pages become one file.
 */
const DOCUMENTS = 120
const PRINTED = 24
const FILE_PAGES = 200

/** Each document differs, as real ones do: the same bytes again would only measure the compiler's memory. */
const varied = (input: RenderInput, n: number): RenderInput => ({
  ...input,
  number: `走街罚告〔2026〕${n}号`,
  data: { ...input.data, facts: `第${n}件。${String(input.data['facts'])}` },
})

const rounded = (n: number): number => Math.round(n * 10) / 10
const lawDir = join(import.meta.dirname, '..', 'law')

/** By the clock, and by the processor's time, which other work on the machine does not make worse. */
async function rate(workers: number, input: RenderInput) {
  const renderer = createRenderer({ lawDir, workers })
  await Promise.all(Array.from({ length: workers * 4 }, (_, i) => renderer.render(varied(input, i))))
  const [began, used] = [performance.now(), process.cpuUsage()]
  const made = await Promise.all(
    Array.from({ length: DOCUMENTS }, (_, i) => renderer.render(varied(input, 1000 + i))),
  )
  const seconds = (performance.now() - began) / 1000
  const { user, system } = process.cpuUsage(used)
  await renderer.close()
  return {
    perSecond: rounded(DOCUMENTS / seconds),
    perProcessorSecond: rounded(DOCUMENTS / ((user + system) / 1e6)),
    made: made[0],
  }
}

/** Papers of every kind, as issued, until there are enough pages. */
async function papersOf(pages: number): Promise<readonly BoundPaper[]> {
  const renderer = createRenderer({ lawDir })
  const samples = [...buildSamples(loadDefinitions()).values()]
  const papers: BoundPaper[] = []
  let total = 0
  for (let i = 0; total < pages; i += 1) {
    const input = samples[i % samples.length]
    if (input === undefined) throw new Error('no sample')
    const made: Rendered = await renderer.render(input)
    papers.push({ title: `${i + 1} ${input.definition.name}`, bytes: made.bytes, pageFrom: total + 1 })
    total += made.pages
  }
  await renderer.close()
  return papers
}

async function secondsToCombine(papers: readonly BoundPaper[]): Promise<number> {
  const binding = { title: '案卷', author: '机关', at: new Date(0), volumes: [{ title: '正卷', papers }] }
  const began = performance.now()
  await combinePapers(binding)
  return Math.round((performance.now() - began) / 10) / 100
}

const isArchival = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes).includes('<pdfaid:part>3</pdfaid:part>') && Buffer.from(bytes).includes('/GTS_PDFA1')

export async function run(): Promise<BenchResult> {
  const [load = 0] = loadavg()
  const input = buildSamples(loadDefinitions()).get('penalty-advance-notice')
  if (!input) throw new Error('no sample')
  const one = await rate(1, input)
  const two = await rate(2, input)
  const chromium = await printByChromium(
    Array.from({ length: PRINTED }, (_, i) => varied(input, i)),
    varied(input, PRINTED),
  )
  const file = await secondsToCombine(await papersOf(FILE_PAGES))
  const ratio = rounded(one.perSecond / chromium.perSecond)
  return {
    name: 'pdf',
    figures: {
      pages: one.made?.pages ?? 0,
      documents: DOCUMENTS,
      'documents/s, 1 worker': one.perSecond,
      'documents/s of processor time': one.perProcessorSecond,
      'documents/s, 2 workers': two.perSecond,
      'bytes each': one.made?.bytes.length ?? 0,
      'PDF/A-3b': String(isArchival(one.made?.bytes ?? new Uint8Array())),
      'Chromium documents/s': chromium.perSecond,
      'Chromium pages': chromium.pages,
      'Chromium bytes each': chromium.bytes,
      'Chromium PDF/A': String(chromium.isArchival),
      'Chromium prints the same bytes twice': String(chromium.isSame),
      'times as fast as Chromium': ratio,
      'seconds for a case file of 200 pages': file,
      'resident memory, MB': Math.round(process.memoryUsage().rss / 1_048_576),
      loadBefore: rounded(load),
    },
    targets: [
      { what: 'two-page documents/s of one core', value: one.perProcessorSecond, atLeast: 20 },
      { what: 'times as fast as Chromium', value: ratio, atLeast: 1 },
      { what: 'seconds for a case file of 200 pages', value: file, atMost: 2 },
    ],
  }
}
