import { civilDateOf } from '@liuhen/law/civil-date'
import type { Derivative } from './state.ts'

/** What is burned into a copy that leaves: that it is none of the originals, for whom it is, and from where. */
export const markLines = (
  d: Derivative,
  from: Readonly<{ name: string; caseNo?: string | undefined }>,
): readonly string[] | undefined => {
  const { spec } = d
  const isMarked = spec.kind === 'watermark' || (spec.kind === 'redaction' && spec.marked)
  if (!isMarked) return undefined
  const day = civilDateOf(d.requested.at)
  return [
    `副本（非原件） ${d.number}`,
    [`供 ${d.recipient ?? ''} 使用`, from.name, from.caseNo, day].filter((x) => x !== undefined).join('  '),
  ]
}
