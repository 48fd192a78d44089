import { expect } from 'vitest'
import { test } from './visit.ts'

test('a register is opened, holds its entries to the law, and shows what was registered', async ({
  visit,
}) => {
  const page = await visit.as('custodian')
  await page.goto('/registers')
  await page.getByRole('button', { name: '开立音像设备台账' }).click()
  const opening = page.getByRole('dialog', { name: '开立音像设备台账' })
  await opening.getByLabel('台账名称').fill('执法中心设备')
  await opening.getByRole('button', { name: '开立台账' }).click()
  await page.getByRole('heading', { name: '执法中心设备', level: 1 }).waitFor()
  await page.getByText('还没有登记', { exact: true }).waitFor()

  await page.getByRole('button', { name: '登记设备', exact: true }).click()
  const entry = page.getByRole('dialog', { name: '登记设备' })
  await entry.getByRole('combobox', { name: '种类' }).click()
  await page.locator('.ant-select-dropdown:visible').getByText('便携设备', { exact: true }).click()
  await entry.getByRole('combobox', { name: '类型' }).fill('执法记录仪')
  await entry.getByLabel('保管人').fill('冯涛')
  await entry.getByRole('button', { name: '登记' }).click()
  await entry.waitFor({ state: 'hidden' })
  const entries = page.getByRole('tabpanel').getByRole('listitem')
  await entries.getByText('便携设备').waitFor()
  expect(await entries.getByText('冯涛').count()).toBeGreaterThan(0)

  // What a later entry is about is an earlier one, told by what was said of it.
  await page.getByRole('button', { name: '发现故障、损坏' }).click()
  const fault = page.getByRole('dialog', { name: '发现故障、损坏' })
  await fault.getByText(/登记设备 便携设备/).waitFor()
  await fault.getByLabel('情况').fill('无法开机')
  await fault.getByRole('button', { name: '登记' }).click()
  await fault.waitFor({ state: 'hidden' })
  await entries.getByText('关于：登记设备').waitFor()

  await page.goto('/registers')
  await page.getByRole('listitem').filter({ hasText: '执法中心设备' }).getByText('已登记2条').waitFor()
  await page.goto('/cases')
  await page.getByRole('heading', { name: '案件', level: 1 }).waitFor()
  expect(await page.getByText('执法中心设备').count()).toBe(0)
})
