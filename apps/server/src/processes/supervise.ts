import { fork, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import type { Settings } from './settings.ts'

const Ready = z.object({ ready: z.union([z.literal(true), z.string()]), url: z.string().optional() })

/** Our own children get their settings over a private channel; the portal, a program of its own, by its environment. */
export type Program = Readonly<{ name: string; file: string }> &
  (Readonly<{ settings: Settings }> | Readonly<{ environment: Readonly<Record<string, string>> }>)

export type Supervised = Readonly<{
  url: string | undefined
  /** Of the process that runs now; another one after a crash. */
  pid(): number | undefined
  stop(): Promise<void>
}>

type Started = Readonly<{ child: ChildProcess; url: string | undefined }>

const exitOf = (child: ChildProcess): Promise<never> =>
  once(child, 'exit').then(([code, signal]) => {
    throw new Error(`ended before it was ready: ${String(code ?? signal)}`)
  })

const startOwn = async (file: string, settings: Settings): Promise<Started> => {
  const child = fork(file, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const gone = exitOf(child)
  child.send(settings)
  const [message] = await Promise.race([once(child, 'message'), gone])
  gone.catch(() => undefined)
  return { child, url: Ready.parse(message).url }
}

/** Ready is a line of JSON on its output. */
const startForeign = async (
  file: string,
  environment: Readonly<Record<string, string>>,
): Promise<Started> => {
  const child = spawn(process.execPath, [file], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...environment },
  })
  const gone = exitOf(child)
  const [line] = await Promise.race([once(child.stdout, 'data'), gone])
  gone.catch(() => undefined)
  child.stdout.pipe(process.stderr)
  return { child, url: Ready.parse(JSON.parse(String(line).split('\n')[0] ?? '')).url }
}

const start = (program: Program): Promise<Started> =>
  'settings' in program
    ? startOwn(program.file, program.settings)
    : startForeign(program.file, program.environment)

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const late = new AbortController()
  void pause(15_000, undefined, { signal: late.signal }).then(
    () => child.kill('SIGKILL'),
    () => undefined,
  )
  await gone
  late.abort()
}

const MAX_PAUSE_MS = 10_000

/** Starts a program, and again whenever it ends by itself, ever more slowly while it keeps failing. */
export const supervise = async (program: Program): Promise<Supervised> => {
  let stopped = false
  let now = await start(program)
  const { url } = now
  const watch = async (): Promise<void> => {
    for (let wait = 100; !stopped; wait = Math.min(wait * 2, MAX_PAUSE_MS)) {
      const begun = performance.now()
      if (now.child.exitCode === null && now.child.signalCode === null) await once(now.child, 'exit')
      if (stopped) return
      console.error(
        `${program.name} ended (${String(now.child.exitCode ?? now.child.signalCode)}) and is started again`,
      )
      if (performance.now() - begun > 60_000) wait = 100
      await pause(wait)
      if (stopped) return
      now = await start(program).catch((error: unknown) => {
        console.error(`${program.name} did not start`, error)
        return now
      })
    }
  }
  const watching = watch()
  // A start that was under way when we were told to stop ends here, not before it was begun.
  const endAll = async (): Promise<void> => {
    await end(now.child)
    await watching
    await end(now.child)
  }
  return {
    url,
    pid: () => now.child.pid,
    stop: async () => {
      stopped = true
      await endAll()
    },
  }
}
