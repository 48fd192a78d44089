import { z } from 'zod'
import { DOCKS, SEES_DOCKINGS } from '@liuhen/domain/docking/can'
import { BeginDocking } from '@liuhen/domain/docking/commands'
import { AsideReason, CardPath, ClockReading, ReceiptLine } from '@liuhen/domain/docking/events'
import { Medium } from '@liuhen/domain/recording/events'
import { Instant } from '@liuhen/law/fact'
import { defineRoute } from '../route.ts'
import { Permission } from '../schema/evaluation.ts'
import { Done, Id, Page, paged } from '../schema/page.ts'

const tag = '采集'
const ofDocking = z.object({ id: Id })
const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, '摘要须是64位小写十六进制。')
const MAX_BATCH = 200

/** What a station reads of a file: a recording with what its name says, or why it can be none. */
export const FoundFile = z.object({
  path: CardPath,
  sha256: Sha256Hex,
  found: z.union([
    z.object({
      mime: z.string().max(100),
      medium: Medium,
      /** As the device gave them. */
      madeFrom: Instant,
      madeTo: Instant,
      /** Certificate or police number, where the name has one. */
      officerNo: z.string().max(40).optional(),
      session: z.object({ id: z.string().max(64), segment: z.int().min(1) }).optional(),
    }),
    z.object({
      aside: AsideReason.extract([
        'sidecar',
        'empty',
        'unknown-name',
        'unknown-format',
        'other-device',
        'bad-time',
      ]),
      note: z.string().max(300),
    }),
  ]),
})
export type FoundFile = z.infer<typeof FoundFile>

export const DockedFileView = z.object({
  path: z.string(),
  sizeBytes: z.int(),
  modifiedAt: Instant,
  /** listed: its bytes were not read yet. */
  as: z.enum(['listed', 'recording', 'aside']),
  sha256: z.string().optional(),
  recordingId: z.string().optional(),
  reason: AsideReason.optional(),
  note: z.string().optional(),
  /** Its bytes lie in the store, read back. */
  kept: z.boolean(),
  /** An unfinished upload of the caller, to go on with. */
  uploadId: z.string().optional(),
  /** What the custodian said: a recording's id, or why it stays set aside. */
  stays: z.string().optional(),
})
export type DockedFileView = z.infer<typeof DockedFileView>

const Summary = z.object({
  id: z.string(),
  version: z.int(),
  status: z.enum(['open', 'completed', 'cleared']),
  station: z.string(),
  deviceId: z.string(),
  clock: ClockReading.optional(),
  begunAt: Instant,
  completedAt: Instant.optional(),
  clearedAt: Instant.optional(),
})
export const DockingRow = Summary.extend({
  files: z.int(),
  keptFiles: z.int(),
  bytes: z.int(),
  keptBytes: z.int(),
  /** Kept, and what has come so far of files under way. */
  receivedBytes: z.int(),
  /** Set aside, and nobody has said yet what they are. */
  unresolved: z.int(),
})
export type DockingRow = z.infer<typeof DockingRow>

export const DockingView = Summary.extend({
  profile: z.string(),
  /** What the agency's device registers say of it; `takenBy` when it was docked. */
  device: z.object({ known: z.boolean(), takenBy: z.string().optional() }),
  files: z.array(DockedFileView),
  receipt: z.array(ReceiptLine).optional(),
  can: z.object({ clear: Permission, settle: Permission }),
})
export type DockingView = z.infer<typeof DockingView>

export const listDockings = defineRoute({
  id: 'listDockings',
  method: 'GET',
  path: '/dockings',
  title: '采集列表',
  tag,
  access: SEES_DOCKINGS,
  query: Page.extend({
    status: z.enum(['open', 'completed', 'cleared']).optional(),
    deviceId: z.string().max(64).optional(),
    unresolved: z.enum(['true', 'false']).optional(),
  }),
  response: paged(DockingRow),
})
/** The same device with the same list goes on with the docking that it began; the answer's `id` is that one's. */
export const beginDocking = defineRoute({
  id: 'beginDocking',
  method: 'POST',
  path: '/dockings',
  title: '开始采集',
  tag,
  access: DOCKS,
  command: true,
  body: BeginDocking,
  response: Done,
  refusals: ['not-permitted', 'duplicate'],
})
export const getDocking = defineRoute({
  id: 'getDocking',
  method: 'GET',
  path: '/dockings/:id',
  title: '采集详情',
  tag,
  access: SEES_DOCKINGS,
  params: ofDocking,
  response: DockingView,
  refusals: ['not-found'],
})

const change = <B extends z.ZodType>(id: string, verb: string, title: string, body: B) =>
  defineRoute({
    id,
    method: 'POST',
    path: `/dockings/:id/${verb}`,
    title,
    tag,
    access: DOCKS,
    command: true,
    params: ofDocking,
    body,
    response: Done,
    refusals: [
      'not-permitted',
      'wrong-state',
      'stale-version',
      'not-found',
      'incomplete',
      'duplicate',
      'bad-evidence',
    ],
  })
const Nothing = z.object({}).strict()

/** Digests and what the names say; each becomes a recording or is set aside with the reason. */
export const sortDockedFiles = change(
  'sortDockedFiles',
  'files',
  '登记采集到的文件',
  z.object({
    files: z
      .array(FoundFile)
      .min(1)
      .max(MAX_BATCH)
      .refine((files) => new Set(files.map((f) => f.path)).size === files.length, {
        error: '同一个文件写了两次。',
      }),
  }),
)
export const completeDocking = change('completeDocking', 'complete', '完成采集', Nothing)
/** The view then has the receipt; nothing may be deleted from the device without it. */
export const clearDevice = change('clearDevice', 'clear', '准许清空设备', Nothing)
export const resolveAside = change(
  'resolveAside',
  'aside',
  '认领文件',
  z.object({
    path: CardPath,
    as: z.union([
      z.object({
        officerId: Id,
        medium: Medium,
        madeFrom: Instant,
        madeTo: Instant,
      }),
      z.object({ stays: z.string().trim().min(1, '请写明为什么不作为音像记录。').max(300) }),
    ]),
  }),
)
