import { z } from 'zod'
import {
  DISPOSAL_APPROVERS,
  DISPOSAL_OBJECTORS,
  DISPOSAL_READERS,
  DISPOSAL_REVIEWERS,
  DISPOSERS,
} from '@liuhen/domain/disposal/can'
import { BLOCKS } from '@liuhen/domain/disposal/due'
import { CopyFate, DisposalLimits, FileItem, RecordingItem, STRUCK_HOW } from '@liuhen/domain/disposal/events'
import { Medium } from '@liuhen/domain/recording/events'
import { Instant } from '@liuhen/law/fact'
import { defineRoute } from '../route.ts'
import { Citation, Permission } from '../schema/evaluation.ts'
import { Done, Id, Page } from '../schema/page.ts'

const Said = z.object({ by: z.string(), at: Instant, words: z.string() })

export const BATCH_STATUS = [
  'proposed',
  'reviewed',
  'approved',
  'ordered',
  'carried-out',
  'certified',
  'rejected',
  'stopped',
] as const

const Due = z.object({
  sizeBytes: z.int(),
  caseNo: z.string().optional(),
  keptThrough: z.string().optional(),
  why: z.string().optional(),
  citations: z.array(Citation),
  blocks: z.array(z.object({ code: z.enum(BLOCKS), message: z.string(), citations: z.array(Citation) })),
})
/** A recording or a case file with everything that forbids its disposal now; without a block its time has come. */
export const DueRow = z.union([
  Due.extend({
    recordingId: z.string(),
    fileName: z.string(),
    medium: Medium,
    madeFrom: Instant,
    caseId: z.string().optional(),
  }),
  Due.extend({ caseFile: z.string(), archiveNo: z.string(), parts: z.int(), papers: z.int() }),
])
export type DueRow = z.infer<typeof DueRow>

const Standing = {
  struck: z.object({ how: z.enum(STRUCK_HOW), reason: z.string(), by: z.string(), at: Instant }).optional(),
  releasedAt: Instant.optional(),
  /** What speaks against it now, while that can still be heeded. */
  now: z.array(z.string()),
}

export const BatchRow = z.object({
  id: z.string(),
  number: z.string(),
  status: z.enum(BATCH_STATUS),
  items: z.int(),
  bytes: z.number(),
  proposedBy: z.string(),
  proposedAt: Instant,
  coolsUntil: Instant.optional(),
  /** It is the turn of the one who asks. */
  yours: z.boolean(),
})
export type BatchRow = z.infer<typeof BatchRow>

export const BatchView = z.object({
  id: z.string(),
  version: z.int(),
  number: z.string(),
  status: z.enum(BATCH_STATUS),
  limits: DisposalLimits,
  proposed: z.object({ by: z.string(), at: Instant }),
  reviewed: Said.optional(),
  approved: Said.extend({ coolsUntil: Instant }).optional(),
  ordered: z.object({ by: z.string(), at: Instant, witness: z.string() }).optional(),
  ended: Said.optional(),
  carriedOutAt: Instant.optional(),
  certificate: z.object({ at: Instant, sha256: z.string(), sizeBytes: z.int() }).optional(),
  items: z.array(
    z.union([
      RecordingItem.extend({ ...Standing, copies: z.array(CopyFate) }),
      FileItem.extend({
        ...Standing,
        papers: z.int(),
        /** How many parts of events are gone, and what became of the papers; once that is so. */
        gone: z.object({ at: Instant, parts: z.int(), destroyed: z.int(), kept: z.int() }).optional(),
      }),
    ]),
  ),
  can: z.object({
    review: Permission,
    approve: Permission,
    reject: Permission,
    object: Permission,
    order: Permission,
  }),
})
export type BatchView = z.infer<typeof BatchView>

const TAG = '销毁'
const refusals = [
  'not-found',
  'not-permitted',
  'wrong-state',
  'incomplete',
  'stale-version',
  'law-gate',
  'duplicate',
] as const
const Reason = z.string().trim().min(4, '请写明理由，至少4个字').max(500)
const Opinion = z.string().trim().min(2, '请填写意见').max(500)
const params = z.object({ id: Id })

