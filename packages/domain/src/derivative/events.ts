import { z } from 'zod'
import { Shredding } from '@liuhen/ledger/shredding'
import { Instant } from '@liuhen/law/fact'
import { CopyFate } from '../disposal/events.ts'
import { goneOr } from '../gone.ts'
import { BlobRef } from '../recording/events.ts'
import { KINDS, Purpose, Span, Spec } from './spec.ts'

const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)

/** The original, as its own stream names it. Never under the key `blob`: these bytes are another object's. */
export const Source = z.object({
  recordingId: z.string(),
  sha256: Sha256Hex,
  sizeBytes: z.int().positive(),
  chunkRoot: z.string(),
})
export type Source = z.infer<typeof Source>

/** How it was made, so that somebody else can make it again and compare. */
export const Making = z.object({
  tool: z.string().max(100),
  arguments: z.string().max(4000),
  /** False when the tools ran without a sandbox. */
  isolated: z.boolean(),
  /** Seconds of the original that are really in it. */
  covers: Span,
  durationSeconds: z.number().positive(),
  /** Where each encoded sample lies in the original. */
  samples: z.object({ blob: BlobRef, count: z.int().positive() }).optional(),
  /** For people: why it cannot be proven sample by sample. */
  unproven: z.string().max(300).optional(),
})
export type Making = z.infer<typeof Making>

const Made = z.object({
  blob: BlobRef,
  chunkRoot: z.string(),
  chunkSizeBytes: z.int(),
  source: Source,
})
export type Made = z.infer<typeof Made>

/** What became of its bytes, store by store; also of those of attempts that came to nothing. */
export const DestroyedBytes = z.object({
  sha256: Sha256Hex,
  what: z.enum(['copy', 'table']),
  copies: z.array(CopyFate),
})
export type DestroyedBytes = z.infer<typeof DestroyedBytes>

const base = { schemaVersion: z.literal(1), occurredAt: Instant }
const event = <T extends string, D extends z.ZodType>(type: T, data: D) =>
  z.object({ ...base, type: z.literal(type), data })
const Words = z.object({ internal: z.object({ reason: z.string() }) })

/** Events whose internal part goes with the case file. What was made stays, and what became of it: digests, no words. Ours, as in recording/events. */
export const GOES_WITH_FILE: ReadonlySet<string> = new Set<z.infer<typeof Told>['type']>([
  'DerivativeRequested',
  'DerivativeFailed',
  'DerivativeRetried',
  'DerivativeReviewed',
  'DerivativeReleased',
  'DerivativeWithdrawn',
])

const Told = z.discriminatedUnion('type', [
  event(
    'DerivativeRequested',
    z.object({
      public: z.object({ number: z.string(), kind: z.enum(KINDS), source: Source }),
      /** Gone when the case file went. */
      internal: z.object({ spec: Spec, purpose: Purpose, reason: z.string() }).optional(),
      /** For whom it is, where it is for somebody. */
      personal: z.object({ recipient: z.string() }).optional(),
    }),
  ),
  event('DerivativeMade', z.object({ public: Made, internal: Making })),
  event(
    'DerivativeFailed',
    z.object({ internal: z.object({ why: z.string().max(300), detail: z.string().max(500).optional() }) }),
  ),
  event('DerivativeRetried', z.object({ internal: z.object({ attempt: z.int() }) })),
  event(
    'DerivativeReviewed',
    z.object({
      internal: z.object({
        approved: z.boolean(),
        words: z.string(),
        /** Seconds of it that the reviewer had really seen. */
        watchedSeconds: z.number().min(0),
      }),
    }),
  ),
  event(
    'DerivativeReleased',
    z.object({
      internal: z.object({
        reason: z.string(),
        /** The case's own entry under which it leaves. */
        entry: z.string().optional(),
        /** With it went the chunks of the original that hold it, and what they show before and after. */
        chunks: z.boolean().optional(),
      }),
      /** Gone when the case file went. */
      personal: z.object({ recipient: z.string() }).optional(),
    }),
  ),
  event('DerivativeWithdrawn', Words),
  /** The case file went, and with it why and for whom copies were made, and who let them out. */
  event('ContentShredded', z.object({ public: Shredding })),
  /** Stands for an event whose content went with the case file. */
  event('ContentGone', z.object({})),
  /** Its bytes went with those of the original, or stay where a store locks them or something else needs them. */
  event(
    'DerivativeDestroyed',
    z.object({
      internal: z.object({
        batchId: z.string(),
        number: z.string(),
        bytes: z.array(DestroyedBytes).optional(),
      }),
    }),
  ),
])
const BEGINNING = 'DerivativeRequested'
const LATER: ReadonlySet<string> = new Set([...GOES_WITH_FILE].filter((type) => type !== BEGINNING))

/** An event of a copy's stream, also when lawful disposal has let go of what it said: its beginning still begins it. */
export const DerivativeEvent = z.preprocess((e) => goneOr(e, LATER), Told)
export type DerivativeEvent = z.infer<typeof Told>
