import { expect } from 'vitest'
import { DEMO_PASSWORD } from '../../apps/cli/src/demo/people.ts'
import { picture } from './picture.ts'
import { test } from './visit.ts'

test('a wrong password is refused on the page, with what to do next, and nobody is signed in', async ({
  visit,
}) => {
  const page = await visit.stranger()
  await page.goto('/cases')
  await page.getByRole('heading', { name: '登录留痕' }).waitFor()
  await page.getByLabel('登录名').fill('liweidong')
  await page.getByLabel('口令', { exact: true }).fill('not-the-password')
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('alert').getByText('登录名或口令').first().waitFor()
  expect(new URL(page.url()).pathname).toBe('/sign-in')
})

test('the right password leads to the page that was asked for, and out again', async ({ visit }) => {
  const page = await visit.stranger()
  await page.goto('/cases?status=archived')
  await page.getByLabel('登录名').fill('liweidong')
  await page.getByLabel('口令', { exact: true }).fill(DEMO_PASSWORD)
  await picture(page, 'sign-in')
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('heading', { name: '案件', level: 1 }).waitFor()
  expect(page.url()).toContain('/cases?status=archived')
  await page.getByRole('button', { name: '李卫东，账号菜单' }).click()
  await page.getByText('退出登录').click()
  await page.getByRole('heading', { name: '登录留痕' }).waitFor()
  await page.goto('/cases')
  await page.getByRole('heading', { name: '登录留痕' }).waitFor()
})
