import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { paperDocx } from './paper-docx.ts'

const Copy = z.object({ pdf: z.instanceof(Uint8Array), name: z.string(), agency: z.string() })

const bytes = await paperDocx(Copy.parse(workerData))
parentPort?.postMessage(bytes, [bytes.buffer as ArrayBuffer])
