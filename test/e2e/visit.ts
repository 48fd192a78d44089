import { join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { signIn } from '@liuhen/api/routes/session'
import { expect, inject, test as plain } from 'vitest'
import { openSession, type Session } from '../../apps/cli/src/api-session.ts'
import { DEMO_PASSWORD, DEMO_PEOPLE, type DemoPerson } from '../../apps/cli/src/demo/people.ts'

const SEEN = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'e2e')
export const DESK = { width: 1366, height: 768 } as const
export const PHONE = { width: 390, height: 844 } as const

const patienceMs = Number(process.env['LIUHEN_E2E_PATIENCE_MS'] ?? 60_000)
/** For `expect.poll`: as long as a locator waits. */
export const PATIENCE = { timeout: patienceMs } as const

const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['LIUHEN_CHROMIUM'] ?? '/usr/bin/chromium',
    // Under the C locale Chromium reads no file with a Chinese name, and its page dies of a folder that has one.
    env: { ...process.env, LANG: 'C.UTF-8' },
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
    ],
  })

/** Signs in by the API, where signing in is not what is tested. */
export const sessionOf = async (who: DemoPerson, url = inject('stack').url): Promise<Session> => {
  const session = openSession(url)
  await session.call(signIn, { body: { login: DEMO_PEOPLE[who].login ?? '', password: DEMO_PASSWORD } })
  return session
}

const cookieOf = (session: Session) => {
  const [name = '', ...value] = session.cookie().split('=')
  return { name, value: value.join('='), url: session.baseUrl }
}

export type Visit = Readonly<{
  /** A page that nobody has signed in on. */
  stranger: (options?: BrowserContextOptions) => Promise<Page>
  /** A page on which one of the demonstration's people is signed in. */
  as: (who: DemoPerson, options?: BrowserContextOptions) => Promise<Page>
}>

/** What a failed test saw last, beside the run's other leftovers. */
const lookAt = async (pages: readonly Page[]): Promise<void> => {
  for (const [i, page] of pages.entries()) {
    const path = join(SEEN, `${i}.png`)
    await page.screenshot({ path, timeout: 5_000 }).then(
      () => console.error(`failed on ${page.url()}; seen: ${path}`),
      () => console.error(`failed on ${page.url()}; the page did not answer`),
    )
  }
}

/** `test` with one browser for each file and fresh contexts for each test; a page that throws fails its test. */
export const test = plain
  .extend<{ browser: Browser }>({
    browser: [
      // oxlint-disable-next-line no-empty-pattern -- the runner reads the names of fixtures from this pattern
      async ({}, use) => {
        const browser = await launch()
        await use(browser)
        await browser.close()
      },
      { scope: 'file' },
    ],
  })
  .extend<{ visit: Visit }>({
    visit: async ({ browser, task }, use) => {
      const thrown: Error[] = []
      const opened: Page[] = []
      const stranger = async (options: BrowserContextOptions = {}): Promise<Page> => {
        const context = await browser.newContext({
          baseURL: inject('stack').url,
          locale: 'zh-CN',
          timezoneId: 'Asia/Shanghai',
          viewport: DESK,
          // A click that falls into the moment in which something still moves is lost.
          reducedMotion: 'reduce',
          ...options,
        })
        context.setDefaultTimeout(patienceMs)
        const page = await context.newPage()
        page.on('pageerror', (error) => thrown.push(error))
        opened.push(page)
        return page
      }
      const as = async (who: DemoPerson, options: BrowserContextOptions = {}): Promise<Page> => {
        const page = await stranger(options)
        const session = await sessionOf(who, options.baseURL)
        const here = { name: 'liuhen_here', value: '1', url: session.baseUrl }
        await page.context().addCookies([cookieOf(session), here])
        return page
      }
      await use({ stranger, as })
      if (task.result?.state === 'fail') await lookAt(opened)
      for (const page of opened) await page.context().close()
      expect(thrown).toEqual([])
    },
  })
