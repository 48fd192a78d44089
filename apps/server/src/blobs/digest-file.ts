import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'

export const FileDigest = z.object({
  sha256: z.string(),
  sm3: z.string().optional(),
  sizeBytes: z.int(),
  /** base64 */
  chunkRoot: z.string(),
})
export type FileDigest = z.infer<typeof FileDigest>

const Answer = z.union([
  z.object({ digest: FileDigest }),
  z.object({ error: z.object({ message: z.string(), code: z.string().optional() }) }),
])

export type DigestOptions = Readonly<{
  sm3?: boolean
  /**
   * SHA-256 of each chunk in hex, in order, where they are known: the chunks are then not hashed again. The root holds
   * only if the whole digest is found to be the expected one.
   */
  chunks?: readonly string[]
}>

export type Digester = Readonly<{
  /** Reads the whole file back from the disk or its cache. SM3 takes about five times as long as SHA-256. */
  digest: (path: string, options?: DigestOptions) => Promise<FileDigest>
  close: () => Promise<void>
}>

type Job = Readonly<{
  path: string
  withSm3: boolean
  chunks: readonly string[] | undefined
  resolve: (d: FileDigest) => void
  reject: (e: Error) => void
}>
type Slot = { worker: Worker; job?: Job }

const settleJob = (job: Job, message: unknown): void => {
  const answer = Answer.parse(message)
  if ('digest' in answer) job.resolve(answer.digest)
  else job.reject(Object.assign(new Error(answer.error.message), answer.error))
}

/** Hashing runs in its own threads, one a core, started at once, so that requests are answered meanwhile. */
export const startDigester = (threads = availableParallelism()): Digester => {
  const waiting: Job[] = []
  const slots: Slot[] = []

  const give = (slot: Slot, job: Job): void => {
    slot.job = job
    slot.worker.ref()
    slot.worker.postMessage({ path: job.path, withSm3: job.withSm3, chunks: job.chunks })
  }
  const next = (slot: Slot): void => {
    delete slot.job
    const job = waiting.shift()
    if (job) give(slot, job)
    else slot.worker.unref()
  }
  const open = (): Slot => {
    const slot: Slot = { worker: new Worker(new URL('./digest-worker.ts', import.meta.url)) }
    slot.worker.unref()
    slots.push(slot)
    slot.worker.on('message', (message: unknown) => {
      if (slot.job) settleJob(slot.job, message)
      next(slot)
    })
    // A thread that dies is not used again; the job that killed it is not tried again.
    slot.worker.on('error', (e) => {
      slots.splice(slots.indexOf(slot), 1)
      slot.job?.reject(e instanceof Error ? e : new Error(String(e)))
      const job = waiting.shift()
      if (job) give(open(), job)
    })
    return slot
  }

  for (let i = 0; i < threads; i += 1) open()

  return {
    digest: (path, options) =>
      new Promise((resolve, reject) => {
        const job = { path, withSm3: options?.sm3 ?? false, chunks: options?.chunks, resolve, reject }
        const slot = slots.find((s) => s.job === undefined) ?? (slots.length < threads ? open() : undefined)
        if (slot) give(slot, job)
        else waiting.push(job)
      }),
    close: async () => {
      await Promise.all(slots.map((s) => s.worker.terminate()))
    },
  }
}
