import { z } from 'zod'
import { AgencySettings, DryRun } from '@liuhen/domain/agency/events'
import { defineRoute } from '../route.ts'
import { Citation, Permission } from '../schema/evaluation.ts'
import { Done, Id } from '../schema/page.ts'

const Value = AgencySettings.valueType
const Said = z.object({ value: Value, label: z.string() })

export const SettingView = z.object({
  id: z.string(),
  label: z.string(),
  why: z.string(),
  citations: z.array(Citation),
  /** What the text is read as while nothing is set; a null value: it is open. */
  reading: Said,
  /** What the agency has set; null: nothing. */
  set: Said,
  /** It is open and nothing is set: what that means. */
  open: z.string().optional(),
  options: z.array(z.object({ value: z.union([z.string(), z.number(), z.boolean()]), label: z.string() })),
  /** Several of the options may be chosen, kept with 、 between them. */
  several: z.boolean(),
  /** `money`: kept in fen, told in yuan. */
  number: z.object({ unit: z.string(), min: z.number(), max: z.number(), money: z.boolean() }).optional(),
  /** Reaches only cases that begin later. */
  laterCases: z.boolean(),
})
export type SettingView = z.infer<typeof SettingView>

const Ended = z.object({ by: z.string(), at: z.string(), words: z.string() })
export const ProposalView = z.object({
  id: z.string(),
  status: z.enum(['proposed', 'weighed', 'approved', 'carried-out', 'rejected', 'withdrawn']),
  changes: z.array(z.object({ setting: z.string(), label: z.string(), from: z.string(), to: z.string() })),
  reason: z.string(),
  proposedBy: z.string(),
  proposedAt: z.string(),
  dryRun: DryRun.optional(),
  ended: Ended.optional(),
  carriedOut: z
    .object({ at: z.string(), cases: z.int(), withheld: z.int(), failed: z.int().optional() })
    .optional(),
  can: z.object({ approve: Permission, reject: Permission, withdraw: Permission }),
})
export type ProposalView = z.infer<typeof ProposalView>

export const getSettings = defineRoute({
  id: 'getSettings',
  method: 'GET',
  path: '/settings',
  title: '制度设置',
  tag: '设置',
  access: 'signed-in',
  response: z.object({
    subjects: z.array(z.object({ subject: z.string(), settings: z.array(SettingView) })),
    /** The latest first. */
    proposals: z.array(ProposalView),
    can: z.object({ propose: Permission }),
  }),
})

const refusals = ['not-found', 'not-permitted', 'wrong-state', 'incomplete', 'stale-version'] as const
const Reason = z.string().trim().min(4, '请写明理由，至少4个字').max(500)
const params = z.object({ id: Id })

export const proposeSettings = defineRoute({
  id: 'proposeSettings',
  method: 'POST',
  path: '/settings/proposals',
  title: '提出制度设置变更并预演',
  tag: '设置',
  access: ['system-admin'],
  command: true,
  body: z.object({ changes: AgencySettings, reason: Reason }),
  response: Done,
  refusals,
})
export const approveSettings = defineRoute({
  id: 'approveSettings',
  method: 'POST',
  path: '/settings/proposals/:id/approve',
  title: '批准制度设置变更',
  tag: '设置',
  access: ['agency-head', 'system-admin'],
  command: true,
  params,
  body: z.object({ opinion: z.string().trim().min(2, '请填写意见').max(500) }),
  response: Done,
  refusals,
})
export const rejectSettings = defineRoute({
  id: 'rejectSettings',
  method: 'POST',
  path: '/settings/proposals/:id/reject',
  title: '退回制度设置变更',
  tag: '设置',
  access: ['agency-head', 'system-admin'],
  command: true,
  params,
  body: z.object({ reason: Reason }),
  response: Done,
  refusals,
})
export const withdrawSettings = defineRoute({
  id: 'withdrawSettings',
  method: 'POST',
  path: '/settings/proposals/:id/withdraw',
  title: '撤回制度设置变更',
  tag: '设置',
  access: ['system-admin'],
  command: true,
  params,
  body: z.object({ reason: Reason }),
  response: Done,
  refusals,
})

/** The agency's own phrases for fields in which sentences are written. */
export const listPhrases = defineRoute({
  id: 'listPhrases',
  method: 'GET',
  path: '/settings/phrases',
  title: '本机关的常用语',
  tag: '设置',
  access: 'signed-in',
  response: z.object({
    items: z.array(
      z.object({
        document: z.string(),
        field: z.string(),
        phrases: z.array(z.string()),
        keptBy: z.string(),
        keptAt: z.string(),
      }),
    ),
  }),
})
/** The whole list of one field; an empty one takes it back. */
export const keepPhrases = defineRoute({
  id: 'keepPhrases',
  method: 'POST',
  path: '/settings/phrases',
  title: '维护本机关的常用语',
  tag: '设置',
  access: ['system-admin'],
  command: true,
  body: z.object({
    document: z.string().max(80),
    field: z.string().max(80),
    phrases: z.array(z.string().max(500, '一条常用语最多500字')).max(60, '一栏最多60条常用语'),
  }),
  response: Done,
  refusals,
})
