import { spawn, type ChildProcess } from 'node:child_process'

const start = (
  command: string,
  args: readonly string[],
  stdio: 'inherit' | 'pipe',
  more: Readonly<Record<string, string>>,
): ChildProcess => {
  const path = `${new URL('../node_modules/.bin', import.meta.url).pathname}:${process.env['PATH'] ?? ''}`
  return spawn(command, args, {
    stdio: stdio === 'inherit' ? stdio : ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PATH: path, ...more },
  })
}

const ended = (child: ChildProcess, event: 'exit' | 'close'): Promise<number> =>
  new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on(event, (code, signal) => resolve(signal === null ? (code ?? 1) : 1))
  })

/** Runs a command with our own tools first on the path; resolves with its exit code. */
export const run = (
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> => ended(start(command, args, 'inherit', env), 'exit')

/** As `run`, but what the command says is kept and printed in one piece when it has ended. */
const runQuietly = async (command: string, args: readonly string[]): Promise<number> => {
  const child = start(command, args, 'pipe', {})
  const said: Buffer[] = []
  child.stdout?.on('data', (part: Buffer) => said.push(part))
  child.stderr?.on('data', (part: Buffer) => said.push(part))
  const code = await ended(child, 'close')
  process.stdout.write(Buffer.concat(said))
  return code
}

const timed = async (name: string, work: () => Promise<number>): Promise<number> => {
  const started = performance.now()
  const code = await work()
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`)
  return code
}

/** Runs steps one after the other, each with its name and seconds; stops at the first that fails. */
export const runAll = async (
  steps: readonly { name: string; run: () => Promise<number> }[],
): Promise<void> => {
  for (const step of steps) {
    const code = await timed(step.name, step.run)
    if (code !== 0) process.exit(code)
  }
}

/** Runs commands that do not need each other at the same time; all are told, and one that fails fails the whole. */
export const runTogether = async (
  steps: readonly { name: string; command: readonly [string, ...string[]] }[],
): Promise<void> => {
  const codes = await Promise.all(
    steps.map(({ name, command: [tool, ...args] }) => timed(name, () => runQuietly(tool, args))),
  )
  process.exitCode = codes.find((code) => code !== 0) ?? 0
}
