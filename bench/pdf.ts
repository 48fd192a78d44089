import { join } from 'node:path'
import { createRenderer } from '../apps/server/src/pdf/render.ts'
import type { RenderInput } from '../apps/server/src/pdf/render-input.ts'
import { loadDefinitions } from '../test/fixtures/load-definitions.ts'
import { buildSamples } from '../test/fixtures/sample-documents.ts'
import type { BenchResult } from './bench.ts'

const DOCUMENTS = 120

/** Each document differs, as real ones do: the same bytes again would only measure the compiler's memory. */
const varied = (input: RenderInput, n: number): RenderInput => ({
  ...input,
  number: `走街罚告〔2026〕${n}号`,
  data: { ...input.data, facts: `第${n}件。${String(input.data['facts'])}` },
})

async function rate(workers: number, input: RenderInput): Promise<{ perSecond: number; pages: number }> {
  const renderer = createRenderer({ lawDir: join(import.meta.dirname, '..', 'law'), workers })
  await Promise.all(Array.from({ length: workers * 4 }, (_, i) => renderer.render(varied(input, i))))
  const began = performance.now()
  const made = await Promise.all(
    Array.from({ length: DOCUMENTS }, (_, i) => renderer.render(varied(input, 1000 + i))),
  )
  const seconds = (performance.now() - began) / 1000
  await renderer.close()
  return { perSecond: Math.round((DOCUMENTS / seconds) * 10) / 10, pages: made[0]?.pages ?? 0 }
}

/** Documents a second of a two-page notice with a signature, a square and attached data; warm; one and two workers. */
export async function run(): Promise<BenchResult> {
  const input = buildSamples(loadDefinitions()).get('penalty-advance-notice')
  if (!input) throw new Error('no sample')
  const one = await rate(1, input)
  const two = await rate(2, input)
  return {
    name: 'pdf',
    figures: {
      pages: one.pages,
      documents: DOCUMENTS,
      'documents/s, 1 worker': one.perSecond,
      'documents/s, 2 workers': two.perSecond,
      'resident memory, MB': Math.round(process.memoryUsage().rss / 1_048_576),
    },
  }
}
