import { Worker } from 'node:worker_threads'
import type { Binding } from './combine-papers.ts'

/** Binding takes a second for some hundred pages: on a thread of its own, so that everybody else is answered meanwhile. */
export const combineInThread = (binding: Binding): Promise<Uint8Array> =>
  new Promise((done, failed) => {
    const worker = new Worker(new URL('./combine-worker.ts', import.meta.url), { workerData: binding })
    worker.once('message', (bytes: Uint8Array) => done(bytes))
    worker.once('error', failed)
    worker.once('exit', (code) => failed(new Error(`combining ended with ${code}`)))
  })
