import { z } from 'zod'
import type { Gathered } from './gather-events.ts'

const Checked = z.object({
  verdict: z.enum(['playable', 'broken', 'not-checked']),
  sm3: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
})
type Checked = z.infer<typeof Checked>

/** What the last check said of each recording in the package, by the recording's stream. */
const checksOf = (g: Gathered): readonly (readonly [string, Checked])[] =>
  g.streams.flatMap(({ streamId, events }) => {
    const checked = events.findLast((s) => s.event.type === 'RecordingChecked')
    const read = Checked.safeParse(checked?.event.data.internal)
    return read.success ? [[streamId, read.data] as const] : []
  })

export const playbackOf = (g: Gathered): ReadonlyMap<string, Checked['verdict']> =>
  new Map(checksOf(g).map(([id, { verdict }]) => [id, verdict]))

/** SM3 of whole recordings, taken when they were checked: their bytes were here, and so was the digest of SHA-256. */
export const sm3Of = (g: Gathered): ReadonlyMap<string, string> =>
  new Map(checksOf(g).flatMap(([id, { sm3 }]) => (sm3 === undefined ? [] : [[id, sm3] as const])))
