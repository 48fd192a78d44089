import { expect } from 'vitest'
import { DEMO_PASSWORD } from '../../apps/cli/src/demo/people.ts'
import { PHONE, test } from './visit.ts'

test('a setting changes after its dry run and a second person, and nobody else may touch it', async ({
  visit,
}) => {
  const admin = await visit.stranger()
  await admin.goto('/settings')
  await admin.getByLabel('登录名').fill('admin')
  await admin.getByLabel('口令', { exact: true }).fill(DEMO_PASSWORD)
  await admin.getByRole('button', { name: '登录' }).click()
  await admin.getByRole('heading', { name: '制度设置', level: 1 }).waitFor()
  await admin.getByRole('combobox', { name: '承办人可以兼任审核人' }).click()
  await admin.locator('.ant-select-dropdown:visible').getByText('可以', { exact: true }).click()
  await admin.getByRole('button', { name: '提出变更并预演' }).click()
  const asked = admin.getByRole('dialog')
  await asked.getByLabel('变更理由').fill('经办公会研究决定')
  await asked.getByRole('button', { name: '提出变更并预演' }).click()
  await admin.getByRole('heading', { name: '预演结果' }).waitFor()
  expect(await admin.getByRole('button', { name: '批准' }).isDisabled()).toBe(true)
  await admin.getByText(/提出变更的人不能自己批准/).waitFor()

  const head = await visit.as('head', { viewport: PHONE })
  await head.goto('/settings')
  await head.getByRole('button', { name: '批准' }).click()
  await head.getByLabel('审批意见').fill('同意')
  await head.getByRole('dialog').getByRole('button', { name: '批准' }).click()
  await head.getByText('已生效').waitFor()

  const officer = await visit.as('officer')
  await officer.goto('/settings')
  await officer.getByText(/变更由本机关的系统管理员提出/).waitFor()
  expect(await officer.getByRole('combobox', { name: '承办人可以兼任审核人' }).count()).toBe(0)
  await officer.getByText(/已对 \d+ 个案件适用/).waitFor()
})
