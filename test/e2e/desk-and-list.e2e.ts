import { expect } from 'vitest'
import { picture } from './picture.ts'
import { test } from './visit.ts'

const DEMO_TITLE = '走马岭街道刘记水果店占用消防车通道案'

test('the desk shows duties by urgency with their clauses, what waits for approval and what moved', async ({
  visit,
}) => {
  const page = await visit.as('officer')
  await page.goto('/?scope=agency')
  await page.getByRole('heading', { name: '工作台', level: 1 }).waitFor()
  await page.getByText('模拟时钟').first().waitFor()
  const duties = page.getByRole('region', { name: '待办', exact: true })
  await duties.getByRole('link', { name: /今日到期/ }).waitFor()
  await duties
    .getByRole('button', { name: /第.+条/ })
    .first()
    .waitFor()
  const recent = page.getByRole('region', { name: '最近变动的案件' }).getByRole('link').first()
  await recent.waitFor()
  await picture(page, 'desk')
  const title = await recent.innerText()
  await recent.click()
  await page.getByRole('heading', { name: title, level: 1 }).waitFor()
})

test('every filter of the case list stands in the address and survives a reload', async ({ visit }) => {
  const page = await visit.as('officer')
  await page.goto('/cases')
  await page.getByRole('link', { name: DEMO_TITLE }).waitFor()
  await picture(page, 'cases')
  await page.getByLabel('案号、案由、当事人').fill('水果店')
  await page.getByLabel('案号、案由、当事人').press('Enter')
  await page.getByRole('button', { name: '我承办的' }).click()
  await page.getByRole('combobox', { name: '状态' }).click()
  await page.locator('.ant-select-item-option').filter({ hasText: '已归档' }).click()
  await page.waitForURL(/status=archived/)
  await page.getByRole('link', { name: '某音像店室外音响噪声扰民案' }).waitFor({ state: 'detached' })
  const { searchParams } = new URL(page.url())
  expect(searchParams.get('q')).toBe('水果店')
  expect(searchParams.get('mine')).toContain('true')
  await page.reload()
  await page.getByRole('link', { name: DEMO_TITLE }).waitFor()
  expect(await page.getByRole('table').getByRole('link').count()).toBe(1)
  expect(await page.getByLabel('案号、案由、当事人').inputValue()).toBe('水果店')
  expect(await page.getByRole('button', { name: '我承办的' }).getAttribute('aria-pressed')).toBe('true')
  await page.goBack()
  await page.waitForURL((url) => !url.searchParams.has('status'))
})

test('a drop-down opens where the reader wants no motion', async ({ visit }) => {
  const page = await visit.as('officer', { reducedMotion: 'reduce' })
  await page.goto('/cases')
  await page.getByRole('combobox', { name: '状态' }).click()
  await page.locator('.ant-select-item-option').filter({ hasText: '已归档' }).click()
  await page.waitForURL(/status=archived/)
})
