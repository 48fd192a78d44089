import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { combinePapers } from './combine-papers.ts'

const Paper = z.object({ title: z.string(), bytes: z.instanceof(Uint8Array), pageFrom: z.int().optional() })
const Bound = z.object({
  title: z.string(),
  author: z.string(),
  at: z.date(),
  volumes: z.array(z.object({ title: z.string(), papers: z.array(Paper), mark: z.string().optional() })),
})

const { volumes, ...rest } = Bound.parse(workerData)
const bytes = await combinePapers({
  ...rest,
  volumes: volumes.map(({ title, papers, mark }) => ({
    title,
    ...(mark === undefined ? {} : { mark }),
    papers: papers.map(({ pageFrom, ...paper }) => (pageFrom === undefined ? paper : { ...paper, pageFrom })),
  })),
})
parentPort?.postMessage(bytes, [bytes.buffer as ArrayBuffer])
