import { z } from 'zod'
import { SERVICE_MODES } from '@liuhen/domain/case/words'
import { Instant } from '@liuhen/law/fact'
import { defineRoute } from '../route.ts'
import { Citation, Duty, Reason } from '../schema/evaluation.ts'
import { Done, Id } from '../schema/page.ts'

const ofDocument = z.object({ id: Id, documentId: Id })

export const serveDocument = defineRoute({
  id: 'serveDocument',
  method: 'POST',
  path: '/cases/:id/documents/:documentId/serve',
  title: '登记送达',
  tag: '文书',
  access: 'signed-in',
  command: true,
  params: ofDocument,
  body: z.object({
    mode: z.enum(SERVICE_MODES),
    servedAt: Instant,
    recipient: z.string().min(1, '请填写受送达人').max(120),
    relation: z.string().max(60).optional(),
    /** On whom, of several whom the paper names. */
    party: z.string().max(120).optional(),
    place: z.string().max(200).optional(),
    officerIds: z.array(Id).max(6),
    receiptId: Id.optional(),
    recordingIds: z.array(Id).max(20).default([]),
    proof: z.string().max(500).optional(),
    reason: z.string().max(500).optional(),
  }),
  response: Done,
  refusals: [
    'law-gate',
    'not-permitted',
    'wrong-state',
    'stale-version',
    'not-found',
    'duplicate',
    'incomplete',
  ],
})
/** A registration that is wrong is taken back: it stays to be seen, and counts no more. */
export const retractService = defineRoute({
  id: 'retractService',
  method: 'POST',
  path: '/cases/:id/documents/:documentId/retract-service',
  title: '撤销送达登记',
  tag: '文书',
  access: ['unit-head', 'deputy-head', 'agency-head'],
  command: true,
  params: ofDocument,
  body: z.object({
    /** Which of the paper's services, as its view numbers them. */
    serving: z.int().min(0),
    reason: z.string().min(2, '请写明登记错在哪里').max(500),
  }),
  response: Done,
  refusals: ['law-gate', 'not-permitted', 'wrong-state', 'stale-version', 'not-found', 'incomplete'],
})
/** What registering a service in this way at this time would come to: what the law says against it, when it took effect by its proof, which periods it begins. */
export const serviceOutlook = defineRoute({
  id: 'serviceOutlook',
  method: 'GET',
  path: '/cases/:id/documents/:documentId/service-outlook',
  title: '登记送达以前的预览',
  tag: '文书',
  access: 'signed-in',
  params: ofDocument,
  /** `officers`: ids of persons, with commas between. */
  query: z.object({
    mode: z.enum(SERVICE_MODES),
    servedAt: Instant,
    officers: z.string().max(1_000).default(''),
    party: z.string().max(120).optional(),
  }),
  response: z.object({
    reasons: z.array(Reason),
    effectiveAt: Instant.optional(),
    begins: z.array(
      z.object({
        what: z.string(),
        /** The last day. */
        due: z.string().optional(),
        why: z.string().optional(),
        citations: z.array(Citation),
      }),
    ),
    fulfils: z.array(Duty.pick({ what: true, state: true, due: true })),
  }),
  refusals: ['not-found', 'wrong-state'],
})
