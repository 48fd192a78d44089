import { Worker } from 'node:worker_threads'
import type { CopyOf } from './paper-docx.ts'

/** Copies that are made at once; whoever comes later waits for a turn. */
const AT_ONCE = 2
const TIME_LIMIT_MS = 20_000

const once = (copy: CopyOf, timeLimitMs: number): Promise<Uint8Array> =>
  new Promise<Uint8Array>((done, failed) => {
    const worker = new Worker(new URL('./docx-worker.ts', import.meta.url), { workerData: copy })
    const timer = setTimeout(() => {
      failed(new Error(`copying ${copy.name} took longer than ${timeLimitMs} ms`))
      void worker.terminate()
    }, timeLimitMs)
    worker.once('message', (bytes: Uint8Array) => done(bytes))
    worker.once('error', failed)
    worker.once('exit', (code) => {
      clearTimeout(timer)
      failed(new Error(`copying ended with ${code}`))
    })
  })

let running = 0
const waiting: (() => void)[] = []

/**
 * Reading a PDF takes some tenths of a second: on a thread of its own, so that everybody else is answered meanwhile; few at
 * once, and none for longer than the limit.
 */
export const docxInThread = async (copy: CopyOf, timeLimitMs = TIME_LIMIT_MS): Promise<Uint8Array> => {
  if (running >= AT_ONCE) await new Promise<void>((go) => waiting.push(go))
  else running += 1
  try {
    return await once(copy, timeLimitMs)
  } finally {
    // The turn goes to the next, or is given back.
    const next = waiting.shift()
    if (next === undefined) running -= 1
    else next()
  }
}
