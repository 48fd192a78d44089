import { readFileSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname } from 'node:path'

/** PostgreSQL refuses to run as root; another user of the system lends its number, none is created. */
export type SystemUser = Readonly<{ uid: number; gid: number; viaSetpriv?: readonly string[] }>

const numbersOf = (name: string): { uid: number; gid: number } | undefined => {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((l) => l.startsWith(`${name}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) }
}

/** The folder keeps the user that it was made with, also if the machine gets a `postgres` user later. */
const ownerOf = (folder: string): { uid: number; gid: number } | undefined => {
  const stat = statSync(folder, { throwIfNoEntry: false })
  return stat === undefined || stat.uid === 0 ? undefined : { uid: stat.uid, gid: stat.gid }
}

const traversable = (path: string, uid: number): boolean => {
  for (let at = path; ; at = dirname(at)) {
    const stat = statSync(at)
    if (stat.isDirectory() && (stat.mode & 0o001) === 0 && stat.uid !== uid) return false
    if (at === dirname(at)) return true
  }
}

const CAP_DAC_OVERRIDE = 1n
const CAP_DAC_READ_SEARCH = 2n

/** /root is closed to others: the server keeps the one right that lets it pass, the narrowest that this machine grants. */
const passingRights = (): readonly string[] => {
  const bounding = /^CapBnd:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0'
  const has = (capability: bigint): boolean => ((BigInt(`0x${bounding}`) >> capability) & 1n) === 1n
  const name = has(CAP_DAC_READ_SEARCH)
    ? 'dac_read_search'
    : has(CAP_DAC_OVERRIDE)
      ? 'dac_override'
      : undefined
  if (name === undefined) {
    throw new Error('数据目录所在的路径其他用户进不去，请把 LIUHEN_DATA 设到 /var/lib 这样的目录后重新启动。')
  }
  return ['--inh-caps', `+${name}`, '--ambient-caps', `+${name}`]
}

/** A container may run us under a number that no user has; initdb refuses that, in words that help nobody. */
const insistOnName = (): void => {
  try {
    userInfo()
  } catch {
    throw new Error(
      `当前用户（编号 ${String(process.getuid?.())}）在系统里没有名字，内嵌的 PostgreSQL 不能以它运行。请换一个 /etc/passwd 里有的用户，或者用 DATABASE_URL 指定 PostgreSQL 服务器。`,
    )
  }
}

/** The user that runs the server for this folder; undefined when we are not root and run it ourselves. */
export const systemUserFor = (folder: string, mustReach: readonly string[]): SystemUser | undefined => {
  if (process.getuid?.() !== 0) {
    insistOnName()
    return undefined
  }
  const user = ownerOf(folder) ?? numbersOf('postgres') ?? numbersOf('nobody')
  if (user === undefined) throw new Error('系统里没有 postgres 或 nobody 用户，请换一个普通用户启动。')
  return mustReach.every((path) => traversable(path, user.uid))
    ? user
    : { ...user, viaSetpriv: passingRights() }
}
