import { z } from 'zod'
import { Instant } from '@liuhen/law/fact'
import { BlobRef } from '../recording/events.ts'

const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)

/** Relative to the card's root, with `/`, as the card's file system gives it. */
export const CardPath = z
  .string()
  .min(1)
  .max(400)
  .refine((p) => !p.startsWith('/') && p.split('/').every((part) => part !== '' && part !== '..'), {
    error: '文件路径须是卡内的相对路径。',
  })

/** A file as the card's directory lists it, before a byte of it was read. */
export const ListedFile = z.object({
  path: CardPath,
  sizeBytes: z.int().min(0),
  /** By the card's file system. */
  modifiedAt: Instant,
})
export type ListedFile = z.infer<typeof ListedFile>

/** How far the device's clock was off. Absent where nobody measured it: then nothing is known. */
export const ClockReading = z.object({
  /** Device clock minus ours. */
  offsetMs: z.int(),
  /** The true offset lies within this much on either side. */
  uncertaintyMs: z.int().min(0),
  /** `file`: the device wrote its time when it was docked. `display`: somebody read it off. */
  by: z.enum(['file', 'display']),
  readAt: Instant,
})
export type ClockReading = z.infer<typeof ClockReading>

/** Why a file became no recording. A sidecar belongs to one, and an empty file holds nothing: nobody has to look at those. */
export const ASIDE_REASONS = [
  'sidecar',
  'empty',
  'unknown-name',
  'unknown-format',
  'other-device',
  'no-officer',
  'bad-time',
  'not-permitted',
] as const
export const AsideReason = z.enum(ASIDE_REASONS)
export type AsideReason = z.infer<typeof AsideReason>

/** The custodian has to say what such a file is. */
export const wantsClaim = (reason: AsideReason): boolean => reason !== 'sidecar' && reason !== 'empty'

const Registered = z.object({ path: CardPath, sha256: Sha256Hex, recordingId: z.string() })
const Aside = z.object({
  path: CardPath,
  sha256: Sha256Hex,
  reason: AsideReason,
  /** For people: what exactly does not fit. */
  note: z.string().max(300),
})
export type Aside = z.infer<typeof Aside>

/** Where a copy lies, and when it was last read back whole and found to be the same bytes. */
export const VerifiedCopy = z.object({ store: z.string(), verifiedAt: Instant })
export type VerifiedCopy = z.infer<typeof VerifiedCopy>

export const ReceiptLine = z.object({
  path: CardPath,
  sha256: Sha256Hex,
  sizeBytes: z.int().min(0),
  copies: z.array(VerifiedCopy),
})
export type ReceiptLine = z.infer<typeof ReceiptLine>

const base = { schemaVersion: z.literal(1), occurredAt: Instant }
const event = <T extends string, D extends z.ZodType>(type: T, data: D) =>
  z.object({ ...base, type: z.literal(type), data })

export const DockingEvent = z.discriminatedUnion('type', [
  event(
    'DockingBegun',
    z.object({
      internal: z.object({
        station: z.string(),
        device: z.object({ id: z.string().min(1).max(64) }),
        profile: z.string(),
        files: z.array(ListedFile),
        clock: ClockReading.optional(),
      }),
    }),
  ),
  /** Read after the docking was begun; for files that are registered from then on. */
  event('DeviceClockRead', z.object({ internal: z.object({ clock: ClockReading }) })),
  event('DockedFilesRegistered', z.object({ internal: z.object({ files: z.array(Registered) }) })),
  /** Kept whole, and no recording. */
  event('DockedFilesSetAside', z.object({ internal: z.object({ files: z.array(Aside) }) })),
  event(
    'AsideBytesKept',
    z.object({
      public: z.object({ blob: BlobRef }),
      internal: z.object({ path: CardPath, uploadId: z.string() }),
    }),
  ),
  /** Other bytes than were declared came; they are in quarantine, the file is sent again. */
  event(
    'AsideBytesRejected',
    z.object({ internal: z.object({ path: CardPath, uploadId: z.string(), received: Sha256Hex }) }),
  ),
  event(
    'AsideResolved',
    z.object({
      internal: z.union([
        z.object({ path: CardPath, recordingId: z.string() }),
        z.object({ path: CardPath, stays: z.string() }),
      ]),
    }),
  ),
  event('DockingCompleted', z.object({ internal: z.object({ files: z.int(), bytes: z.int() }) })),
  event('DeviceCleared', z.object({ internal: z.object({ receipt: z.array(ReceiptLine) }) })),
])
export type DockingEvent = z.infer<typeof DockingEvent>
