import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { BenchResult } from './bench.ts'

const LATER = 5
const COMMAND = join(import.meta.dirname, '..', 'apps', 'cli', 'src', 'liuhen.ts')

/** From the command to an API that says it is ready, with every process of the installation up. */
const startOnce = async (dataDir: string): Promise<number> => {
  const begun = performance.now()
  const { DATABASE_URL: _, ...environment } = process.env
  const child = spawn(process.execPath, [COMMAND, 'serve'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...environment,
      LIUHEN_DATA: dataDir,
      LIUHEN_PORT: '0',
      LIUHEN_PORTAL_PORT: '0',
      LIUHEN_LOG: 'silent',
    },
  })
  const exited = once(child, 'exit')
  const url = await addressIn(child.stdout)
  const ready = await fetch(`${url}/readyz`)
  const ms = performance.now() - begun
  child.stdout.resume()
  child.kill('SIGTERM')
  await exited
  if (!ready.ok) throw new Error(`not ready: ${await ready.text()}`)
  return ms
}

const addressIn = async (output: NodeJS.ReadableStream): Promise<string> => {
  for await (const line of createInterface({ input: output })) {
    const address = /^留痕已启动：(.*)$/.exec(line)?.[1]
    if (address !== undefined) return address
  }
  throw new Error('it ended without saying where it listens')
}

/** First start on an empty directory (initdb, migrations, keys), then starts on one that exists. */
export const run = async (): Promise<BenchResult> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'liuhen-start-'))
  try {
    const first = Math.round(await startOnce(dataDir))
    const later: number[] = []
    for (let i = 0; i < LATER; i++) later.push(Math.round(await startOnce(dataDir)))
    const median = later.toSorted((a, b) => a - b)[Math.floor(LATER / 2)] ?? 0
    return {
      name: 'start',
      figures: { 'first start ms': first, 'later start ms (median)': median, starts: LATER + 1 },
      targets: [
        { what: 'first start ms', value: first, atMost: 4_000 },
        { what: 'later start ms', value: median, atMost: 2_500 },
      ],
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}
