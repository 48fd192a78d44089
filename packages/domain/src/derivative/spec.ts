import { z } from 'zod'

const Seconds = z
  .number()
  .min(0)
  .max(7 * 24 * 3600)
const inOrder = (r: Readonly<{ from: number; to: number }>): boolean => r.to > r.from
const ORDER = { error: '时段的结束须晚于开始。' }

/** Seconds of the original, from one to the other. */
export const Span = z.object({ from: Seconds, to: Seconds }).refine(inOrder, ORDER)
export type Span = z.infer<typeof Span>

const Share = z.number().min(0).max(1)
/** A place in the picture as it is shown, in shares of its width and height. */
export const Box = z
  .object({ x: Share, y: Share, w: Share, h: Share })
  .refine((b) => b.w > 0 && b.h > 0 && b.x + b.w <= 1.0001 && b.y + b.h <= 1.0001, {
    error: '遮蔽区域须在画面以内。',
  })
export type Box = z.infer<typeof Box>

/** Covered from one second to another. Between two key frames the place moves evenly; before and after, it stands. */
export const Area = z
  .object({
    from: Seconds,
    to: Seconds,
    frames: z
      .array(z.object({ at: Seconds, box: Box }))
      .min(1)
      .max(500),
  })
  .refine(inOrder, ORDER)
  .refine((a) => a.frames.every((f, i) => i === 0 || f.at > (a.frames[i - 1]?.at ?? 0)), {
    error: '关键帧须按时间先后排列。',
  })
export type Area = z.infer<typeof Area>

/** black cannot be undone by anybody; the others leave colours and movement. */
export const COVER_STYLES = ['black', 'pixelate', 'blur'] as const
export const KINDS = ['clip', 'redaction', 'watermark'] as const
export type Kind = (typeof KINDS)[number]

export const Spec = z.discriminatedUnion('kind', [
  /** Not exact: the encoded pictures as they are, from the key frame before; can be proven part of the original. */
  z.object({ kind: z.literal('clip'), range: Span, exact: z.boolean() }),
  z.object({
    kind: z.literal('redaction'),
    range: Span.optional(),
    style: z.enum(COVER_STYLES),
    areas: z.array(Area).max(100),
    mutes: z.array(Span).max(500),
    /** Also burn in for whom it is. */
    marked: z.boolean(),
  }),
  z.object({ kind: z.literal('watermark'), range: Span.optional() }),
])
export type Spec = z.infer<typeof Spec>

/** For what a copy is made. */
export const PURPOSES = ['evidence', 'party', 'organ', 'disclosure', 'other'] as const
export const Purpose = z.enum(PURPOSES)
export type Purpose = z.infer<typeof Purpose>

const between = (a: number, b: number, share: number): number => a + (b - a) * share
const blend = (a: Box, b: Box, share: number): Box => ({
  x: between(a.x, b.x, share),
  y: between(a.y, b.y, share),
  w: between(a.w, b.w, share),
  h: between(a.h, b.h, share),
})

/** Where the area lies at a second; absent while it covers nothing. */
export const boxAt = (area: Area, at: number): Box | undefined => {
  if (at < area.from || at > area.to) return undefined
  const after = area.frames.findIndex((f) => f.at >= at)
  const next = area.frames[after]
  const before = area.frames[after === -1 ? area.frames.length - 1 : after - 1]
  if (before === undefined || next === undefined) return (before ?? next)?.box
  return blend(before.box, next.box, (at - before.at) / (next.at - before.at))
}

const around = (a: Box, b: Box): Box => {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)]
  return { x, y, w: Math.max(a.x + a.w, b.x + b.w) - x, h: Math.max(a.y + a.h, b.y + b.h) - y }
}

/** Everything that the area touches between two moments: a frame that is shown in between is covered whole. */
export const sweptBox = (area: Area, from: number, to: number): Box | undefined => {
  const [start, end] = [Math.max(from, area.from), Math.min(to, area.to)]
  if (start > end) return undefined
  const moments = [start, ...area.frames.map((f) => f.at).filter((at) => at > start && at < end), end]
  return moments
    .flatMap((at) => boxAt(area, at) ?? [])
    .reduce<Box | undefined>((all, box) => (all === undefined ? box : around(all, box)), undefined)
}
