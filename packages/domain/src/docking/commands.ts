import { z } from 'zod'
import type { Instant } from '@liuhen/law/fact'
import type { Actor } from '../event.ts'
import { present } from '../present.ts'
import type { BlobRef } from '../recording/events.ts'
import { deny, refuse, type Decision, type Refusal } from '../refusal.ts'
import { canDock, canSettleDocking, canWorkOn, type Verdict } from './can.ts'
import {
  type Aside,
  ClockReading,
  type DockingEvent,
  ListedFile,
  type ReceiptLine,
  type VerifiedCopy,
} from './events.ts'
import { type DockedFile, type DockingState, isAtRest, type KnownDocking } from './state.ts'

/** A card with more is docked folder by folder: one event of the record stays readable. */
const MAX_FILES = 5000

export const BeginDocking = z.object({
  station: z.string().trim().min(1, '请写明采集站名称。').max(100),
  deviceId: z.string().trim().min(1, '请写明设备编号。').max(64),
  profile: z.string().min(1).max(60),
  files: z
    .array(ListedFile)
    .min(1, '卡内没有文件。')
    .max(MAX_FILES, `一次最多导入${MAX_FILES}个文件，请分文件夹导入。`)
    .refine((files) => new Set(files.map((f) => f.path)).size === files.length, {
      error: '同一个文件列了两次。',
    }),
  clock: ClockReading.optional(),
})
export type BeginDocking = z.infer<typeof BeginDocking>

export type DockingContext = Readonly<{ now: Instant; actor: Actor }>
type Ruling = Decision<DockingEvent>

const denied = (v: Verdict): Refusal | undefined => (v === true ? undefined : deny(v))
const unknown = () => refuse('not-found', '没有找到这次采集。', '请从采集列表中重新打开。')

const stamp = (now: Instant) => ({ schemaVersion: 1 as const, occurredAt: now })

const docked = (
  s: DockingState,
  can: (d: KnownDocking) => Verdict,
  then: (d: KnownDocking) => Ruling,
): Ruling => (s.status === 'none' ? unknown() : (denied(can(s)) ?? then(s)))

const worksOn = (c: DockingContext) => (d: KnownDocking) => canWorkOn(d.begunBy, c.actor)
const settles = (c: DockingContext) => () => canSettleDocking(c.actor)
/** The system itself, for whoever was admitted before. */
const system = () => true as const

export const beginDocking = (s: DockingState, b: BeginDocking, c: DockingContext): Ruling => {
  const no = denied(canDock(c.actor))
  if (no) return no
  if (s.status !== 'none') return refuse('duplicate', '这次采集已经开始。', '请直接继续。')
  const { station, deviceId, profile, files, clock } = b
  const internal = present({ station, device: { id: deviceId }, profile, files, clock })
  return [{ ...stamp(c.now), type: 'DockingBegun', data: { internal } }]
}

/** The same reading again says nothing new; what is registered already keeps what was known then. */
export const readClock = (s: DockingState, clock: ClockReading, c: DockingContext): Ruling =>
  docked(s, worksOn(c), (d) =>
    d.status !== 'open' || (d.clock?.readAt === clock.readAt && d.clock.offsetMs === clock.offsetMs)
      ? []
      : [{ ...stamp(c.now), type: 'DeviceClockRead', data: { internal: { clock } } }],
  )

/** What the server made of files whose digests came: a recording each, or a reason why not. */
export type Sorted = Readonly<{ path: string; sha256: string }> &
  (Readonly<{ recordingId: string }> | Omit<Aside, 'path' | 'sha256'>)

/** Names the first file that is not on the list, or that came before with other bytes. Those that came before as they are now are left out. */
const newOf = (d: KnownDocking, sorted: readonly Sorted[]): readonly Sorted[] | Refusal => {
  const files = new Map(d.files.map((f) => [f.path, f]))
  const fresh: Sorted[] = []
  for (const one of sorted) {
    const file = files.get(one.path)
    if (file === undefined)
      return refuse('not-found', `${one.path} 不在本次采集的文件清单里。`, '请重新开始采集，清单会重新读取。')
    if (file.as === 'listed') fresh.push(one)
    else if (file.sha256 !== one.sha256)
      return refuse(
        'bad-evidence',
        `${one.path} 的内容与本次采集中先前读到的不同。`,
        '请停用这张存储卡，另行采集并报告设备故障。',
      )
  }
  return fresh
}

export const sortFiles = (s: DockingState, sorted: readonly Sorted[], c: DockingContext): Ruling =>
  docked(s, worksOn(c), (d) => {
    const fresh = newOf(d, sorted)
    if ('refused' in fresh) return fresh
    const registered = fresh.flatMap((f) => ('recordingId' in f ? [f] : []))
    const aside = fresh.flatMap((f) => ('recordingId' in f ? [] : [f]))
    return [
      ...(registered.length === 0
        ? []
        : [
            {
              ...stamp(c.now),
              type: 'DockedFilesRegistered' as const,
              data: { internal: { files: registered } },
            },
          ]),
      ...(aside.length === 0
        ? []
        : [{ ...stamp(c.now), type: 'DockedFilesSetAside' as const, data: { internal: { files: aside } } }]),
    ]
  })

