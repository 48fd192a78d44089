import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { inject } from 'vitest'
import type { DemoPerson } from '../../apps/cli/src/demo/people.ts'
import { DESK, sessionOf } from './visit.ts'

type Running = Readonly<{ page: Page; kill: () => Promise<void> }>

const ARGS = ['--headless=new', '--no-sandbox', '--no-first-run', '--remote-debugging-port=0', '--lang=zh-CN']

/** A browser of its own process and profile, so that it can be killed as a machine kills one: without a farewell. */
export const ownBrowser = async () => {
  const profile = await mkdtemp(join(tmpdir(), 'liuhen-profile-'))
  let last: (() => Promise<void>) | undefined
  const start = async (): Promise<Running> => {
    const child = spawn(
      process.env['LIUHEN_CHROMIUM'] ?? '/usr/bin/chromium',
      [...ARGS, `--user-data-dir=${profile}`, `--window-size=${DESK.width},${DESK.height}`],
      { stdio: ['ignore', 'ignore', 'pipe'], detached: true },
    )
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    const kill = async (): Promise<void> => {
      if (child.exitCode === null && child.signalCode === null && child.pid !== undefined)
        process.kill(-child.pid, 'SIGKILL')
      await gone
    }
    last = kill
    const address = await new Promise<string>((resolve) => {
      let said = ''
      child.stderr.on('data', (bytes: Buffer) => {
        said += bytes.toString()
        const found = /ws:\/\/\S+/.exec(said)
        if (found) resolve(found[0])
      })
    })
    const browser: Browser = await chromium.connectOverCDP(address)
    const context = browser.contexts()[0] ?? (await browser.newContext())
    return { page: await context.newPage(), kill }
  }
  const end = async (): Promise<void> => {
    await last?.()
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
  return { start, end }
}

/** Signed in for the next page of this browser. */
export const signInOn = async (page: Page, who: DemoPerson): Promise<void> => {
  const session = await sessionOf(who)
  const [name = '', ...value] = session.cookie().split('=')
  const { url } = inject('stack')
  await page.context().addCookies([
    { name, value: value.join('='), url },
    { name: 'liuhen_here', value: '1', url },
  ])
}
