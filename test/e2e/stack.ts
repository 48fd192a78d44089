import { execFileSync } from 'node:child_process'
import { existsSync, globSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { DEMO_BEGINS, playDemo } from '../../apps/cli/src/demo/run-demo.ts'
import { startProgress } from '../../apps/cli/src/progress.ts'
import { readConfig } from '../../apps/server/src/config/config.ts'
import { serve, type Serving } from '../../apps/server/src/processes/serve.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the demonstration that all end-to-end tests share is reached. */
    stack: { url: string; portalUrl: string; dataDir: string }
  }
}

const ROOT = join(import.meta.dirname, '..', '..')
const SOURCES = ['apps/web/{src,public}/**/*', 'apps/web/index.html', 'packages/*/src/**/*.ts']

const newest = (patterns: readonly string[]): number =>
  Math.max(
    0,
    ...patterns.flatMap((p) => globSync(p, { cwd: ROOT })).map((f) => statSync(join(ROOT, f)).mtimeMs),
  )

const script = (path: string, flag: string): void => {
  execFileSync(process.execPath, [path, flag], {
    cwd: ROOT,
    stdio: 'inherit',
    // The runner's own value would build the web for development.
    env: { ...process.env, NODE_ENV: 'production' },
  })
}

/** The browser gets what is written now, not what was built yesterday. */
const buildIfOld = (): void => {
  script('scripts/build-verifier.ts', '--if-older')
  const built = join(ROOT, 'apps/web/dist/index.html')
  if (existsSync(built) && statSync(built).mtimeMs >= newest(SOURCES)) return
  script('scripts/build-web.ts', '--quiet')
}

/** Everything on free ports in a directory of its own; `demonstrationAt` absent, an empty real installation. */
export const startStack = (dataDir: string, demonstrationAt?: string): Promise<Serving> =>
  serve(
    readConfig({
      ...process.env,
      LIUHEN_LOG: 'warn',
      LIUHEN_ORIGIN: 'e2e.liuhen.invalid/log/1',
      LIUHEN_DATA: dataDir,
      LIUHEN_PORT: '0',
      LIUHEN_PORTAL_PORT: '0',
    }),
    demonstrationAt === undefined ? {} : { demonstrationAt },
  )

/**
 * One demonstration for all files, played from the first lead to the archived package. `LIUHEN_E2E_URL` and
 * `LIUHEN_E2E_PORTAL_URL` and `LIUHEN_E2E_DATA` name one that runs already, for work on the tests themselves.
 */
export default async (project: TestProject): Promise<() => Promise<void>> => {
  buildIfOld()
  const url = process.env['LIUHEN_E2E_URL']
  if (url !== undefined) {
    project.provide('stack', {
      url,
      portalUrl: process.env['LIUHEN_E2E_PORTAL_URL'] ?? '',
      dataDir: process.env['LIUHEN_E2E_DATA'] ?? '',
    })
    return async () => undefined
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'liuhen-e2e-'))
  const running = await startStack(dataDir, DEMO_BEGINS)
  const stop = async (): Promise<void> => {
    await running.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    await playDemo(running.url, dataDir, startProgress(process.stderr, false))
  } catch (error) {
    await stop()
    throw error
  }
  project.provide('stack', { url: running.url, portalUrl: running.portalUrl ?? '', dataDir })
  return stop
}
