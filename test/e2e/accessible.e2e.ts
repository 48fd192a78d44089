import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import { findCase } from './find-case.ts'
import { test } from './visit.ts'

/** What axe calls serious or critical on the page, in words that lead to the place. */
const violations = async (page: Page): Promise<string[]> => {
  const { violations: found } = await new AxeBuilder({ page }).analyze()
  return found
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(' | ')}`)
}

const looker =
  (page: Page) =>
  async (path: string, heading: string | RegExp): Promise<void> => {
    await page.goto(path)
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    expect(await violations(page), path).toEqual([])
  }

test('the rule finds what it must find: a picture without words', async ({ visit }) => {
  const page = await visit.stranger()
  await page.goto('/verify')
  await page.getByRole('heading', { name: '核验案卷包' }).waitFor()
  await page.evaluate(() => document.body.append(document.createElement('img')))
  expect((await violations(page)).join()).toContain('image-alt')
})

test('signing in and verifying have no serious fault of access', async ({ visit }) => {
  const page = await visit.stranger()
  await page.goto('/sign-in')
  await page.getByLabel('登录名').waitFor()
  expect(await violations(page)).toEqual([])
  await page.goto('/verify')
  await page.getByRole('heading', { name: '核验案卷包' }).waitFor()
  expect(await violations(page)).toEqual([])
})

test('desk, list, inbox, workspace and form have no serious fault of access', async ({ visit }) => {
  const page = await visit.as('unitHead')
  const look = looker(page)
  await look('/?scope=agency', '工作台')
  await look('/cases', '案件')
  await look('/approvals', '审批')
  const address = `/cases/${await findCase()}`
  for (const tab of ['step', 'map', 'timeline', 'documents', 'recordings', 'file', 'duties'])
    await look(`${address}?tab=${tab}`, /刘记水果店/)
  await look(`${address}/forms/closing-approval?step=closing`, '结案审批表')
})

test('the pages of the law have no serious fault of access', async ({ visit }) => {
  const look = looker(await visit.as('officer'))
  for (const tab of ['packs', 'compare', 'conflicts', 'procedures']) await look(`/law?tab=${tab}`, '法规库')
})

test('the public pages have no serious fault of access', async ({ visit }) => {
  const page = await visit.stranger({ baseURL: inject('stack').portalUrl })
  for (const path of ['/', '/check', '/about']) {
    await page.goto(path)
    expect(await violations(page), path).toEqual([])
  }
})
