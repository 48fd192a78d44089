import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { logState } from '@liuhen/api/routes/log'
import { AxeBuilder } from '@axe-core/playwright'
import { parse } from 'acorn'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { findCase } from './find-case.ts'
import { TAKE_NEWER_OUT } from './old-browser.ts'
import { picture } from './picture.ts'
import { sessionOf, test, type Visit } from './visit.ts'

const SCRIPT = join(import.meta.dirname, '..', '..', 'vectors', 'check-package.sh')
const run = promisify(execFile)

/** Where in the tar the bytes of a file begin: after its header of 512 bytes. */
const offsetOf = (tar: Buffer, path: string): number => {
  const header = tar.indexOf(`${path}\0`)
  if (header < 0 || header % 512 !== 0) throw new Error(`${path} is not in the package`)
  return header + 512
}

const verify = async (page: Page, path: string, vkey: string): Promise<void> => {
  await page.goto('/verify')
  await page.getByRole('button', { name: '用我信任的公钥核验' }).click()
  await page.getByRole('textbox', { name: '用我信任的公钥核验' }).fill(`log ${vkey}`)
  await page.locator('input[type=file]').setInputFiles(path)
}

describe('a package that leaves the house', () => {
  let folder = ''
  let path = ''
  let vkey = ''

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'liuhen-e2e-package-'))
    path = join(folder, 'case.tar')
    vkey = (await (await sessionOf('archivist')).call(logState)).vkey
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test('is downloaded from the case file by the archivist', async ({ visit }) => {
    const page = await visit.as('archivist')
    await page.goto(`/cases/${await findCase()}?tab=file`)
    await page.getByText('武汉市东西湖区人民法院').first().waitFor()
    await picture(page, 'case-file')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '下载' }).first().click(),
    ])
    await download.saveAs(path)
    expect((await readFile(path)).length).toBeGreaterThan(1_000_000)
  })

  test('proves itself in the browser, without an account, under the published key', async ({ visit }) => {
    const page = await visit.stranger()
    await verify(page, path, vkey)
    await page.getByRole('heading', { name: '核验成立' }).waitFor()
    await page.getByText('与您提供的公钥一致').waitFor()
    await page.getByText('未锚定').first().waitFor()
    expect(await page.getByText('不成立').count()).toBe(0)
    await picture(page, 'verify-pass')
    // What holds is one line; whoever wants to know what it proves opens it.
    expect(await page.getByText('文件摘要', { exact: true }).count()).toBe(0)
    await page.getByRole('button', { name: /^成立的 \d+ 类检查/ }).click()
    await page.getByText('文件摘要', { exact: true }).waitFor()
  })

  test('does not hold when one byte was changed, and the page names the file', async ({ visit }) => {
    const bytes = await readFile(path)
    const offset = offsetOf(bytes, 'data/case.json')
    bytes[offset + 100] = (bytes[offset + 100] ?? 0) ^ 1
    const changed = join(folder, 'changed.tar')
    await writeFile(changed, bytes)
    const page = await visit.stranger()
    await verify(page, changed, vkey)
    await page.getByRole('heading', { name: '核验不成立' }).waitFor()
    await page.getByText('data/case.json').first().waitFor()
    await page
      .getByText('data/case.json')
      .first()
      .evaluate((e) => e.scrollIntoView({ block: 'center' }))
    await picture(page, 'verify-fail')
  })

  test('is told as not verified, and not as altered, when its tar was packed anew', async ({ visit }) => {
    const unpacked = join(folder, 'unpacked')
    await mkdir(unpacked)
    await run('tar', ['xf', path, '-C', unpacked])
    const again = join(folder, 'again.tar')
    await run('tar', ['cf', again, '-C', unpacked, '.'])
    const page = await visit.stranger()
    await verify(page, again, vkey)
    const head = page.getByRole('heading', { name: '没有核验：这个 tar 是重新打包的' })
    await head.waitFor()
    expect(await head.evaluate((e) => document.activeElement === e)).toBe(true)
    expect(await page.getByRole('heading', { name: '核验不成立' }).count()).toBe(0)
  })

  describe('from a disc, without a network', () => {
    let disc = ''
    beforeAll(async () => {
      disc = join(folder, 'disc')
      await mkdir(disc)
      await run('tar', ['xf', path, '-C', disc])
    })

    const open = async (visit: Visit, prepare?: string): Promise<Page> => {
      const page = await visit.stranger({ offline: true })
      const asked: string[] = []
      page.on('request', (r) => void (r.url().startsWith('file:') || asked.push(r.url())))
      page.on('close', () => expect(asked).toEqual([]))
      if (prepare !== undefined) await page.addInitScript(prepare)
      await page.goto(pathToFileURL(join(disc, 'verify', 'verify.html')).href)
      return page
    }
    const start = (page: Page) => page.getByRole('button', { name: '开始核验' }).click()

    test('its page is written in the language of 2018', async () => {
      const html = await readFile(join(disc, 'verify', 'verify.html'), 'utf8')
      const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map((m) => m[1] ?? '')
      expect(scripts).toHaveLength(2)
      expect(() => parse(scripts[1] ?? '', { ecmaVersion: 2018 })).not.toThrow()
      // Only this tells that the check can fail: what needs BigInt is in the other script.
      expect(() => parse(scripts[0] ?? '', { ecmaVersion: 2018 })).toThrow()
      expect(Buffer.byteLength(html)).toBeLessThanOrEqual(500_000)
    })

    test('it verifies the folder under the published key', async ({ visit }) => {
      const page = await open(visit)
      await page.locator('#folder').setInputFiles(disc)
      await page.getByLabel('从机关门户网站').fill(vkey)
      await start(page)
      await page.getByRole('heading', { name: '核验成立' }).waitFor()
      await page.getByText('与您提供的公钥一致').waitFor()
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map((v) => `${v.id}: ${v.nodes[0]?.html}`)).toEqual([])
      await picture(page, 'verify-disc')
    })

    test('it verifies the tar in a browser of 2018, and asks to compare the key that came with it', async ({
      visit,
    }) => {
      const page = await open(visit, TAKE_NEWER_OUT)
      await page.locator('#tar').setInputFiles(path)
      await start(page)
      await page.getByRole('heading', { name: '核验成立' }).waitFor()
      await page.getByRole('heading', { name: '还差一步：确认公钥是谁的' }).waitFor()
      await page.getByText('这个浏览器太旧').first().waitFor({ state: 'attached' })
    })

    test('it finds one changed byte and one lost file, by name', async ({ visit }) => {
      const bytes = await readFile(path)
      const offset = offsetOf(bytes, 'data/case.json')
      bytes[offset + 100] = (bytes[offset + 100] ?? 0) ^ 1
      const changed = join(folder, 'disc-changed.tar')
      await writeFile(changed, bytes)
      const page = await open(visit)
      await page.locator('#tar').setInputFiles(changed)
      await start(page)
      await page.getByRole('heading', { name: '核验不成立' }).waitFor()
      await page.getByText('data/case.json').first().waitFor()
      await rm(join(disc, 'proofs', 'export.json'))
      await page.locator('#folder').setInputFiles(disc)
      await start(page)
      await page.getByRole('heading', { name: '核验不成立' }).waitFor()
      await page.getByText('proofs/export.json').first().waitFor()
    })
  })

  test('proves itself to sha256sum and openssl, with none of our programs', async () => {
    const { stdout } = await run('sh', [SCRIPT, path, vkey])
    expect(stdout).toContain('结论：成立')
    expect(stdout).not.toContain('[不成立]')
  })
})
