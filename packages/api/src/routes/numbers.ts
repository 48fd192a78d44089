import { z } from 'zod'
import { DrawBooklet, NUMBER_READERS, ReturnBooklet, VoidBlank } from '@liuhen/domain/booklet/booklet'
import { Instant } from '@liuhen/law/fact'
import { defineRoute } from '../route.ts'
import { Permission } from '../schema/evaluation.ts'
import { Done, Id } from '../schema/page.ts'

export const NUMBER_STATES = [
  'used',
  'voided',
  'corrected',
  'open',
  'blank-voided',
  'returned',
  'lead',
] as const

export const NumberRow = z.object({
  number: z.string(),
  word: z.string(),
  year: z.int(),
  seq: z.int(),
  state: z.enum(NUMBER_STATES),
  stateName: z.string(),
  /** The paper that bears it, or that it was printed for. */
  name: z.string().optional(),
  documentId: z.string().optional(),
  caseId: z.string().optional(),
  caseNo: z.string().optional(),
  /** The case may be opened by the one who asks. */
  readable: z.boolean(),
  /** Why it was voided or came back. */
  reason: z.string().optional(),
  holder: z.string().optional(),
  at: Instant,
})
export type NumberRow = z.infer<typeof NumberRow>

const Series = z.object({ word: z.string(), year: z.int(), last: z.int(), missing: z.array(z.int()) })
const query = z.object({
  word: z.string().max(20).optional(),
  year: z.coerce.number().int().optional(),
  state: z.enum(NUMBER_STATES).optional(),
})
/** 文号登记簿: every number of the agency, what bears it, and what became of it; numbers that nothing accounts for. */
export const listNumbers = defineRoute({
  id: 'listNumbers',
  method: 'GET',
  path: '/numbers',
  title: '文号登记簿',
  tag: '文书',
  access: NUMBER_READERS,
  query,
  response: z.object({ items: z.array(NumberRow), series: z.array(Series), cut: z.boolean() }),
})
export const numbersCsv = defineRoute({
  id: 'numbersCsv',
  method: 'GET',
  path: '/numbers.csv',
  title: '导出文号登记簿',
  tag: '文书',
  access: NUMBER_READERS,
  query,
  bytes: 'text/csv',
  refusals: [],
})

const Blank = z.object({
  seq: z.int(),
  number: z.string(),
  state: z.enum(['open', 'used', 'voided', 'returned']),
  why: z.string().optional(),
  note: z.string().optional(),
})
export const BookletView = z.object({
  id: z.string(),
  type: z.string(),
  name: z.string(),
  year: z.int(),
  first: z.string(),
  last: z.string(),
  holderId: z.string(),
  holder: z.string(),
  drawnBy: z.string(),
  drawnAt: Instant,
  returned: z.object({ at: Instant, by: z.string(), reason: z.string() }).optional(),
  counts: z.object({ open: z.int(), used: z.int(), voided: z.int(), returned: z.int() }),
  blanks: z.array(Blank),
  can: Permission,
})
export type BookletView = z.infer<typeof BookletView>

export const listBooklets = defineRoute({
  id: 'listBooklets',
  method: 'GET',
  path: '/booklets',
  title: '预编号文书',
  tag: '文书',
  access: NUMBER_READERS,
  response: z.object({
    items: z.array(BookletView),
    /** Papers that are drawn as numbered blanks. */
    forms: z.array(z.object({ type: z.string(), name: z.string(), word: z.string() })),
  }),
})
const HOLDERS = ['officer', 'unit-head', 'deputy-head', 'agency-head'] as const
const writes = [
  'not-found',
  'not-permitted',
  'wrong-state',
  'duplicate',
  'incomplete',
  'stale-version',
] as const
export const drawBooklet = defineRoute({
  id: 'drawBooklet',
  method: 'POST',
  path: '/booklets',
  title: '领用预编号文书',
  tag: '文书',
  access: HOLDERS,
  command: true,
  body: DrawBooklet,
  response: Done,
  refusals: writes,
})
export const voidBlank = defineRoute({
  id: 'voidBlank',
  method: 'POST',
  path: '/booklets/:id/blanks/:seq/void',
  title: '作废空白文书',
  tag: '文书',
  access: HOLDERS,
  command: true,
  params: z.object({ id: Id, seq: z.coerce.number().int() }),
  body: VoidBlank,
  response: Done,
  refusals: writes,
})
export const returnBooklet = defineRoute({
  id: 'returnBooklet',
  method: 'POST',
  path: '/booklets/:id/return',
  title: '交回预编号文书',
  tag: '文书',
  access: HOLDERS,
  command: true,
  params: z.object({ id: Id }),
  body: ReturnBooklet,
  response: Done,
  refusals: writes,
})
/** A blank with its number, to be printed and filled in by hand. */
export const blankPdf = defineRoute({
  id: 'blankPdf',
  method: 'GET',
  path: '/booklets/:id/blanks/:seq/pdf',
  title: '打印空白文书',
  tag: '文书',
  access: HOLDERS,
  params: z.object({ id: Id, seq: z.coerce.number().int() }),
  bytes: 'application/pdf',
  refusals: ['not-found', 'not-permitted', 'wrong-state'],
})
