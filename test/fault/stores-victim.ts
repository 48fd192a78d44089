import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Point } from './system-calls.ts'

const SCRIPT = join(import.meta.dirname, '..', 'stores-worker.ts')

export type Victim = Readonly<{
  pid: number
  ask: (what: string) => Promise<string | undefined>
  end: () => Promise<void>
}>
export type VictimOptions = Readonly<{ databaseUrl: string; first: string; second: string; next?: string }>

/** One thread for files, so that each call comes in one order. Answers nothing when it was killed. */
export const startVictim = async (options: VictimOptions): Promise<Victim> => {
  const child = spawn(process.execPath, [SCRIPT, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, UV_THREADPOOL_SIZE: '1' },
  })
  const exited = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })
  const answer = () =>
    Promise.race([once(lines, 'line').then(([line]) => String(line)), exited.then(() => undefined)])
  const ready = answer()
  if ((await ready) === undefined) throw new Error('the worker ended before it began')
  return {
    pid: child.pid ?? 0,
    ask: (what) => {
      const answered = answer()
      child.stdin.write(`${what}\n`)
      return answered
    },
    end: async () => {
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** Work over whole stores makes thousands of calls: not each of them is a case of its own. */
export const spread = (all: readonly Point[], wanted: number): readonly Point[] => {
  const step = Math.max(1, all.length / wanted)
  return Array.from({ length: Math.min(all.length, wanted) }, (_, i) => all[Math.floor(i * step)]).filter(
    (p) => p !== undefined,
  )
}
