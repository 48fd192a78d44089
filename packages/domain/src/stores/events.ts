import { z } from 'zod'
import { Instant } from '@liuhen/law/fact'
import type { NewEvent } from '../event.ts'
import { LockFound, LockReading } from './lock.ts'

export const StoreName = z.enum(['first', 'second'])
export type StoreName = z.infer<typeof StoreName>

/** Only `pass` is green: what was not read was not checked. */
export const StoreVerdict = z.enum(['pass', 'fail', 'not-checked'])
export type StoreVerdict = z.infer<typeof StoreVerdict>

/** What of this agency rests on a file. */
export const Affected = z.object({
  recordings: z.array(z.object({ recordingId: z.string(), fileName: z.string() })),
  documents: z.array(z.object({ documentId: z.string(), type: z.string(), number: z.string().optional() })),
  cases: z.array(z.object({ caseId: z.string(), caseNo: z.string() })),
  /** Files of a card that became no recording. */
  aside: z.array(z.object({ dockingId: z.string(), path: z.string() })).optional(),
})
export type Affected = z.infer<typeof Affected>

export const Damage = z.enum(['altered', 'missing', 'unreadable'])
export type Damage = z.infer<typeof Damage>

/** What a restored file can be instead of what the record says. */
export const RestoreFault = z.enum([...Damage.options, 'wrong-size'])
export type RestoreFault = z.infer<typeof RestoreFault>

/** Files and bytes are of the installation; an agency is told the whole and the cases that are its own. */
export const StoreReading = z.object({
  store: StoreName,
  files: z.int(),
  bytes: z.int(),
  faults: z.int(),
  /** Copies of which nobody has read every byte back. */
  neverRead: z.int(),
  /** When the copy was read that was read longest ago. */
  oldestReadAt: Instant.optional(),
})
export type StoreReading = z.infer<typeof StoreReading>

export const INVENTORY_KINDS = [
  'unregistered', // an event names it, no row has it
  'missing',
  'wrong-size',
  'unowned', // a file that no row owns
  'covered', // somebody wrote or deleted its name after us; the original is kept
  'not-copied',
  'not-in-backup',
  'only-in-backup',
] as const

export const InventoryFinding = z.object({
  kind: z.enum(INVENTORY_KINDS),
  /** A digest, or the place of a file. */
  what: z.string(),
  store: z.enum(['first', 'second', 'backup']).optional(),
  affected: Affected.optional(),
})
export type InventoryFinding = z.infer<typeof InventoryFinding>

const Run = { verdict: StoreVerdict, why: z.array(z.string()) }

/** What was found in the store that is moved to, when everything had been copied and read back. */
export const MoveChecked = z.object({
  moveId: z.string(),
  ...Run,
  files: z.int(),
  bytes: z.int(),
  ofFiles: z.int(),
  faults: z.int(),
})
export type MoveChecked = z.infer<typeof MoveChecked>

export const StoresEventData = {
  StoreMoveProposed: z.object({
    internal: z.object({ moveId: z.string(), from: z.string(), to: z.string(), reason: z.string() }),
  }),
  StoreMoveChecked: z.object({ internal: MoveChecked }),
  StoreMoveApproved: z.object({ internal: z.object({ moveId: z.string(), opinion: z.string() }) }),
  StoreMoveGivenUp: z.object({ internal: z.object({ moveId: z.string(), reason: z.string() }) }),
  /** The new store is in use. The old one is retired: detached, and everything is still in it. */
  StoreMoved: z.object({
    internal: z.object({
      moveId: z.string(),
      from: z.string(),
      to: z.string(),
      /** Whether the old store could be given its mark of retirement. */
      marked: z.boolean(),
    }),
  }),
  StoresScrubbed: z.object({
    internal: z.object({
      ...Run,
      withinDays: z.int(),
      readings: z.array(StoreReading),
      /** Told to stop before its share was read: the next one comes soon. */
      cutShort: z.boolean(),
    }),
  }),
  InventoryTaken: z.object({
    internal: z.object({
      ...Run,
      named: z.int(),
      registered: z.int(),
      held: z.array(z.object({ store: z.enum(['first', 'second', 'backup']), files: z.int() })),
      waiting: z.int(),
      found: z.int(),
      /** Those of this agency, and those of nobody; cut after the first. */
      findings: z.array(InventoryFinding),
    }),
  }),
  RestoreRehearsed: z.object({
    internal: z.object({
      ...Run,
      whole: z.boolean(),
      files: z.int(),
      bytes: z.int(),
      ofFiles: z.int(),
      faults: z.array(z.object({ sha256: z.string(), found: RestoreFault })),
    }),
  }),
  /** Absent verdict: no lock was asked for, and none is claimed. */
  StoreLockTried: z.object({
    internal: z.object({
      store: StoreName,
      place: z.enum(['folder', 'bucket']),
      /** Of another place than the present one it says nothing. */
      where: z.string().optional(),
      verdict: StoreVerdict.optional(),
      found: LockFound,
      reading: LockReading,
    }),
  }),
  CopyDamaged: z.object({
    internal: z.object({
      sha256: z.string(),
      store: StoreName,
      found: Damage,
      /** Its name in the quarantine of that store. */
      keptAs: z.string().optional(),
      affected: Affected,
    }),
  }),
  CopyRepaired: z.object({
    internal: z.object({
      sha256: z.string(),
      store: StoreName,
      from: StoreName,
      affected: Affected,
    }),
  }),
} as const

type Data = typeof StoresEventData
export type StoresEvent = {
  [K in keyof Data]: NewEvent & Readonly<{ type: K; data: z.infer<Data[K]> }>
}[keyof Data]
