import { expect } from 'vitest'
import { DEMO_PASSWORD } from '../../apps/cli/src/demo/people.ts'
import { test } from './visit.ts'

const OWN = 'Fengyun-2026-05'

test('a person registered without an account gets one, and chooses a password at the first sign-in', async ({
  visit,
}) => {
  const admin = await visit.stranger()
  await admin.goto('/people')
  await admin.getByLabel('登录名').fill('admin')
  await admin.getByLabel('口令', { exact: true }).fill(DEMO_PASSWORD)
  await admin.getByRole('button', { name: '登录' }).click()
  // The sign-in page has a button whose name ends the same.
  await admin.getByRole('heading', { name: '人员', level: 1 }).waitFor()
  await admin.getByRole('button', { name: '登记人员' }).click()
  const drawer = admin.getByRole('dialog', { name: '登记人员' })
  await drawer.getByLabel('姓名').fill('方云')
  await drawer.getByRole('combobox', { name: '岗位' }).click()
  await admin.locator('.ant-select-dropdown:visible').getByText('执法人员', { exact: true }).click()
  // By the mouse: Escape may close the drawer, too, and Tab takes what was chosen back.
  await drawer.getByLabel('姓名').click()
  await drawer.getByText(/没有填写执法证件/).waitFor()
  await drawer.getByRole('button', { name: '保存' }).click()
  await admin.getByRole('button', { name: '维护方云' }).click()
  await admin.getByRole('menuitem', { name: '开通账号' }).click()
  await admin.getByRole('dialog').getByLabel('登录名').fill('fangyun')
  await admin.getByRole('dialog').getByRole('button', { name: '开通账号' }).click()
  const told = admin.getByRole('dialog', { name: '方云的一次性口令' })
  const password = await told.locator('.one-time').innerText()
  await told.getByRole('button', { name: '我已交给本人' }).click()

  const own = await visit.stranger()
  const errors: string[] = []
  own.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  await own.goto('/')
  await own.getByLabel('登录名').fill('fangyun')
  await own.getByLabel('口令', { exact: true }).fill(password.trim())
  await own.getByRole('button', { name: '登录' }).click()
  await own.getByRole('heading', { name: '修改口令' }).waitFor()
  await own.getByLabel('现在的口令').fill(password.trim())
  await own.getByLabel('新口令', { exact: true }).fill(OWN)
  await own.getByLabel('再输入一次新口令').fill(OWN)
  await own.getByRole('button', { name: '保存新口令' }).click()
  await own.getByRole('heading', { name: '工作台', level: 1 }).waitFor()
  expect(errors).toEqual([])

  await admin.getByRole('button', { name: '维护方云' }).click()
  await admin.getByRole('menuitem', { name: '停用' }).click()
  await admin.getByRole('dialog').getByLabel('理由').fill('调离')
  await admin.getByRole('dialog').getByRole('button', { name: '停用' }).click()
  await admin.getByText(/fangyun · 已停用/).waitFor()
  await own.goto('/cases')
  await own.getByRole('heading', { name: '登录留痕' }).waitFor()
})
