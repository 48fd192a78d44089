import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { canonicalJson } from '@liuhen/ledger/canonical'
import qrcode from 'qrcode'
import { COPY_MARK } from './copy-mark.ts'
import { BODY_FAMILY, fontDirectories, fontRecord, type LicensedFonts } from './fonts.ts'
import { attachedData, picturePath, printView } from './print-view.ts'
import { fingermarkPath, fingermarkPng } from './fingermark.ts'
import { explain, RenderError } from './render-error.ts'
import type { LabelSheet, Rendered, RenderInput, SealLook, SealPlace } from './render-input.ts'
import type { RenderAnswer, RenderJob } from './render-worker.ts'

export type Renderer = Readonly<{
  render: (input: RenderInput) => Promise<Rendered>
  /** A seal as a PDF of one page as large as the seal. */
  drawSeal: (look: SealLook) => Promise<Uint8Array>
  /** Labels for the things of a list, ten on a page. */
  drawLabels: (sheet: LabelSheet) => Promise<Uint8Array>
  /** A page with nothing but the words at its head that say what a copy is. */
  drawCopyMark: (name: string) => Promise<Uint8Array>
  close: () => Promise<void>
}>

export type RendererOptions = Readonly<{
  /** The folder `law/`; templates are read from its `documents/`, and nothing outside that can be read by a template. */
  lawDir: string
  licensedFonts?: LicensedFonts
  workers?: number
  /** A document that takes longer is given up and its thread replaced. */
  timeLimitMs?: number
}>

type Made = Readonly<{ bytes: Uint8Array; pages: number; sealPlaces: readonly SealPlace[] }>

type Waiting = Readonly<{
  job: RenderJob
  done: (answer: Made) => void
  failed: (error: Error) => void
}>

/** Threads are replaced after so many documents, so that no slow leak of native memory can matter. */
const DOCUMENTS_PER_WORKER = 1000

const SEAL_TEMPLATE = join('_shared', 'seal')
const LABELS_TEMPLATE = join('_shared', 'labels')
const COPY_TEMPLATE = join('_shared', 'copy')

/** Makes archival papers (PDF/A-3b with the data attached). Equal input gives equal bytes. */
export function createRenderer(options: RendererOptions): Renderer {
  const pool = createPool(options)
  const fonts = fontRecord(options.licensedFonts)
  const family = options.licensedFonts?.family ?? BODY_FAMILY
  let count = 0
  return {
    close: () => pool.close(),
    async render(given) {
      const input = withSquare(given)
      const dataJson = canonicalJson(attachedData(input, fonts))
      const square = input.qr === undefined ? '' : await qrSvg(input.qr)
      const view = JSON.stringify(printView(input, square, family))
      count += 1
      const photos = [...(input.pictures?.values() ?? [])].map((p) => ({
        path: picturePath(p),
        bytes: new Uint8Array(p.bytes),
      }))
      const prints = input.signatures.flatMap(({ fingermark: print }) =>
        print === undefined
          ? []
          : [{ path: fingermarkPath(print), bytes: new Uint8Array(fingermarkPng(print)) }],
      )
      const pictures = [...photos, ...prints]
      const template = input.definition.template ?? input.definition.id
      const { bytes, pages, sealPlaces } = await pool.run({
        id: count,
        template,
        data: dataJson,
        view,
        pictures,
      })
      return { bytes, pages, sealPlaces, dataJson }
    },
    async drawLabels(sheet) {
      count += 1
      const rows = sheet.rows.map(async (row) => ({ ...row, square: await qrSvg(row.square, 'M') }))
      const view = JSON.stringify({ ...sheet, rows: await Promise.all(rows) })
      return (await pool.run({ id: count, template: LABELS_TEMPLATE, data: '', view, pictures: [] })).bytes
    },
    async drawCopyMark(name) {
      count += 1
      const view = JSON.stringify({ name, mark: COPY_MARK })
      return (await pool.run({ id: count, template: COPY_TEMPLATE, data: '', view, pictures: [] })).bytes
    },
    async drawSeal({ name, note, picture }) {
      count += 1
      const path = picture === undefined ? '' : `/_pictures/seal.${picture.extension}`
      const pictures = picture === undefined ? [] : [{ path, bytes: new Uint8Array(picture.bytes) }]
      const view = JSON.stringify({ name, note, picture: path })
      return (await pool.run({ id: count, template: SEAL_TEMPLATE, data: '', view, pictures })).bytes
    },
  }
}

