import { z } from 'zod'
import { copyInThread } from '../pdf/copy-in-thread.ts'
import type { OfdOf } from './paper-ofd.ts'

const worker = new URL('./ofd-worker.ts', import.meta.url)

const Made = z.union([z.instanceof(Uint8Array), z.object({ notCarriedOver: z.string() })])
/** The copy, or by its name in PDF what the paper has that the copy could not show. */
export type Made = z.infer<typeof Made>

export const ofdInThread = async (copy: OfdOf): Promise<Made> =>
  Made.parse(await copyInThread({ worker, copy }))