const asideOf = (d: KnownDocking, path: string) => {
  const file = d.files.find((f) => f.path === path)
  return file?.as === 'aside' ? file : undefined
}

/** By the system, when the bytes of a file that was set aside have been read back. A second time changes nothing. */
export const keepAside = (
  s: DockingState,
  k: Readonly<{ path: string; blob: BlobRef; uploadId: string }>,
  now: Instant,
): Ruling =>
  docked(s, system, (d) => {
    const file = asideOf(d, k.path)
    if (file === undefined) return unknown()
    if (file.kept) return []
    const { path, blob, uploadId } = k
    return [
      { ...stamp(now), type: 'AsideBytesKept', data: { public: { blob }, internal: { path, uploadId } } },
    ]
  })

export const rejectAside = (
  s: DockingState,
  internal: Readonly<{ path: string; uploadId: string; received: string }>,
  now: Instant,
): Ruling =>
  docked(s, system, (d) =>
    asideOf(d, internal.path) === undefined
      ? unknown()
      : [{ ...stamp(now), type: 'AsideBytesRejected', data: { internal } }],
  )

export type ResolveAside = Readonly<{ path: string }> & Readonly<{ recordingId: string } | { stays: string }>

/** The custodian has looked: it is a recording after all, or stays what it is, and why. */
export const resolveAside = (s: DockingState, r: ResolveAside, c: DockingContext): Ruling =>
  docked(s, settles(c), (d) => {
    const file = asideOf(d, r.path)
    if (file === undefined) return refuse('not-found', '没有这个待认领的文件。', '请刷新列表。')
    if (file.sizeBytes === 0 && 'recordingId' in r)
      return refuse('wrong-state', '空文件里没有音像。', '请选“不是音像记录”，写明情况。')
    if (file.resolved !== undefined) return refuse('duplicate', '这个文件已经认领。', '不需要再次办理。')
    if (!file.kept) return refuse('wrong-state', '这个文件还没有完整入库。', '请等待上传完成后再认领。')
    return [{ ...stamp(c.now), type: 'AsideResolved', data: { internal: r } }]
  })

/** `kept`: recordings whose bytes are in the store. */
export const completeDocking = (s: DockingState, kept: ReadonlySet<string>, c: DockingContext): Ruling =>
  docked(s, worksOn(c), (d) => {
    if (d.status !== 'open') return refuse('duplicate', '这次采集已经完成。', '不需要再次办理。')
    const missing = d.files.filter((f) => !isAtRest(f, kept))
    const [first] = missing
    if (first !== undefined)
      return refuse(
        'incomplete',
        `还有${missing.length}个文件没有入库，如 ${first.path}。`,
        '请保持设备连接，等待上传完成；中断的会从断点继续。',
      )
    const bytes = d.files.reduce((sum, f) => sum + f.sizeBytes, 0)
    return [
      { ...stamp(c.now), type: 'DockingCompleted', data: { internal: { files: d.files.length, bytes } } },
    ]
  })

const STORES_NEEDED = 2

const lineOf = (f: DockedFile, copies: ReadonlyMap<string, readonly VerifiedCopy[]>): ReceiptLine => {
  const sha256 = f.as === 'listed' ? '' : f.sha256
  return { path: f.path, sizeBytes: f.sizeBytes, sha256, copies: [...(copies.get(sha256) ?? [])] }
}
const isSafe = (l: ReceiptLine) =>
  l.sizeBytes === 0 || new Set(l.copies.map((copy) => copy.store)).size >= STORES_NEEDED

/** `copies`: by digest, where the bytes lie and when they were read back. The receipt names what the station may delete. */
export const clearDevice = (
  s: DockingState,
  given: Readonly<{ copies: ReadonlyMap<string, readonly VerifiedCopy[]>; stores: number }>,
  c: DockingContext,
): Ruling =>
  docked(s, settles(c), (d) => {
    if (d.status === 'cleared') return refuse('duplicate', '这台设备已经准许清空。', '请按清空凭证办理。')
    if (d.status === 'open')
      return refuse('wrong-state', '还有文件没有入库，不能清空设备。', '请先完成采集。')
    if (given.stores < STORES_NEEDED)
      return refuse(
        'wrong-state',
        '系统只有一处存储（同一块磁盘上的两处也算一处），不能清空设备：设备里的原件是唯一的另一份。',
        '请系统管理员在另一块磁盘上配置第二存储，文件在两处都回读核对一致后再清空。',
      )
    const receipt = d.files.map((f) => lineOf(f, given.copies))
    const unsafe = receipt.filter((l) => !isSafe(l))
    const [first] = unsafe
    if (first !== undefined)
      return refuse(
        'wrong-state',
        `有${unsafe.length}个文件还没有在两处存储都回读核对一致，如 ${first.path}。`,
        '请等待第二存储复制完成后再清空。',
      )
    return [{ ...stamp(c.now), type: 'DeviceCleared', data: { internal: { receipt } } }]
  })
