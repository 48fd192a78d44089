import { expect } from 'vitest'
import { findCase } from './find-case.ts'
import { isTooWide, untilRead } from './on-page.ts'
import { picture } from './picture.ts'
import { PHONE, test } from './visit.ts'

const phone = { viewport: PHONE, isMobile: true, hasTouch: true }

test('an officer finds the way through a case on a phone, and nothing scrolls sideways', async ({
  visit,
}) => {
  const page = await visit.as('officer', phone)
  await page.goto('/')
  await page.getByRole('heading', { name: '工作台' }).waitFor()
  expect(await isTooWide(page)).toBe(false)
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '案件' }).tap()
  await page.getByRole('link', { name: '走马岭街道刘记水果店占用消防车通道案' }).waitFor()
  expect(await isTooWide(page)).toBe(false)
  await page.goto(`/cases/${await findCase()}`)
  const rail = page.getByRole('navigation', { name: '办案环节' })
  await rail.getByRole('button', { name: /^现场检查/ }).tap()
  await page.getByRole('heading', { name: /^现场检查/, level: 2 }).waitFor()
  await page.getByText('现场检查（勘验）笔录').first().waitFor()
  expect(await isTooWide(page)).toBe(false)
  await picture(page, 'phone-workspace')
  for (const tab of ['程序图', '时间线', '文书', '音像', '案卷', '义务']) {
    await page.getByRole('tab', { name: tab }).tap()
    await page.getByRole('tabpanel', { name: tab }).locator('*').first().waitFor()
    await untilRead(page)
    expect(await isTooWide(page), tab).toBe(false)
    if (tab === '时间线') await picture(page, 'phone-timeline')
  }
})

test('the forms of a case fit a phone', async ({ visit }) => {
  const page = await visit.as('officer', phone)
  await page.goto('/cases')
  await page.getByRole('link', { name: '某建筑劳务公司擅自倾倒建筑垃圾案' }).tap()
  await page.getByRole('button', { name: /^处理先行登记保存的证据/ }).tap()
  const begin = page.getByRole('button', { name: '开始环节' })
  const make = page.getByRole('button', { name: /^制作/ }).first()
  await make.waitFor()
  if (await begin.isVisible()) await begin.tap()
  await make.tap()
  await page.getByText('填写', { exact: true }).waitFor()
  expect(await isTooWide(page)).toBe(false)
})
