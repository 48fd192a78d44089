import type { StoreVerdict } from './events.ts'
import { type Hand, judgeLocks, type LockStanding, type LockState } from './judge-lock.ts'

/** How one of the two stores stands now. */
export type StoreStanding = Readonly<{
  /** Absent: none is configured. */
  reached?: Readonly<{ here: boolean; why?: string }>
  files: number
  /** Copies that should have been read back by now and never were. */
  neverRead: number
  bad: number
  oldestReadAt?: string
  lock: LockStanding
}>

export type StoresState = Readonly<{
  now: string
  first: StoreStanding
  second: StoreStanding
  /** True when losing one device loses both; absent when it cannot be told. */
  onOneDevice?: boolean
  /** Originals that should have their copy by now and have none. */
  uncopied: number
  scrub?: Readonly<{ at: string; verdict: StoreVerdict }>
  inventory?: Readonly<{ at: string; verdict: StoreVerdict }>
  rehearsal?: Readonly<{ at: string; verdict: StoreVerdict }>
  scrubDays: number
  rehearsalDays: number
  shortestKeeping?: LockState['shortest']
}>

export const STORE_CHECKS = ['second', 'copies', 'bytes', 'scrub', 'inventory', 'rehearsal', 'lock'] as const
export type StoreCheckId = (typeof STORE_CHECKS)[number]
export type StoreCheck = Readonly<{
  id: StoreCheckId
  ok: boolean
  /** Nothing was promised: it is said, and is neither good nor bad. */
  told?: true
  message: string
  todo?: string
  /** Who can do it. */
  by: Hand
}>

/** The same to somebody who cannot reach the machine: whom to tell, instead of what to run. */
export const forKeeper = (check: StoreCheck): StoreCheck =>
  check.todo !== undefined && check.by === 'machine'
    ? { ...check, todo: '请告知系统管理员处理，并在这里看它是否恢复正常。' }
    : check

const DAY_MS = 86_400_000
/** Runs are daily; a day may be missed before it is told. */
const RUN_DAYS = 2

const good = (id: StoreCheckId, message: string): StoreCheck => ({ id, ok: true, message, by: 'keeper' })
const bad = (id: StoreCheckId, message: string, todo: string): StoreCheck => ({
  id,
  ok: false,
  message,
  todo,
  by: 'machine',
})
/** Nothing is there yet: it comes with the first file, and nobody has to do anything to the machine. */
const empty = (id: StoreCheckId, message: string, todo: string): StoreCheck => ({
  ...bad(id, message, todo),
  by: 'keeper',
})

const daysSince = (s: StoresState, at: string): number =>
  Math.floor((Date.parse(s.now) - Date.parse(at)) / DAY_MS)

const judgeSecond = (s: StoresState): StoreCheck => {
  const { reached } = s.second
  if (reached === undefined)
    return bad(
      'second',
      '没有第二存储，文件只有一份。',
      '请在另一台设备上备一个文件夹，或者一个桶，设置 LIUHEN_SECOND_STORE 后重新启动。',
    )
  if (!reached.here) return bad('second', '第二存储现在不可用。', reached.why ?? '请检查磁盘或者挂载。')
  if (s.onOneDevice === undefined && s.second.lock.place === 'bucket')
    return bad(
      'second',
      '第二存储是本机提供的对象存储，文件实际存放在哪里无从得知，不能算异地保存。',
      '请改用另一台设备上的对象存储，地址里写它的主机名。',
    )
  if (s.onOneDevice !== false)
    return bad(
      'second',
      '第二存储与主存储在同一台设备上，不是异地保存：设备坏了，两份一起丢失。',
      '请把第二存储改到另一台设备，最好在另一处办公地点。',
    )
  return good('second', '第二存储可用，在另一台设备上。')
}

const judgeCopies = (s: StoresState): StoreCheck => {
  if (s.second.reached === undefined)
    return bad('copies', '没有第二存储，一个文件也没有复制。', '请先配置第二存储。')
  if (s.uncopied > 0)
    return bad(
      'copies',
      `有 ${s.uncopied} 个文件超过一天还没有复制到第二存储。`,
      '请查看第二存储是否可用、空间是否够用；恢复后会自动续传。',
    )
  if (s.second.files === 0) return empty('copies', '还没有复制任何文件。', '有文件入库后会自动复制。')
  return good('copies', '入库的文件都已复制到第二存储，并读回核对。')
}

const judgeBytes = (s: StoresState): StoreCheck => {
  const wrong = s.first.bad + s.second.bad
  if (!(s.first.reached?.here ?? false))
    return bad('bytes', '主存储现在不可用。', s.first.reached?.why ?? '请检查磁盘或者挂载。')
  if (wrong > 0)
    return bad(
      'bytes',
      `有 ${wrong} 份文件读不出或者与入库时不一致。`,
      '巡检会用另一份完好的修复；修复不了的请从备份恢复。',
    )
  const old = [s.first, s.second].some(
    ({ oldestReadAt, neverRead }) =>
      neverRead > 0 || (oldestReadAt !== undefined && daysSince(s, oldestReadAt) > s.scrubDays),
  )
  if (old)
    return bad(
      'bytes',
      `有文件超过 ${s.scrubDays} 天没有读回核对。`,
      '请运行 liuhen scrub，或者调高 LIUHEN_SCRUB_MIB_PER_SECOND。',
    )
  if (s.first.files === 0) return empty('bytes', '还没有文件。', '有文件入库后才能核对。')
  return good('bytes', `每一份文件都在 ${s.scrubDays} 天之内读回核对过。`)
}

const WORD: Readonly<Record<StoreVerdict, string>> = {
  pass: '通过',
  fail: '不通过',
  'not-checked': '未验证',
}

type Run = Readonly<{
  id: StoreCheckId
  name: string
  last: StoresState['scrub']
  within: number
  command: string
}>

const judgeRun = (s: StoresState, { id, name, last, within, command }: Run): StoreCheck => {
  const todo = `请运行 ${command}，按提示处理。`
  if (last === undefined) return bad(id, `还没有做过${name}。`, todo)
  if (last.verdict !== 'pass') return bad(id, `最近一次${name}的结论是“${WORD[last.verdict]}”。`, todo)
  const days = daysSince(s, last.at)
  if (days > within) return bad(id, `最近一次${name}在 ${days} 天前，超过 ${within} 天。`, todo)
  return good(id, `最近一次${name}通过。`)
}

const judgeLock = (s: StoresState): StoreCheck => {
  const stores = [
    { name: '主存储', lock: s.first.lock },
    ...(s.second.reached === undefined ? [] : [{ name: '第二存储', lock: s.second.lock }]),
  ]
  const shortest = s.shortestKeeping
  return {
    id: 'lock',
    ...judgeLocks({ now: s.now, stores, ...(shortest === undefined ? {} : { shortest }) }),
  }
}

/** Every check with what to do. The stores are sound only when all of them hold: what is not known is not sound. */
export const judgeStores = (s: StoresState): readonly StoreCheck[] => [
  judgeSecond(s),
  judgeCopies(s),
  judgeBytes(s),
  judgeRun(s, { id: 'scrub', name: '巡检', last: s.scrub, within: RUN_DAYS, command: 'liuhen scrub' }),
  judgeRun(s, {
    id: 'inventory',
    name: '盘点',
    last: s.inventory,
    within: RUN_DAYS,
    command: 'liuhen inventory',
  }),
  judgeRun(s, {
    id: 'rehearsal',
    name: '恢复演练',
    last: s.rehearsal,
    within: s.rehearsalDays,
    command: 'liuhen rehearse-restore',
  }),
  judgeLock(s),
]
