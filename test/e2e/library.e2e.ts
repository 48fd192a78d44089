import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { Page } from 'playwright-core'
import { beforeAll, expect, inject } from 'vitest'
import { SUPERUSER } from '../../apps/server/src/postgres/data-directory.ts'
import { DEMO_PASSWORD } from '../../apps/cli/src/demo/people.ts'
import { insertManyRecordings } from '../many-recordings.ts'
import { violations } from './violations.ts'
import { PATIENCE, test } from './visit.ts'

/** An agency of the demonstration in which no other test counts recordings. */
const CUSTODIAN = 'dangan9'
const MANY = 100_000

/** The database of the stack that runs, past the server: nothing else brings so many rows in seconds. */
const fill = async (): Promise<void> => {
  const { dataDir } = inject('stack')
  const pid = await readFile(join(dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8')
  const password = (await readFile(join(dataDir, 'keys', 'database-superuser'), 'utf8')).trim()
  const client = new pg.Client({ host: pid.split('\n')[4], user: SUPERUSER, password, database: 'liuhen' })
  await client.connect()
  try {
    const { rows } = await client.query<{ agency_id: string; officers: string[]; there: number }>(
      `SELECT a.agency_id, array_agg(p.person_id ORDER BY p.person_id) AS officers,
         (SELECT count(*)::int FROM app.recording_row r WHERE r.agency_id = a.agency_id) AS there
       FROM app.account a JOIN app.person p USING (agency_id) WHERE a.login = $1 GROUP BY a.agency_id`,
      [CUSTODIAN],
    )
    const [found] = rows
    if (found === undefined) throw new Error(`the demonstration has ${CUSTODIAN}`)
    const { agency_id: agencyId, officers, there } = found
    if (there < MANY)
      await insertManyRecordings(client, {
        agencyId,
        n: MANY,
        officers,
        cases: ['none'],
        until: '2026-03-01',
      })
  } finally {
    await client.end()
  }
}
beforeAll(fill)

const enter = async (page: Page): Promise<void> => {
  await page.goto('/')
  await page.getByLabel('登录名').fill(CUSTODIAN)
  await page.getByLabel('口令', { exact: true }).fill(DEMO_PASSWORD)
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('heading', { name: '工作台', level: 1 }).waitFor()
}
const elements = (page: Page): Promise<number> => page.locator('.library-scroll li').count()
const scrollTo = (page: Page, part: number): Promise<void> =>
  page.locator('.library-scroll').evaluate((box, at) => {
    box.scrollTop = box.scrollHeight * at
  }, part)

test('a hundred thousand recordings stand in some dozen elements, and any day is one jump away', async ({
  visit,
}) => {
  const page = await visit.stranger()
  await enter(page)
  await page.goto('/recordings')
  await page.getByText(/共 100000 件/).waitFor()
  for (const part of [0.1, 0.35, 0.6, 0.85, 1]) {
    await scrollTo(page, part)
    await page.locator('.library-open').first().waitFor()
    expect(await elements(page)).toBeLessThan(60)
  }
  await expect.poll(() => page.url(), PATIENCE).toContain('day=2025-01-')
  const slider = page.getByRole('slider', { name: '按日期跳转' })
  await slider.focus()
  await page.keyboard.press('Home')
  await expect.poll(() => slider.getAttribute('aria-valuetext'), PATIENCE).toBe('2026-03-01')
  await page.keyboard.press('PageDown')
  await expect.poll(() => slider.getAttribute('aria-valuetext'), PATIENCE).toBe('2026-02-28')
  await page.goto('/recordings?view=grid&day=2025-09-15&medium=photo')
  await page.getByRole('heading', { name: /2025-09-15/ }).waitFor()
  await page.locator('.library-open').first().waitFor()
  expect(await elements(page)).toBeLessThan(60)
  expect(await violations(page)).toEqual([])
})

test('the list, the timeline and the map of so many have no serious fault of access', async ({ visit }) => {
  const page = await visit.stranger()
  await enter(page)
  await page.goto('/recordings')
  await page.locator('.library-open').first().waitFor()
  expect(await violations(page)).toEqual([])
  await page.goto('/recordings?view=timeline&device=DSJ-0001&day=2025-10-05')
  await page.locator('.lane-bar').first().waitFor()
  expect(await violations(page)).toEqual([])
  await page.goto('/recordings?view=map&device=DSJ-0001&from=2026-02-20')
  await page.locator('.map-sign').first().waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: '放大', exact: true }).click()
  await expect.poll(() => page.url(), PATIENCE).toContain('box=')
})
