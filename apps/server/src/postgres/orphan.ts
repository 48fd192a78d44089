import { readdir, readFile, readlink, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const isZombie = async (pid: number): Promise<boolean> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return / Z /.test(stat.slice(stat.lastIndexOf(')')))
}

/** Living processes that work in this folder: the postmaster and its backends make it their working directory. */
export const processesIn = async (folder: string): Promise<readonly number[]> => {
  const found: number[] = []
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const cwd = await readlink(`/proc/${name}/cwd`).catch(() => undefined)
    if (cwd === folder && !(await isZombie(Number(name)))) found.push(Number(name))
  }
  return found
}

const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name)
  } catch {
    // It ended between being listed and being signalled.
  }
}

const waitUntilNone = async (folder: string, seconds: number): Promise<boolean> => {
  for (let waitedMs = 0; waitedMs < seconds * 1000; waitedMs += 50) {
    if ((await processesIn(folder)).length === 0) return true
    await pause(50)
  }
  return false
}

/**
 * Ends what a killed parent left behind: first in order (SIGINT, PostgreSQL's fast shutdown), then at once (SIGQUIT).
 * The lock file is removed only if nobody lives in the folder and the pid in it is dead for certain or a zombie.
 */
export const stopOrphan = async (folder: string): Promise<'none' | 'stopped'> => {
  const lock = join(folder, 'postmaster.pid')
  const pid = Number((await readFile(lock, 'utf8').catch(() => '')).split('\n')[0])
  const living = await processesIn(folder)
  if (living.length > 0) {
    if (living.includes(pid)) signal(pid, 'SIGINT')
    if (!(await waitUntilNone(folder, 10))) {
      for (const left of await processesIn(folder)) signal(left, 'SIGQUIT')
      if (!(await waitUntilNone(folder, 10)))
        throw new Error(`上次留下的数据库进程停不下来：${living.join(', ')}`)
    }
  }
  if (Number.isInteger(pid) && pid > 0 && (await isZombie(pid))) await rm(lock, { force: true })
  return living.length > 0 ? 'stopped' : 'none'
}
