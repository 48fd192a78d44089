import { z } from 'zod'
import { Reason } from './evaluation.ts'

export const Id = z.uuid({ message: '编号格式不对，请从列表中重新打开' })

/** Paging by opaque cursor, newest first unless a route says otherwise. */
export const Page = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export const paged = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().optional(), total: z.int().optional() })

/** RFC 9457 problem with our fields. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional(),
  reasons: z.array(Reason).default([]),
  /** Invalid input: where and what. */
  fields: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  requestId: z.string().optional(),
})
export type Problem = z.infer<typeof Problem>

/** The answer to a command: the stream's new version, and what was made. */
export const Done = z.object({
  version: z.int(),
  id: z.string().optional(),
})
