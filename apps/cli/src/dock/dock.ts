import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { signIn } from '@liuhen/api/routes/session'
import { ApiError, openSession } from '../api-session.ts'
import { EXIT } from '../exit.ts'
import { startProgress } from '../progress.ts'
import { dockCard, type DockedCard, type Station } from './dock-card.ts'
import { atMost, limitTo } from './limit.ts'
import { loadProfiles } from './profile.ts'

export type DockFlags = Readonly<{
  login: string
  station: string
  profile: string
  profiles?: string
  device?: string
  display?: string
  parallel: string
  limit?: string
  watch?: boolean
  clear?: boolean
  url: string
}>

const MIB = 1024 * 1024

const numberOf = (name: string, text: string): number => {
  const n = Number(text)
  if (!(n > 0)) throw new Error(`${name} 须是大于零的数，现为 ${text}`)
  return n
}

const openStation = async (o: DockFlags, json: boolean): Promise<Station> => {
  const profiles = await loadProfiles(o.profiles)
  const profile = profiles.get(o.profile)
  if (profile === undefined)
    throw new Error(`没有命名规则 ${o.profile}。现有：${[...profiles.keys()].join('、')}`)
  const parallel = Math.floor(numberOf('--parallel', o.parallel))
  const limit = o.limit === undefined ? undefined : numberOf('--limit', o.limit) * MIB
  const password = process.env['LIUHEN_PASSWORD'] ?? ''
  const session = openSession(o.url)
  await session.call(signIn, { body: { login: o.login, password } })
  const bar = startProgress(process.stderr, json)
  return {
    name: o.station,
    session,
    profile,
    limit: limitTo(limit),
    lane: atMost(parallel),
    clear: o.clear === true,
    now: () => new Date(),
    tell: bar.step,
    progress: bar.bar,
  }
}

const say = (card: DockedCard): void => {
  const { deviceId, files, recordings, aside, failed, cleared, notCleared } = card
  console.log(`${deviceId}：${files} 个文件，其中音像 ${recordings} 个，另存 ${aside.length} 个`)
  for (const a of aside) console.log(`  另存 ${a.path}：${a.note}`)
  for (const f of failed) console.log(`  没有上传 ${f}`)
  if (cleared) console.log(`  已从设备删除 ${cleared.deleted} 个文件`)
  for (const k of cleared?.kept ?? []) console.log(`  采集后变动过，保留在设备中：${k}`)
  if (notCleared !== undefined) console.log(`  设备没有清空：${notCleared}`)
}

const report = (card: DockedCard, json: boolean): void => {
  if (json) console.log(JSON.stringify(card))
  else say(card)
}

const POLL_MS = 1000
const RETRY_MS = 30_000

/** A mount point without a card is an empty folder. */
const cardsIn = async (folder: string): Promise<readonly string[]> => {
  const folders = (await readdir(folder, { withFileTypes: true })).filter((e) => e.isDirectory())
  const filled = folders.map(async ({ name }) =>
    (await readdir(join(folder, name)).catch(() => [])).length > 0 ? [name] : [],
  )
  return (await Promise.all(filled)).flat()
}

/** Each card that appears is docked; one of which something is left to do is tried again while it is there. */
export const watchCards = async (
  s: Station,
  folder: string,
  o: Readonly<{ done: (card: DockedCard) => void; signal: AbortSignal; pollMs?: number; retryMs?: number }>,
): Promise<void> => {
  const here = new Map<string, Promise<void>>()
  let lastLook: Date | undefined
  const told = new Map<string, string>()
  /** The same again is told once. */
  const tell = (card: DockedCard): void => {
    const text = JSON.stringify(card)
    if (told.get(card.deviceId) !== text) o.done(card)
    told.set(card.deviceId, text)
  }
  const dock = async (name: string, absentAt: Date | undefined): Promise<void> => {
    while (!o.signal.aborted) {
      try {
        const card = await dockCard(s, join(folder, name), absentAt === undefined ? {} : { absentAt })
        tell(card)
        if (card.failed.length === 0 && card.notCleared === undefined) return
      } catch (e) {
        s.tell(`${name}：${e instanceof Error ? e.message : String(e)}`)
      }
      await pause(o.retryMs ?? RETRY_MS, undefined, { signal: o.signal }).catch(() => undefined)
      if (!(await cardsIn(folder)).includes(name)) return
    }
  }
  while (!o.signal.aborted) {
    const look = s.now()
    const names = await cardsIn(folder)
    for (const name of here.keys()) if (!names.includes(name)) here.delete(name)
    for (const name of names) if (!here.has(name)) here.set(name, dock(name, lastLook))
    lastLook = look
    await pause(o.pollMs ?? POLL_MS, undefined, { signal: o.signal }).catch(() => undefined)
  }
  await Promise.all(here.values())
}

/** `liuhen dock`. Exit 1 when a file of the card is not in the store at the end. */
export const dockCommand = async (folder: string, o: DockFlags, json: boolean): Promise<number> => {
  if (process.env['LIUHEN_PASSWORD'] === undefined) {
    console.error('请在环境变量 LIUHEN_PASSWORD 中给出口令')
    return EXIT.usage
  }
  const station = await openStation(o, json).catch((e: unknown) => {
    if (e instanceof ApiError && e.status < 500) return e
    throw e
  })
  if (station instanceof ApiError) {
    console.error(station.problem.reasons[0]?.message ?? station.problem.title)
    return EXIT.usage
  }
  if (o.watch === true) {
    const stop = new AbortController()
    process.once('SIGINT', () => stop.abort())
    station.tell(`守候 ${folder}，按 Ctrl+C 结束`)
    await watchCards(station, folder, { done: (card) => report(card, json), signal: stop.signal })
    return EXIT.ok
  }
  const { device, display } = o
  const card = await dockCard(station, folder, {
    ...(device !== undefined && { deviceId: device }),
    ...(display !== undefined && { display }),
  })
  report(card, json)
  return card.failed.length === 0 && card.notCleared === undefined ? EXIT.ok : EXIT.fails
}
