import { fork, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'

const Ready = z.object({ ready: z.union([z.literal(true), z.string()]), url: z.string().optional() })

/**
 * Our own children get their settings over a private channel; the portal, a program of its own, by its environment.
 * Settings that are still being made are waited for: meanwhile the child loads its code.
 */
export type Program = Readonly<{ name: string; file: string; codeCache?: string }> &
  (
    | Readonly<{ settings: object | Promise<object> }>
    | Readonly<{ environment: Readonly<Record<string, string>> }>
  )

export type Supervised = Readonly<{
  /** The address that it says it listens on, once it is ready for the first time; rejects when it ends before. */
  ready: Promise<string | undefined>
  /** Of the process that runs now, if one does; another one after a crash. */
  pid(): number | undefined
  stop(): Promise<void>
}>

type Started = Readonly<{ child: ChildProcess; ready: Promise<string | undefined> }>

const cacheIn = (codeCache: string | undefined): Record<string, string> =>
  codeCache === undefined ? {} : { NODE_COMPILE_CACHE: codeCache }

/** Its answer, or an error when it ends without one. */
const answerOf = async (child: ChildProcess, answer: Promise<unknown>): Promise<string | undefined> => {
  const gone = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`ended before it was ready: ${String(code ?? signal)}`)
  })
  return Ready.parse(await Promise.race([answer, gone])).url
}

const startOwn = (file: string, settings: object | Promise<object>, codeCache?: string): Started => {
  const child = fork(file, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // Settings hold the law, whose maps JSON would lose.
    serialization: 'advanced',
    // Node's own watch mode would report into our channel; the token's PIN is told to the one that needs it.
    env: {
      ...process.env,
      WATCH_REPORT_DEPENDENCIES: undefined,
      LIUHEN_PKCS11_PIN: undefined,
      ...cacheIn(codeCache),
    },
  })
  const tell = async (): Promise<void> => {
    const given = await settings
    if (child.connected) child.send(given)
  }
  const answer = async (): Promise<unknown> => (await Promise.all([once(child, 'message'), tell()]))[0][0]
  return { child, ready: answerOf(child, answer()) }
}

/** Ready is a line of JSON on its output. */
const startForeign = (
  file: string,
  environment: Readonly<Record<string, string>>,
  codeCache?: string,
): Started => {
  const child = spawn(process.execPath, [file], {
    // The channel says nothing; that it breaks tells the program that we are gone.
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: { ...environment, ...cacheIn(codeCache) },
  })
  const { stdout } = child
  if (stdout === null) throw new Error('its output is a pipe')
  const answer = async (): Promise<unknown> => {
    const [line] = await once(stdout, 'data')
    stdout.pipe(process.stderr)
    return JSON.parse(String(line).split('\n')[0] ?? '')
  }
  return { child, ready: answerOf(child, answer()) }
}

const start = (program: Program): Started => {
  const started =
    'settings' in program
      ? startOwn(program.file, program.settings, program.codeCache)
      : startForeign(program.file, program.environment, program.codeCache)
  // Whoever asks for it hears of the failure; nobody has to.
  started.ready.catch(() => undefined)
  return started
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null

const end = async (child: ChildProcess): Promise<void> => {
  if (hasEnded(child)) return
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

const MOST_PAUSE_MS = 10_000

/** Starts a program, and again whenever it ends by itself, ever more slowly while it keeps failing. */
export const supervise = (program: Program, mostPauseMs: number = MOST_PAUSE_MS): Supervised => {
  let stopped = false
  let now = start(program)
  const watch = async (): Promise<void> => {
    for (let wait = 100; !stopped; wait = Math.min(wait * 2, mostPauseMs)) {
      const begun = performance.now()
      if (!hasEnded(now.child)) await once(now.child, 'exit')
      if (stopped) return
      console.error(
        `${program.name} ended (${String(now.child.exitCode ?? now.child.signalCode)}) and is started again`,
      )
      if (performance.now() - begun > 60_000) wait = 100
      await pause(wait)
      if (stopped) return
      now = start(program)
    }
  }
  // A first start that fails is told to whoever waits for it, and not tried again.
  const watching = now.ready.then(watch, () => undefined)
  return {
    ready: now.ready,
    pid: () => (hasEnded(now.child) ? undefined : now.child.pid),
    stop: async () => {
      stopped = true
      await end(now.child)
      await watching
      // A start that was under way when we were told to stop ends here, not before it was begun.
      await end(now.child)
    },
  }
}
