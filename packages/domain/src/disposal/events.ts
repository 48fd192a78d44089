import { z } from 'zod'
import { Instant } from '@liuhen/law/fact'
import type { NewEvent } from '../event.ts'
import { BlobRef, Medium } from '../recording/events.ts'
import { StoreName } from '../stores/events.ts'

const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)
const Cited = z.object({ clause: z.string(), cite: z.string() })

/** A recording whose retention has ended, as the law reckoned it when it was proposed. */
export const DisposalItem = z.object({
  recordingId: z.string(),
  sha256: Sha256Hex,
  sizeBytes: z.int(),
  fileName: z.string(),
  medium: Medium,
  madeFrom: Instant,
  madeTo: Instant,
  caseId: z.string(),
  caseNo: z.string(),
  evidence: z.boolean(),
  /** The last day on which it had to be kept. */
  keptThrough: z.iso.date(),
  why: z.string(),
  citations: z.array(Cited),
})
export type DisposalItem = z.infer<typeof DisposalItem>

/** Our own safeguards, as the agency had set them when the batch began. */
export const DisposalLimits = z.object({ items: z.int(), bytes: z.int(), coolingDays: z.int() })
export type DisposalLimits = z.infer<typeof DisposalLimits>

export const STRUCK_HOW = ['review', 'objection', 'recheck'] as const
const Struck = z.object({ recordingId: z.string(), reason: z.string() })

/** What became of one copy. `shared`: the same bytes must still be kept for something else. */
export const CopyFate = z.discriminatedUnion('outcome', [
  z.object({ store: StoreName, outcome: z.literal('destroyed'), at: Instant }),
  z.object({ store: StoreName, outcome: z.literal('absent') }),
  z.object({ store: StoreName, outcome: z.literal('locked'), until: Instant }),
  z.object({ store: StoreName, outcome: z.literal('shared'), because: z.string() }),
])
export type CopyFate = z.infer<typeof CopyFate>

export const DestroyedItem = z.object({
  recordingId: z.string(),
  sha256: Sha256Hex,
  copies: z.array(CopyFate).min(1),
  /** Copies that had been made of it, and what became of each. */
  derivatives: z
    .array(z.object({ number: z.string(), sha256: Sha256Hex, copies: z.array(CopyFate).optional() }))
    .optional(),
})
export type DestroyedItem = z.infer<typeof DestroyedItem>

const base = { schemaVersion: z.literal(1), occurredAt: Instant }
const event = <T extends string, D extends z.ZodType>(type: T, data: D) =>
  z.object({ ...base, type: z.literal(type), data })

const Counted = z.object({ items: z.int(), bytes: z.int() })

export const DisposalEvent = z.discriminatedUnion('type', [
  event(
    'DisposalProposed',
    z.object({
      public: Counted.extend({ number: z.string() }),
      internal: z.object({ items: z.array(DisposalItem).min(1), limits: DisposalLimits }),
    }),
  ),
  event(
    'DisposalReviewed',
    z.object({ internal: z.object({ opinion: z.string(), struck: z.array(Struck) }) }),
  ),
  event(
    'DisposalApproved',
    z.object({ public: z.object({ coolsUntil: Instant }), internal: z.object({ opinion: z.string() }) }),
  ),
  event('DisposalRejected', z.object({ internal: z.object({ reason: z.string() }) })),
  event('DisposalStopped', z.object({ internal: z.object({ reason: z.string() }) })),
  event(
    'DisposalItemStruck',
    z.object({ internal: Struck.extend({ how: z.enum(STRUCK_HOW), citations: z.array(Cited) }) }),
  ),
  event(
    'DisposalOrdered',
    z.object({
      public: Counted,
      internal: z.object({ witness: z.object({ personId: z.string(), name: z.string() }) }),
    }),
  ),
  /** Weighed once more and let go: from here on its bytes are destroyed, whatever is cut off in between. */
  event(
    'DisposalItemReleased',
    z.object({ internal: z.object({ recordingId: z.string(), sha256: Sha256Hex }) }),
  ),
  event('DisposalCarriedOut', z.object({ internal: z.object({ items: z.array(DestroyedItem) }) })),
  event('DisposalCertified', z.object({ public: z.object({ blob: BlobRef }) })),
])
export type DisposalEvent = z.infer<typeof DisposalEvent> & NewEvent
