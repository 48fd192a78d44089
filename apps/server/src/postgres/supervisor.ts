import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { chmod, chown, lstat, mkdir, open, readFile, realpath, rename, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { ChildProcess } from 'node:child_process'
import { findBinaries, linkLibraries } from './binaries.ts'
import { ensureDataDirectory, SUPERUSER } from './data-directory.ts'
import { stopOrphan } from './orphan.ts'
import { spawnAs } from './spawn-server.ts'
import { systemUserFor, type SystemUser } from './system-user.ts'

export type EmbeddedPostgres = Readonly<{
  /** URL of the superuser; other roles are derived from it. */
  url: string
  pid: number
  /** Resolves when the server ends, wanted or not. */
  exited: Promise<number | null>
  stop(): Promise<void>
}>

export type EmbeddedOptions = Readonly<{
  folder: string
  password: string
  /** Only for tests: without it every commit reaches the disk. */
  durable?: boolean
  maxConnections?: number
}>

/** Sockets have paths of at most 107 bytes, so they live under the system's temporary folder, closed to others. */
const socketFolder = async (folder: string, user: SystemUser | undefined): Promise<string> => {
  const path = join(tmpdir(), `liuhen-pg-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`)
  await mkdir(path, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  const found = await lstat(path)
  const owners = [process.getuid?.(), user?.uid]
  if (!found.isDirectory() || !owners.includes(found.uid))
    throw new Error(`${path} 属于别人，请删除后重新启动。`)
  if (user !== undefined) await chown(path, user.uid, user.gid)
  await chmod(path, 0o700)
  return path
}

/** The kernel frees an abstract socket with its process, however that ends: one supervisor for a folder at a time. */
const lockFolder = async (folder: string): Promise<Server> => {
  const lock = createServer()
  lock.listen(`\0liuhen-${createHash('sha256').update(folder).digest('hex')}`)
  await Promise.race([
    once(lock, 'listening'),
    once(lock, 'error').then(([error]) => {
      throw new Error(`数据目录 ${folder} 正被另一个进程使用，请先停掉它。`, { cause: error })
    }),
  ])
  lock.unref()
  return lock
}

const serverArguments = (data: string, sockets: string, options: EmbeddedOptions): readonly string[] => {
  const durable = options.durable ?? true
  const settings = {
    listen_addresses: '',
    unix_socket_directories: sockets,
    max_connections: `${options.maxConnections ?? 120}`,
    shared_buffers: '192MB',
    max_wal_size: '2GB',
    fsync: durable ? 'on' : 'off',
    synchronous_commit: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',
    jit: 'off',
    timezone: 'UTC',
    log_min_messages: 'warning',
  }
  return ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}

const openLog = async (folder: string) => {
  const path = join(folder, 'server.log')
  const size = await stat(path).then(
    (s) => s.size,
    () => 0,
  )
  if (size > 10 * 1024 * 1024) await rename(path, `${path}.1`)
  return open(path, 'a')
}

/** The postmaster writes `ready` into its lock file; a line with another pid is not ours. */
const waitUntilReady = async (child: ChildProcess, data: string): Promise<boolean> => {
  while (child.exitCode === null && child.signalCode === null) {
    const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready') return true
    await pause(20)
  }
  return false
}

const tailOf = async (folder: string): Promise<string> =>
  (await readFile(join(folder, 'server.log'), 'utf8')).trim().split('\n').slice(-8).join('\n')

const ATTEMPTS = 20

/** Starts the embedded server on its folder, after stopping what a killed parent may have left there. */
export const startPostgres = async (options: EmbeddedOptions): Promise<EmbeddedPostgres> => {
  await mkdir(options.folder, { recursive: true })
  const folder = await realpath(options.folder)
  const binaries = findBinaries()
  const user = systemUserFor(join(folder, 'data'), [folder, binaries.root])
  const lock = await lockFolder(folder)
  try {
    const libraries = await linkLibraries(binaries, join(folder, 'lib'))
    const data = await ensureDataDirectory({ folder, binaries, libraries, user, password: options.password })
    const sockets = await socketFolder(folder, user)
    for (let attempt = 1; ; attempt++) {
      await stopOrphan(data)
      const log = await openLog(folder)
      const args = serverArguments(data, sockets, options)
      const child = spawnAs(user, binaries.postgres, args, { libraries, stdio: ['ignore', log.fd, log.fd] })
      await log.close()
      const gone = new Promise<number | null>((done) => child.once('exit', done))
      const failed = new Promise<never>((_, fail) => child.once('error', fail))
      if (await Promise.race([waitUntilReady(child, data), failed]))
        return running(child, gone, sockets, options, lock)
      const tail = await tailOf(folder)
      // A backend of a killed postmaster may live a moment longer than it and still holds the shared memory.
      if (!tail.includes('shared memory block') || attempt === ATTEMPTS)
        throw new Error(`数据库启动失败：\n${tail}`)
      await pause(200)
    }
  } catch (error) {
    lock.close()
    throw error
  }
}

const running = (
  child: ChildProcess,
  gone: Promise<number | null>,
  sockets: string,
  options: EmbeddedOptions,
  lock: Server,
): EmbeddedPostgres => {
  if (child.pid === undefined) throw new Error('a ready server has a pid')
  // Whoever hears that it ended may start it again, so the folder is free by then.
  const exited = gone.then(async (code) => {
    lock.close()
    await once(lock, 'close')
    return code
  })
  return {
    url: `postgres://${SUPERUSER}:${encodeURIComponent(options.password)}@localhost/postgres?host=${encodeURIComponent(sockets)}`,
    pid: child.pid,
    exited,
    stop: async () => {
      child.kill('SIGINT')
      await exited
    },
  }
}
