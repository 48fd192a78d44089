import type { Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import { findCase } from './find-case.ts'
import { violations } from './violations.ts'
import { test } from './visit.ts'

/** Names that a screen reader would read out in another language than the page's. */
const foreignNames = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    ['aria-label', 'alt', 'placeholder', 'aria-roledescription'].flatMap((attribute) =>
      [...document.querySelectorAll(`[${attribute}]`)]
        .map((element) => element.getAttribute(attribute) ?? '')
        .filter((name) => /[a-z]{3}/i.test(name) && !/[\u3400-\u9fff]/.test(name))
        .map((name) => `${attribute}: ${name}`),
    ),
  )

const looker =
  (page: Page) =>
  async (path: string, heading: string | RegExp): Promise<void> => {
    await page.goto(path)
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    expect(await violations(page), path).toEqual([])
    expect(await foreignNames(page), path).toEqual([])
  }

test('the rules find what they must find: a picture without words, a name in English', async ({ visit }) => {
  const page = await visit.stranger()
  await page.goto('/verify')
  await page.getByRole('heading', { name: '核验案卷包' }).waitFor()
  await page.evaluate(() => document.body.append(document.createElement('img')))
  expect((await violations(page)).join()).toContain('image-alt')
  expect(await foreignNames(page)).toEqual([])
  await page.evaluate(() => document.body.insertAdjacentHTML('beforeend', '<i aria-label="plus"></i>'))
  expect(await foreignNames(page)).toEqual(['aria-label: plus'])
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
  await look('/recordings', '音像')
  await look('/registers', '台账')
  const address = `/cases/${await findCase()}`
  for (const tab of ['step', 'map', 'timeline', 'documents', 'recordings', 'file', 'duties'])
    await look(`${address}?tab=${tab}`, /刘记水果店/)
  await look(`/cases/${await findCase('open')}/forms/closing-approval?step=closing`, '结案审批表')
})

test('the pages of the custodian have no serious fault of access', async ({ visit }) => {
  const look = looker(await visit.as('custodian'))
  await look('/stores', '存储健康')
  await look('/devices', '设备')
  await look('/dockings', '采集')
  await look('/recordings?state=unlinked', '音像')
  for (const view of ['batches', 'due', 'blocked']) await look(`/disposals?view=${view}`, '销毁')
})

test('the field recorder and what watches over it have no serious fault of access', async ({ visit }) => {
  const look = looker(await visit.as('officer', { permissions: ['camera', 'microphone'] }))
  await look('/field', '现场录制')
  await look('/field-sessions', '外勤录制')
  await looker(await visit.as('custodian'))('/field-sessions?state=keys', '外勤录制')
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