export const listDisposals = defineRoute({
  id: 'listDisposals',
  method: 'GET',
  path: '/disposals',
  title: '销毁批次',
  tag: TAG,
  access: DISPOSAL_READERS,
  response: z.object({
    items: z.array(BatchRow),
    limits: DisposalLimits,
    /** Recordings in no case: they have no period that could end. */
    unlinked: z.int(),
    can: z.object({ propose: Permission }),
  }),
})

/** Case by case, so that no request reckons for minutes: `next` goes on. */
export const listDue = defineRoute({
  id: 'listDue',
  method: 'GET',
  path: '/disposals/due',
  title: '保存期满和尚不能销毁的音像和案卷',
  tag: TAG,
  access: DISPOSAL_READERS,
  query: Page.extend({ blocked: z.enum(['true', 'false']).optional() }),
  response: z.object({ items: z.array(DueRow), next: z.string().optional(), cases: z.int() }),
})

export const getDisposal = defineRoute({
  id: 'getDisposal',
  method: 'GET',
  path: '/disposals/:id',
  title: '一批销毁',
  tag: TAG,
  access: DISPOSAL_READERS,
  params,
  response: BatchView,
  refusals: ['not-found'],
})

export const proposeDisposal = defineRoute({
  id: 'proposeDisposal',
  method: 'POST',
  path: '/disposals',
  title: '提出销毁',
  tag: TAG,
  access: DISPOSERS,
  command: true,
  body: z
    .object({
      recordingIds: z.array(z.string()).max(1000).default([]),
      /** Cases whose files are to go. */
      caseFiles: z.array(z.string()).max(1000).default([]),
    })
    .refine((b) => b.recordingIds.length + b.caseFiles.length > 0, '请先选择'),
  response: Done,
  refusals,
})

export const reviewDisposal = defineRoute({
  id: 'reviewDisposal',
  method: 'POST',
  path: '/disposals/:id/review',
  title: '逐件复核销毁',
  tag: TAG,
  access: DISPOSAL_REVIEWERS,
  command: true,
  params,
  body: z.object({
    opinion: Opinion,
    /** Ids of recordings and of cases. */
    seen: z.array(z.string()).max(1000),
    struck: z.array(z.object({ item: z.string(), reason: Reason })).max(1000),
  }),
  response: Done,
  refusals,
})

export const approveDisposal = defineRoute({
  id: 'approveDisposal',
  method: 'POST',
  path: '/disposals/:id/approve',
  title: '批准销毁',
  tag: TAG,
  access: DISPOSAL_APPROVERS,
  command: true,
  params,
  body: z.object({ opinion: Opinion }),
  response: Done,
  refusals,
})

export const rejectDisposal = defineRoute({
  id: 'rejectDisposal',
  method: 'POST',
  path: '/disposals/:id/reject',
  title: '退回销毁',
  tag: TAG,
  access: DISPOSAL_APPROVERS,
  command: true,
  params,
  body: z.object({ reason: Reason }),
  response: Done,
  refusals,
})

export const objectToDisposal = defineRoute({
  id: 'objectToDisposal',
  method: 'POST',
  path: '/disposals/:id/object',
  title: '对销毁提出异议',
  tag: TAG,
  access: DISPOSAL_OBJECTORS,
  command: true,
  params,
  body: z.object({ reason: Reason, item: z.string().optional() }),
  response: Done,
  refusals,
})

export const orderDisposal = defineRoute({
  id: 'orderDisposal',
  method: 'POST',
  path: '/disposals/:id/order',
  title: '执行销毁',
  tag: TAG,
  access: DISPOSERS,
  command: true,
  params,
  body: z.object({ witnessId: z.string() }),
  response: Done,
  refusals,
})

export const openDisposalCertificate = defineRoute({
  id: 'openDisposalCertificate',
  method: 'GET',
  path: '/disposals/:id/certificate',
  title: '销毁证明',
  tag: TAG,
  access: DISPOSAL_READERS,
  params,
  bytes: 'text/plain; charset=utf-8',
  refusals: ['not-found'],
})
