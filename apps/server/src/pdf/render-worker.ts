import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { z } from 'zod'
import type { SealPlace } from './render-input.ts'

/** One compiler per thread. The parent keeps the time; this side keeps the memory. */
const Setup = z.object({ templates: z.string(), fonts: z.array(z.string()) })
const Picture = z.object({ path: z.string().startsWith('/_pictures/'), bytes: z.instanceof(Uint8Array) })
const Job = z.object({
  id: z.int(),
  template: z.string(),
  data: z.string(),
  view: z.string(),
  pictures: z.array(Picture),
})

/** Positions are known when the pages are laid out, so the template gives them by a label. */
const SealPlaces = z.array(z.object({ page: z.int().min(1), x: z.number(), y: z.number() }))

export type RenderJob = z.infer<typeof Job>
export type RenderAnswer =
  | Readonly<{ id: number; ok: true; bytes: Uint8Array; pages: number; sealPlaces: readonly SealPlace[] }>
  | Readonly<{ id: number; ok: false; complaint: string }>

const setup = Setup.parse(workerData)
const compiler = NodeCompiler.create({ workspace: setup.templates, fontArgs: [{ fontPaths: setup.fonts }] })

function render(job: RenderJob): RenderAnswer {
  const refuse = (complaint: string): RenderAnswer => ({ id: job.id, ok: false, complaint })
  compiler.resetShadow()
  for (const { path, bytes } of job.pictures)
    compiler.mapShadow(join(setup.templates, path), Buffer.from(bytes))
  const result = compiler.compile({
    mainFilePath: join(setup.templates, job.template, 'template.typ'),
    inputs: { data: job.data, view: job.view },
  })
  const error = result.takeError()
  if (error) return refuse(JSON.stringify(compiler.fetchDiagnostics(error)))
  // An unknown font family is only a warning to the compiler, and would change how every page looks.
  const warning = result.takeWarnings()
  if (warning) return refuse(JSON.stringify(compiler.fetchDiagnostics(warning)))
  const compiled = result.result
  if (!compiled) return refuse('no document')
  try {
    const bytes = compiler.pdf(compiled, { pdfStandard: 'a-3b' })
    const found: unknown = compiler.query(compiled, { selector: '<seal-place>', field: 'value' })
    const sealPlaces = SealPlaces.parse(found)
    return { id: job.id, ok: true, bytes: new Uint8Array(bytes), pages: compiled.numOfPages, sealPlaces }
  } catch (thrown) {
    return refuse(thrown instanceof Error ? thrown.message : String(thrown))
  }
}

parentPort?.on('message', (message: unknown) => {
  const answer = render(Job.parse(message))
  // The copy belongs to this thread alone, so it is handed over instead of copied again.
  parentPort?.postMessage(answer, answer.ok ? [answer.bytes.buffer as ArrayBuffer] : [])
  // Native memory is freed by finalizers, which run when the thread returns to its event loop: one message a turn.
  compiler.evictCache(10)
})
