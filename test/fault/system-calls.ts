import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'

export const CAN_TRACE = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0

/** Threads of a server that has one thread for files and one that reads back: what each does comes in one order. */
const THREADS = { main: 'MainThread', files: 'libuv-worker', digester: 'WorkerThread' } as const
export type ThreadName = keyof typeof THREADS

const threadId = (pid: number, thread: ThreadName): number => {
  const ids = readdirSync(`/proc/${pid}/task`)
  const own = ids.filter(
    (t) => readFileSync(`/proc/${pid}/task/${t}/comm`, 'utf8').trim() === THREADS[thread],
  )
  if (own.length !== 1) throw new Error(`${own.length} threads are called ${THREADS[thread]}`)
  return Number(own[0])
}

/** Between two of these nothing happens that anybody else could see. The main thread's own are those to its sockets. */
const CALLS: Readonly<Record<ThreadName, readonly string[]>> = {
  main: ['read', 'write', 'writev', 'sendto', 'sendmsg', 'recvfrom', 'recvmsg'],
  files: [
    'openat read pread64 write pwrite64 pwritev fsync fdatasync ftruncate chmod fchmod mkdir link linkat rename',
    'unlink unlinkat statx stat lstat fstat newfstatat close',
  ].flatMap((line) => line.split(' ')),
  digester: ['openat', 'read', 'pread64', 'fstat', 'statx', 'close'],
}

export type Point = Readonly<{ thread: ThreadName; call: string; n: number }>
export type Fault = 'signal=KILL' | 'signal=STOP' | 'error=EIO' | 'error=ENOSPC'

type Tracing = Readonly<{ stop: () => Promise<void> }>

/** Attached when it resolves. Calls are counted from there. */
const trace = async (args: readonly string[], threads: number): Promise<Tracing> => {
  const child = spawn('strace', args, { stdio: ['ignore', 'ignore', 'pipe'] })
  const exited = once(child, 'exit')
  let said = ''
  while ((said.match(/attached/g) ?? []).length < threads) {
    const data = await Promise.race([
      once(child.stderr, 'data').then(([d]) => String(d)),
      exited.then(() => Promise.reject(new Error(`strace ended: ${said}`))),
    ])
    said += data
  }
  child.stderr.resume()
  return {
    stop: async () => {
      child.kill('SIGINT')
      await exited
    },
  }
}

/** `stop` answers whether the fault came: a run in which the n-th call was not made has shown nothing. */
export const injectAt = async (
  pid: number,
  point: Point,
  fault: Fault,
): Promise<Readonly<{ stop: () => Promise<boolean> }>> => {
  const what = `inject=${point.call}:${fault}:when=${point.n}`
  const id = String(threadId(pid, point.thread))
  const file = join(tmpdir(), `liuhen-fault-${randomUUID()}`)
  const tracing = await trace(['-o', file, '-e', `trace=${point.call}`, '-e', what, '-p', id], 1)
  return {
    stop: async () => {
      await tracing.stop()
      const said = readFileSync(file, 'utf8')
      await rm(file)
      return /INJECTED|killed by SIGKILL|stopped by SIGSTOP/.test(said)
    },
  }
}

/** Every call that this work makes, by thread and in how many-eth occurrence. */
export const countCalls = async (
  pid: number,
  work: () => Promise<unknown>,
  names: readonly ThreadName[] = ['main', 'files', 'digester'],
): Promise<readonly Point[]> => {
  const ids = new Map(names.map((name) => [String(threadId(pid, name)), name]))
  const file = join(tmpdir(), `liuhen-calls-${randomUUID()}`)
  const calls = [...new Set(names.flatMap((name) => CALLS[name]))].join(',')
  const pids = [...ids.keys()].flatMap((id) => ['-p', id])
  const tracing = await trace(['-o', file, '-e', `trace=${calls}`, ...pids], ids.size)
  await work()
  await tracing.stop()
  const counts = new Map<string, number>()
  const points: Point[] = []
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [, id = '', call = ''] = /^(\d+) +(\w+)\(/.exec(line) ?? []
    const thread = ids.get(id)
    if (thread === undefined || !CALLS[thread].includes(call)) continue
    const n = (counts.get(`${thread} ${call}`) ?? 0) + 1
    counts.set(`${thread} ${call}`, n)
    points.push({ thread, call, n })
  }
  await rm(file)
  return points
}
