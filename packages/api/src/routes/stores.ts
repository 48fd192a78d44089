import { z } from 'zod'
import { STORE_KEEPERS } from '@liuhen/domain/stores/can'
import { Affected, Damage, MoveChecked, StoreName, StoresEventData } from '@liuhen/domain/stores/events'
import { LockFound, LockReading } from '@liuhen/domain/stores/lock'
import { STORE_CHECKS } from '@liuhen/domain/stores/judge'
import { MOVE_APPROVERS } from '@liuhen/domain/stores/move'
import { Permission } from '../schema/evaluation.ts'
import { Done } from '../schema/page.ts'
import { defineRoute } from '../route.ts'

const at = { at: z.string() }

export const StoreNow = z.object({
  store: StoreName,
  state: z.enum(['here', 'away', 'none']),
  why: z.string().optional(),
  place: z.string().optional(),
  files: z.int(),
  bytes: z.number(),
  neverRead: z.int(),
  bad: z.int(),
  oldestReadAt: z.string().optional(),
  kind: z.enum(['folder', 'bucket']),
  /** The last time that somebody tried to remove, overwrite and unlock an object in it. */
  lock: z.object({ ...at, found: LockFound, reading: LockReading }).optional(),
})
export type StoreNow = z.infer<typeof StoreNow>

/** Damages of which this agency was told, the latest first. */
export const StoreDamage = z.object({
  ...at,
  sha256: z.string(),
  store: StoreName,
  found: Damage,
  keptAs: z.string().optional(),
  affected: Affected,
  repairedAt: z.string().optional(),
})
export type StoreDamage = z.infer<typeof StoreDamage>

const Scrub = StoresEventData.StoresScrubbed.shape.internal.extend(at)
const Inventory = StoresEventData.InventoryTaken.shape.internal.extend(at)
const Rehearsal = StoresEventData.RestoreRehearsed.shape.internal.extend(at)

/** The second store on its way to another place. */
export const StoreMove = z.object({
  id: z.string(),
  from: z.string(),
  to: z.string(),
  files: z.int(),
  ofFiles: z.int(),
  bytes: z.number(),
  reason: z.string(),
  proposedBy: z.string(),
  proposedAt: z.string(),
  checked: MoveChecked.extend(at).optional(),
  approvedBy: z.string().optional(),
  can: z.object({ approve: Permission, giveUp: Permission }),
})
export type StoreMove = z.infer<typeof StoreMove>

/** How the stores stand: what is copied, what was read back, and whether it was ever restored. */
export const storeHealth = defineRoute({
  id: 'storeHealth',
  method: 'GET',
  path: '/stores',
  title: '存储健康',
  tag: '证明',
  access: STORE_KEEPERS,
  response: z.object({
    sound: z.boolean(),
    checks: z.array(
      z.object({
        id: z.enum(STORE_CHECKS),
        ok: z.boolean(),
        told: z.literal(true).optional(),
        message: z.string(),
        todo: z.string().optional(),
      }),
    ),
    stores: z.array(StoreNow),
    waiting: z.object({ files: z.int(), bytes: z.number() }),
    scrubDays: z.int(),
    scrubMibPerSecond: z.number(),
    rehearsalDays: z.int(),
    scrub: Scrub.optional(),
    inventory: Inventory.optional(),
    rehearsal: Rehearsal.optional(),
    damages: z.array(StoreDamage),
    /** The place that is configured to be moved to. */
    nextStore: z.string().optional(),
    canProposeMove: Permission,
    move: StoreMove.optional(),
  }),
})

const refusals = ['not-permitted', 'wrong-state', 'incomplete', 'stale-version'] as const
const Reason = z.string().trim().min(4, '请写明理由，至少4个字').max(500)

export const proposeStoreMove = defineRoute({
  id: 'proposeStoreMove',
  method: 'POST',
  path: '/stores/move',
  title: '提出迁移第二存储',
  tag: '证明',
  access: ['system-admin'],
  command: true,
  body: z.object({ reason: Reason }),
  response: Done,
  refusals,
})
export const approveStoreMove = defineRoute({
  id: 'approveStoreMove',
  method: 'POST',
  path: '/stores/move/approve',
  title: '批准迁移第二存储',
  tag: '证明',
  access: MOVE_APPROVERS,
  command: true,
  body: z.object({ opinion: z.string().trim().min(2, '请填写意见').max(500) }),
  response: Done,
  refusals,
})
export const giveStoreMoveUp = defineRoute({
  id: 'giveStoreMoveUp',
  method: 'POST',
  path: '/stores/move/give-up',
  title: '停止迁移第二存储',
  tag: '证明',
  access: MOVE_APPROVERS,
  command: true,
  body: z.object({ reason: Reason }),
  response: Done,
  refusals,
})
