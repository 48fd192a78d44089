import { z } from 'zod'
import { Instant } from '@liuhen/law/fact'
import { Permission, Reason } from './evaluation.ts'

const Data = z.record(z.string(), z.json())

export const DocumentView = z.object({
  id: z.string(),
  type: z.string(),
  name: z.string(),
  step: z.string(),
  version: z.int(),
  /** It was submitted before, or made anew after one was voided. */
  hasVersions: z.boolean(),
  audience: z.enum(['main', 'sub']),
  state: z.enum(['submitted', 'returned', 'approved', 'issued', 'served', 'voided']),
  /** The state in words, e.g. 待签名 for a paper that nobody has to approve. */
  stateName: z.string(),
  number: z.string().optional(),
  issuedOn: z.string().optional(),
  issuedAt: Instant.optional(),
  submittedAt: Instant,
  submittedBy: z.string(),
  about: z.string().optional(),
  /** Made before the case was taken up anew: such a paper may be made again. */
  earlier: z.literal(true).optional(),
  approvals: z.array(
    z.object({
      rank: z.string(),
      rankName: z.string(),
      by: z.string().optional(),
      at: Instant.optional(),
      opinion: z.string().optional(),
      /** The head, who was away, in whose place it was given. */
      standsInFor: z.string().optional(),
      state: z.enum(['waiting', 'approved', 'returned', 'next']),
    }),
  ),
  signatures: z.array(
    z.object({
      role: z.string(),
      label: z.string(),
      need: z.int(),
      refusable: z.boolean(),
      /** Whoever signs here has the paper in hand. */
      receives: z.boolean(),
      /** A person of the agency signs here, each in their own session; otherwise the pad is held for somebody from outside. */
      ownHand: z.boolean(),
      /** Whether the one who asks may sign here (own hand) or hold the pad. */
      can: Permission,
      got: z.array(
        z.object({
          name: z.string(),
          at: Instant,
          method: z.enum(['handwriting', 'refused']),
          /** In whose session the pad was signed. */
          session: z.string().optional(),
          /** Which signature of the document it is, where a finger was pressed beside it: the number of its picture. */
          fingermark: z.int().optional(),
        }),
      ),
    }),
  ),
  served: z.array(
    z.object({
      no: z.int(),
      mode: z.string(),
      at: Instant,
      recipient: z.string().optional(),
      /** On whom, of several whom the paper names. */
      party: z.string().optional(),
    }),
  ),
  /** It is on its way: sent in this way, as that registered fact tells, and not served yet. */
  sent: z.object({ mode: z.string(), at: Instant, ref: z.string().optional(), data: Data }).optional(),
  /** On whom it is to be served, by name, where there are several. */
  addressees: z.array(z.string()),
  /** Of them, who has not received it yet. */
  unserved: z.array(z.string()),
  /** Services that were registered wrongly, and why they count no more. */
  retracted: z.array(
    z.object({
      mode: z.string(),
      at: Instant,
      recipient: z.string().optional(),
      by: z.string(),
      reason: z.string(),
      retractedAt: Instant,
    }),
  ),
  /** Taken back by its author, with the reason. */
  voided: z.object({ by: z.string(), at: Instant, reason: z.string() }).optional(),
  /** It is to take the place of an earlier paper, and does so from `effectAt`; until then, what is still wanted. */
  corrects: z
    .object({
      id: z.string(),
      issuedOn: z.string().optional(),
      approvalId: z.string().optional(),
      effectAt: Instant.optional(),
      wanted: z.array(Reason),
    })
    .optional(),
  /** Another paper took its place. */
  corrected: z.object({ by: z.string(), at: Instant, approvalId: z.string().optional() }).optional(),
  /** In what a correction and the paper that it corrects differ; told with both. */
  changes: z.array(z.object({ part: z.string(), original: z.string(), amended: z.string() })).optional(),
  data: Data,
  /** Present once the archival PDF is made. */
  pdf: z.object({ sha256: z.string(), sizeBytes: z.int(), pages: z.int() }).optional(),
  /** Of how many things of its list labels can be printed; absent where there are none. */
  labels: z.int().optional(),
  /** What the one who asks may do with it now. */
  can: z.object({
    approve: z.boolean(),
    sign: z.boolean(),
    serve: z.boolean(),
    retract: z.boolean(),
    resubmit: z.boolean(),
    void: z.boolean(),
    correct: z.boolean(),
  }),
  /** For what may not be done now, why. */
  why: z.partialRecord(
    z.enum(['approve', 'sign', 'serve', 'retract', 'resubmit', 'void', 'correct']),
    z.array(Reason),
  ),
})
export type DocumentView = z.infer<typeof DocumentView>
