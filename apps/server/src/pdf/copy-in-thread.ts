import { Worker } from 'node:worker_threads'

/** Copies that are made at once; whoever comes later waits for a turn. */
const AT_ONCE = 2
const TIME_LIMIT_MS = 20_000

type Job = Readonly<{
  /** The module that makes the copy and posts one message. */
  worker: URL
  copy: Readonly<{ name: string }>
  timeLimitMs?: number | undefined
}>

const once = ({ worker: module, copy, timeLimitMs = TIME_LIMIT_MS }: Job): Promise<unknown> =>
  new Promise((done, failed) => {
    const worker = new Worker(module, { workerData: copy })
    const timer = setTimeout(() => {
      failed(new Error(`copying ${copy.name} took longer than ${timeLimitMs} ms`))
      void worker.terminate()
    }, timeLimitMs)
    worker.once('message', done)
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
 * once, and none for longer than the limit. Resolves with what the thread posted.
 */
export const copyInThread = async (job: Job): Promise<unknown> => {
  if (running >= AT_ONCE) await new Promise<void>((go) => waiting.push(go))
  else running += 1
  try {
    return await once(job)
  } finally {
    // The turn goes to the next, or is given back.
    const next = waiting.shift()
    if (next === undefined) running -= 1
    else next()
  }
}
