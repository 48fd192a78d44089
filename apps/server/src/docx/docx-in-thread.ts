import { Worker } from 'node:worker_threads'
import type { CopyOf } from './paper-docx.ts'

/** Reading a PDF takes some tenths of a second: on a thread of its own, so that everybody else is answered meanwhile. */
export const docxInThread = (copy: CopyOf): Promise<Uint8Array> =>
  new Promise((done, failed) => {
    const worker = new Worker(new URL('./docx-worker.ts', import.meta.url), { workerData: copy })
    worker.once('message', (bytes: Uint8Array) => done(bytes))
    worker.once('error', failed)
    worker.once('exit', (code) => failed(new Error(`copying ended with ${code}`)))
  })
