import type { Source } from '@liuhen/domain/case/events'
import { registerLead as decideLead } from '@liuhen/domain/case/open'
import type { Actor } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import { refuse, type Refusal } from '@liuhen/domain/refusal'
import { proceduresOpenTo } from '@liuhen/law/choice'
import type { Instant } from '@liuhen/law/fact'
import type { CaseDone } from '../case-stream/act-on-case.ts'
import { beginStream } from '../case-stream/begin-stream.ts'
import type { CaseDeps } from '../case-stream/open-case.ts'

export type Lead = Readonly<{
  procedure: string
  source: Source
  receivedAt: Instant
  title: string
  summary: string
  place?: string | undefined
  occurredAt?: Instant | undefined
  violation?: string | undefined
  informant?: { name?: string | undefined; phone?: string | undefined } | undefined
}>

/** zml-7-1: every lead is registered. */
export const registerLead = (
  deps: CaseDeps,
  c: Readonly<{ commandId: string; actor: Actor }>,
  lead: Lead,
): Promise<CaseDone | Refusal> =>
  beginStream(deps, c, {
    what: 'registerLead',
    procedure: lead.procedure,
    startedAt: lead.receivedAt,
    word: '线索',
    offered: proceduresOpenTo,
    notOffered: refuse('wrong-state', '本机关不能在这个程序中立案。', '请从本机关可以办理的程序中选择。'),
    decide: ({ number, law }, ctx) =>
      decideLead({ kind: 'none' }, present({ ...lead, law, leadNo: number }), ctx),
  })
