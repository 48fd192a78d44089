import {
  beginDocking,
  clearDevice,
  completeDocking,
  getDocking,
  type DockingView,
} from '@liuhen/api/routes/dockings'
import { ApiError, type Session } from '../api-session.ts'
import { clearCard, type Cleared } from './clear-card.ts'
import type { Limit } from './limit.ts'
import type { Profile } from './profile.ts'
import { type Card, readCard } from './read-card.ts'
import { readClockFile, readDisplay } from './read-clock.ts'
import { sendFiles, type Sending } from './send-files.ts'
import { deviceOf, type Read, sortFiles } from './sort-files.ts'

export type Station = Readonly<{
  name: string
  session: Session
  profile: Profile
  limit: Limit
  lane: Sending['lane']
  clear: boolean
  now: () => Date
  tell: (text: string) => void
  progress: (what: string, done: number, total: number) => void
}>

/** What is known of a card beforehand: what somebody states on the command line. */
export type Stated = Readonly<{
  deviceId?: string
  /** What its display shows now, yyyyMMddHHmmss. */
  display?: string
  /** When the card was not there yet: without it nobody knows when the device wrote its time. */
  absentAt?: Date
}>

export type DockedCard = Readonly<{
  dockingId: string
  deviceId: string
  status: DockingView['status']
  files: number
  recordings: number
  aside: readonly Readonly<{ path: string; reason: string; note: string }>[]
  failed: readonly string[]
  clock?: DockingView['clock']
  cleared?: Cleared
  /** Why the device may not be emptied yet. */
  notCleared?: string
}>

const viewOf = (session: Session, id: string) => session.call(getDocking, { params: { id } })

const sum = <T>(items: readonly T[], of: (item: T) => number) => items.reduce((n, item) => n + of(item), 0)

const sayClock = (clock: DockingView['clock']): string =>
  clock === undefined
    ? '设备时钟没有测量'
    : `设备时钟${clock.offsetMs < 0 ? '慢' : '快'} ${(Math.abs(clock.offsetMs) / 1000).toFixed(1)} 秒`

const readClock = async (s: Station, root: string, { display, absentAt }: Stated, { files }: Card) => {
  if (display !== undefined) return readDisplay(display, s.profile.zone, s.now())
  return absentAt === undefined ? undefined : readClockFile(root, s.profile, { files, absentAt }, s.now)
}

type Registered = Read & Readonly<{ id: string }>

/** Phase 1: the list at once, then a digest for each file. */
const register = async (s: Station, root: string, stated: Stated): Promise<Registered> => {
  const card = await readCard(root)
  const { files, odd } = card
  for (const path of odd) s.tell(`不是普通文件，没有读取：${path}`)
  if (files.length === 0) throw new Error(`${root} 里没有文件`)
  const deviceId = stated.deviceId ?? deviceOf(s.profile, files)
  if (deviceId === undefined) throw new Error('从文件名看不出设备编号，请用 --device 写明')
  const clock = await readClock(s, root, stated, card)
  const listed = files.map(({ path, sizeBytes, modifiedAt }) => ({ path, sizeBytes, modifiedAt }))
  const { id = '' } = await s.session.call(beginDocking, {
    body: { station: s.name, deviceId, profile: s.profile.name, files: listed, ...(clock && { clock }) },
  })
  s.tell(`${deviceId}：已登记清单，共 ${files.length} 个文件；${sayClock(clock)}`)
  const known = new Set(
    (await viewOf(s.session, id)).files.flatMap((f) => (f.as === 'listed' ? [] : [f.path])),
  )
  const rest = files.filter((f) => !known.has(f.path))
  const total = sum(rest, (f) => f.sizeBytes)
  let done = 0
  const read = await sortFiles(
    {
      session: s.session,
      dockingId: id,
      root,
      profile: s.profile,
      deviceId,
      onHashed: (bytes) => {
        done += bytes
        s.progress(`${deviceId} 登记`, done, total)
      },
    },
    rest,
  )
  const unreadable = card.unreadable.map((path) => `${path}：读不到`)
  return { id, digests: read.digests, failed: [...read.failed, ...unreadable] }
}

/** Phase 2: the bytes. */
const send = async (s: Station, root: string, docking: DockingView): Promise<readonly string[]> => {
  const sent = new Map<string, number>()
  const total = sum(docking.files, (f) => f.sizeBytes)
  const here = sum(
    docking.files.filter((f) => f.kept),
    (f) => f.sizeBytes,
  )
  const onSent = (path: string, bytes: number) => {
    sent.set(path, bytes)
    s.progress(`${docking.deviceId} 传输`, here + sum([...sent.values()], (n) => n), total)
  }
  return sendFiles({ session: s.session, root, limit: s.limit, lane: s.lane, onSent }, docking)
}

const refusalOf = (e: unknown): string => {
  if (!(e instanceof ApiError)) throw e
  return e.problem.reasons.map((r) => `${r.message}${r.todo}`).join('') || e.problem.title
}

const clear = async (
  s: Station,
  root: string,
  docking: DockingView,
  digests: Read['digests'],
): Promise<Pick<DockedCard, 'cleared' | 'notCleared'>> => {
  if (!s.clear || docking.status === 'open') return {}
  try {
    if (docking.status !== 'cleared')
      await s.session.call(clearDevice, { params: { id: docking.id }, body: {} })
  } catch (e) {
    return { notCleared: refusalOf(e) }
  }
  return { cleared: await clearCard(root, await viewOf(s.session, docking.id), digests) }
}

const summary = (d: DockingView, failed: readonly string[]): DockedCard => ({
  dockingId: d.id,
  deviceId: d.deviceId,
  status: d.status,
  files: d.files.length,
  recordings: d.files.filter((f) => f.as === 'recording').length,
  aside: d.files.flatMap(({ path, as, reason, note }) =>
    as === 'aside' ? [{ path, reason: reason ?? '', note: note ?? '' }] : [],
  ),
  failed,
  ...(d.clock && { clock: d.clock }),
})

/** One card from its list to its receipt. May be run again at any point: the server knows what is left. */
export const dockCard = async (s: Station, root: string, stated: Stated): Promise<DockedCard> => {
  const { id, digests, failed: unread } = await register(s, root, stated)
  const failed = [...unread, ...(await send(s, root, await viewOf(s.session, id)))]
  if (failed.length === 0 && (await viewOf(s.session, id)).status === 'open')
    await s.session.call(completeDocking, { params: { id }, body: {} })
  const cleared = await clear(s, root, await viewOf(s.session, id), digests)
  return { ...summary(await viewOf(s.session, id), failed), ...cleared }
}
