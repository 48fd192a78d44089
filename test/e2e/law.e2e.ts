import { expect } from 'vitest'
import { isTooWide } from './on-page.ts'
import { PATIENCE, PHONE, test } from './visit.ts'

test('a regulation is read clause by clause, with its rules and examples', async ({ visit }) => {
  const page = await visit.as('officer')
  await page.goto('/law?clause=zml-25-1')
  const clause = page.locator('#clause-zml-25-1')
  await clause.getByText('30日，自执法行为终结起').first().waitFor()
  await expect
    .poll(() => clause.evaluate((el) => el.getBoundingClientRect().top < innerHeight), PATIENCE)
    .toBe(true)
  await clause.getByText(/^演示它的例子/).click()
  await clause.getByText('终结2026-09-08').waitFor()
  await page.getByRole('combobox', { name: '效力' }).click()
  await page.locator('.ant-select-dropdown:visible').getByText(/^不得/).click()
  await page.getByText(/^显示 \d+ 条/).waitFor()
  await expect.poll(() => page.locator('.modality-must').count(), PATIENCE).toBe(0)
})

test('two regulations stand side by side, and what a text does not fix is said so', async ({ visit }) => {
  const page = await visit.as('officer', { viewport: PHONE })
  await page.goto('/law?tab=compare&left=zoumaling&right=shijiazhuang-aj')
  const row = page.getByRole('row', { name: /^紧急启动的补办期限/ })
  await row.waitFor()
  expect(await row.textContent()).toMatch(/2日.*文本没有规定/)
  expect(await isTooWide(page)).toBe(false)
  await page.getByRole('button', { name: '与国家法不一致' }).click()
  await page.getByText('全部 27 处').click()
  await expect.poll(() => page.locator('.conflicts > li').count(), PATIENCE).toBe(27)
  expect(await isTooWide(page)).toBe(false)
})

test('an inspection is opened by its own procedure, and its map says why a step cannot be taken', async ({
  visit,
}) => {
  const page = await visit.as('clerk')
  await page.goto('/cases?new=lead')
  await page.getByRole('radio', { name: /^行政检查/ }).check()
  await page.getByLabel('线索来源').click()
  await page.locator('.ant-select-dropdown:visible').getByText('检查计划或者随机抽查').click()
  await page.getByRole('dialog').getByLabel('案由').fill('某餐饮店油烟排放检查')
  await page.getByRole('dialog').getByLabel('线索内容').fill('按检查计划到店检查')
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /登\s*记/ })
    .click()
  await page.getByText('现场核查').first().waitFor()
  await page.getByRole('tab', { name: '程序图' }).click()
  const filing = page.locator('.tile', { has: page.getByRole('button', { name: '组卷', exact: true }) })
  await filing.getByRole('button', { name: '为什么不能办' }).click()
  await filing.getByText('怎么办：').first().waitFor()
  await filing.getByText('案件尚未结案，不能组卷').waitFor()
})
