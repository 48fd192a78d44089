import { z } from 'zod'
import { copyInThread } from '../pdf/copy-in-thread.ts'
import type { CopyOf } from './paper-docx.ts'

const worker = new URL('./docx-worker.ts', import.meta.url)

export const docxInThread = async (copy: CopyOf, timeLimitMs?: number): Promise<Uint8Array> =>
  z.instanceof(Uint8Array).parse(await copyInThread({ worker, copy, timeLimitMs }))
