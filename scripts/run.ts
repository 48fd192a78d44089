import { spawn } from 'node:child_process'

/** Runs a command with our own tools first on the path; resolves with its exit code. */
export const run = (
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> =>
  new Promise((resolve, reject) => {
    const path = `${new URL('../node_modules/.bin', import.meta.url).pathname}:${process.env['PATH'] ?? ''}`
    const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, PATH: path, ...env } })
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(signal === null ? (code ?? 1) : 1))
  })

/** Runs steps one after the other, each with its name and seconds; stops at the first that fails. */
export const runAll = async (
  steps: readonly { name: string; run: () => Promise<number> }[],
): Promise<void> => {
  for (const step of steps) {
    const started = performance.now()
    const code = await step.run()
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    console.log(`${code === 0 ? 'ok  ' : 'FAIL'} ${step.name} (${seconds} s)`)
    if (code !== 0) process.exit(code)
  }
}
