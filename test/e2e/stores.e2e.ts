import { expect } from 'vitest'
import { test, PATIENCE } from './visit.ts'

test('the storage page is red without a second store, says what to do, and names nothing as checked', async ({
  visit,
}) => {
  const page = await visit.as('custodian')
  await page.goto('/')
  await page.getByRole('button', { name: '管理' }).click()
  await page.getByRole('link', { name: '存储健康' }).click()
  await page.getByRole('heading', { name: '存储健康', level: 1 }).waitFor()
  await page.getByRole('alert').filter({ hasText: '不达标' }).waitFor()
  const checks = page.getByRole('region', { name: '检查项' }).getByRole('listitem')
  await expect.poll(() => checks.count(), PATIENCE).toBe(7)
  expect(await checks.nth(0).textContent()).toContain('没有第二存储，文件只有一份。')
  // Who keeps the recordings is told whom to ask, not what to type on the machine.
  expect(await checks.nth(0).textContent()).toContain('请告知系统管理员处理')
  expect((await checks.allTextContents()).join()).not.toContain('LIUHEN_')
  expect(await checks.nth(5).textContent()).toContain('还没有做过恢复演练。')
  expect(await checks.nth(6).textContent()).toContain('没有防删除锁')
  expect(await page.getByRole('region', { name: '第二存储' }).textContent()).toContain('未配置')
  expect(await page.getByText('通过', { exact: true }).count()).toBe(0)
})
