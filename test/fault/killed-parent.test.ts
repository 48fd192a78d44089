import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { readConfig } from '../../apps/server/src/config/config.ts'
import { settledConfig } from '../../apps/server/src/processes/serve.ts'

const LIUHEN = join(import.meta.dirname, '..', '..', 'apps', 'cli', 'src', 'liuhen.ts')

let dataDir: string | undefined
let started: ChildProcess | undefined
afterEach(async () => {
  if (started?.exitCode === null && started.signalCode === null) {
    const gone = once(started, 'exit')
    started.kill('SIGTERM')
    await gone
  }
  if (dataDir !== undefined) await rm(dataDir, { recursive: true, force: true })
})

/** `liuhen serve`, as soon as it was asked for. */
const launch = (environment: Readonly<Record<string, string>>): ChildProcessByStdio<null, Readable, null> => {
  const child = spawn(process.execPath, [LIUHEN, 'serve'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, ...environment },
  })
  started = child
  return child
}

/** Until it says where the API and the portal are. */
const start = async (environment: Readonly<Record<string, string>>): Promise<ChildProcess> => {
  const child = launch(environment)
  let said = ''
  for await (const part of child.stdout) {
    said += String(part)
    if (said.split('http://').length > 2) break
  }
  expect(said.match(/http:\/\//g)).toHaveLength(2)
  return child
}

/** Processes that this one started: the fourth field of `stat`, behind a name that may hold anything, is the parent. */
const childrenOf = async (parent: number): Promise<readonly number[]> => {
  const found: number[] = []
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
    const [, above] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (Number(above) === parent) found.push(Number(name))
  }
  return found
}

const isAlive = async (pid: number): Promise<boolean> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return stat !== '' && !stat.slice(stat.lastIndexOf(')')).startsWith(') Z')
}

const commandOf = async (pid: number): Promise<string> =>
  (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ')

/** Until the portal has been begun, which is the last of them. */
const startHalf = async (environment: Readonly<Record<string, string>>): Promise<ChildProcess> => {
  const child = launch(environment)
  for (;;) {
    const commands = await Promise.all((await childrenOf(child.pid ?? 0)).map(commandOf))
    if (commands.some((command) => command.includes('portal'))) return child
    if (!(await isAlive(child.pid ?? 0))) throw new Error('it ended before it began the portal')
    await pause(5)
  }
}

test.each([
  ['while it starts', startHalf],
  ['when everything runs', start],
])(
  'when the first process is killed %s the others end, and a new start finds its ports and its database',
  async (_, begin) => {
    dataDir = await mkdtemp(join(tmpdir(), 'liuhen-parent-'))
    const given = { LIUHEN_DATA: dataDir, LIUHEN_PORT: '0', LIUHEN_PORTAL_PORT: '0', LIUHEN_LOG: 'silent' }
    const { port, portalPort } = await settledConfig(readConfig(given))
    const environment = { ...given, LIUHEN_PORT: `${port}`, LIUHEN_PORTAL_PORT: `${portalPort}` }

    const first = await begin(environment)
    const children = await childrenOf(first.pid ?? 0)
    const named = await Promise.all(children.map(commandOf))
    const own = children.filter((__, i) => !named[i]?.includes('postgres -D'))
    expect(own).toHaveLength(4)

    const gone = once(first, 'exit')
    first.kill('SIGKILL')
    await gone
    while ((await Promise.all(own.map(isAlive))).includes(true)) await pause(20)

    await start(environment)
    for (const path of [`${port}/readyz`, `${portalPort}/`])
      expect((await fetch(`http://127.0.0.1:${path}`)).status).toBe(200)
  },
  120_000,
)
