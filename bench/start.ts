import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../apps/server/src/config/config.ts'
import { serve } from '../apps/server/src/processes/serve.ts'
import type { BenchResult } from './bench.ts'

const WARM = 3

/** From the call to an API that answers, with every process of the installation up. */
const once = async (dataDir: string): Promise<number> => {
  const begun = performance.now()
  const environment = {
    LIUHEN_DATA: dataDir,
    LIUHEN_PORT: '0',
    LIUHEN_PORTAL_PORT: '0',
    LIUHEN_LOG: 'silent',
  }
  const serving = await serve(readConfig({ ...process.env, ...environment, DATABASE_URL: undefined }))
  const ready = await fetch(`${serving.url}/readyz`)
  const ms = performance.now() - begun
  await serving.stop()
  if (!ready.ok) throw new Error(`not ready: ${await ready.text()}`)
  return ms
}

/** First start on an empty directory (initdb, migrations, keys), then starts on one that exists. */
export const run = async (): Promise<BenchResult> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'liuhen-start-'))
  try {
    const first = await once(dataDir)
    const later: number[] = []
    for (let i = 0; i < WARM; i++) later.push(await once(dataDir))
    const sorted = later.toSorted((a, b) => a - b)
    return {
      name: 'start',
      figures: {
        'first start ms': Math.round(first),
        'later start ms (median)': Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0),
      },
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}