/** Only a served paper that is issued leaves the house and is checked by its square. */
function withSquare(input: RenderInput): RenderInput {
  if (input.definition.served && input.issuedOn !== undefined) return input
  const { qr: _, ...without } = input
  return without
}

/** What hangs on a thing is soiled and scratched, so its square bears more damage (`M`). */
const qrSvg = (text: string, level: 'L' | 'M' = 'L'): Promise<string> =>
  qrcode.toString(text, { type: 'svg', errorCorrectionLevel: level, margin: 0 })

function createPool(options: RendererOptions) {
  const { workers = 1, timeLimitMs = 20_000 } = options
  const queue: Waiting[] = []
  const lanes = Array.from({ length: workers }, () => createLane(options, timeLimitMs, queue))
  let closed = false
  return {
    run(job: RenderJob): Promise<Made> {
      if (closed) return Promise.reject(new RenderError('closed', '文书生成服务已停止，请稍后重试'))
      return new Promise((done, failed) => {
        queue.push({ job, done, failed })
        for (const lane of lanes) lane.wake()
      })
    },
    async close() {
      closed = true
      for (const waiting of queue.splice(0))
        waiting.failed(new RenderError('closed', '文书生成服务正在停止，请稍后重试'))
      await Promise.all(lanes.map((lane) => lane.close()))
    },
  }
}

/** One thread and the document that it is working on; takes the next from the queue when it is free. */
function createLane(options: RendererOptions, timeLimitMs: number, queue: Waiting[]) {
  let worker: Worker | undefined
  let current: Readonly<{ waiting: Waiting; timer: NodeJS.Timeout }> | undefined
  let made = 0

  const start = (): Worker => {
    const fresh = new Worker(new URL('./render-worker.ts', import.meta.url), {
      workerData: {
        templates: join(options.lawDir, 'documents'),
        fonts: fontDirectories(options.licensedFonts),
      },
    })
    fresh.unref()
    fresh.on('message', (answer: RenderAnswer) => settle(answer))
    fresh.on('error', (error) =>
      drop(fresh, new RenderError('template', '文书生成进程出错，请重试', String(error))),
    )
    made = 0
    return fresh
  }

  const release = (): Waiting | undefined => {
    const waiting = current?.waiting
    if (current) clearTimeout(current.timer)
    current = undefined
    worker?.unref()
    return waiting
  }

  const settle = (answer: RenderAnswer): void => {
    if (current?.waiting.job.id !== answer.id) return
    const waiting = release()
    if (answer.ok) waiting?.done(answer)
    else waiting?.failed(explain(answer.complaint))
    made += 1
    if (made >= DOCUMENTS_PER_WORKER) {
      void worker?.terminate()
      worker = undefined
    }
    wake()
  }

  const drop = (which: Worker | undefined, error: RenderError): void => {
    if (which !== worker) return
    void worker?.terminate()
    worker = undefined
    release()?.failed(error)
    wake()
  }

  const wake = (): void => {
    if (current) return
    const waiting = queue.shift()
    if (!waiting) return
    worker ??= start()
    const mine = worker
    const timer = setTimeout(
      () => drop(mine, new RenderError('timeout', '文书生成超时，请缩短内容或分成几份后重试')),
      timeLimitMs,
    )
    current = { waiting, timer }
    worker.ref()
    worker.postMessage(waiting.job)
  }

  const close = async (): Promise<void> => {
    release()?.failed(new RenderError('closed', '文书生成服务正在停止，请稍后重试'))
    const last = worker
    worker = undefined
    await last?.terminate()
  }
  return { wake, close }
}
