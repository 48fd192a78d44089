import { z } from 'zod'

const Bare = z.object({ type: z.string(), data: z.object({ internal: z.undefined().optional() }) })

/** An event of one of these types that has no internal part any more reads as `ContentGone`; every other as it is. */
export const goneOr = (event: unknown, types: ReadonlySet<string>): unknown => {
  const bare = Bare.safeParse(event)
  if (!bare.success || !types.has(bare.data.type) || typeof event !== 'object') return event
  return { ...event, type: 'ContentGone', data: {} }
}
