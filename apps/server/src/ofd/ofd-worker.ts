import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { present } from '@liuhen/domain/present'
import { NotCarriedOver } from './page-object.ts'
import { paperOfd } from './paper-ofd.ts'

const Copy = z.object({
  pdf: z.instanceof(Uint8Array),
  mark: z.instanceof(Uint8Array),
  name: z.string(),
  agency: z.string(),
  checkpoint: z.string().optional(),
})

try {
  const bytes = await paperOfd(present(Copy.parse(workerData)))
  parentPort?.postMessage(bytes, [bytes.buffer as ArrayBuffer])
} catch (error) {
  if (!(error instanceof NotCarriedOver)) throw error
  parentPort?.postMessage({ notCarriedOver: error.message })
}
