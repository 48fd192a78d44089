import { expect } from 'vitest'
import { picture } from './picture.ts'
import { findCase } from './find-case.ts'
import { PATIENCE, test } from './visit.ts'

test('an archived case shows every step of its procedure as done, but for what is asked of a file as long as it is kept', async ({
  visit,
}) => {
  const page = await visit.as('officer')
  await page.goto(`/cases/${await findCase()}`)
  const rail = page.getByRole('navigation', { name: '办案环节' })
  await rail.getByRole('button', { name: /^处罚决定.*已完成/ }).waitFor()
  const steps = await rail.getByRole('button').allInnerTexts()
  expect(steps.length).toBeGreaterThan(15)
  const open = steps.filter((text) => !/已完成|不需要/.test(text))
  expect(open.filter((text) => !text.includes('查阅、提供和处置'))).toEqual([])
  await page.getByText('已归档').first().waitFor()
  await rail.getByRole('button', { name: /^现场检查/ }).click()
  await page.getByRole('heading', { name: /^现场检查/, level: 2 }).waitFor()
  await picture(page, 'workspace')
})

test('the timeline shows text and recordings on one axis, and a recording plays', async ({ visit }) => {
  const page = await visit.as('officer')
  await page.goto(`/cases/${await findCase()}?tab=timeline`)
  const axis = page.getByRole('group', { name: '文字与音像' })
  await expect.poll(() => axis.getByRole('button', { name: /至/ }).count(), PATIENCE).toBe(5)
  await expect.poll(() => axis.getByRole('link').count(), PATIENCE).toBeGreaterThan(5)
  await page
    .getByText(/日志序号 \d+/)
    .first()
    .waitFor()
  await axis.getByRole('button', { name: /至/ }).first().click()
  const player = page.getByLabel('播放器')
  await player.waitFor()
  await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2)
  await page.keyboard.press('Space')
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 1)
  await page.keyboard.press('Space')
  await page.waitForFunction(() => document.querySelector('video')?.paused === true)
  await page.waitForURL(/[?&]t=\d/)
  await axis.getByRole('heading').scrollIntoViewIfNeeded()
  await picture(page, 'timeline')
})

test('the archived PDF of the decision is shown, page by page', async ({ visit }) => {
  const page = await visit.as('officer')
  await page.goto(`/cases/${await findCase()}?tab=documents`)
  await page
    .getByRole('link', { name: /行政处罚决定书/ })
    .first()
    .click()
  await page.getByRole('heading', { name: '行政处罚决定书', level: 1 }).waitFor()
  const paper = page.getByRole('region', { name: '行政处罚决定书' })
  await paper.getByText('走马岭街道刘记水果店').first().waitFor()
  await page.getByText('存档 PDF').waitFor()
  await page.getByText(/^SHA-256 [0-9a-f]{64}$/).waitFor()
  await picture(page, 'decision')
})

test('the labels of things that were registered are one link away from their list', async ({ visit }) => {
  const page = await visit.as('officer')
  await page.goto(`/cases/${await findCase()}?tab=documents`)
  await page
    .getByRole('link', { name: /先行登记保存证据通知书/ })
    .first()
    .click()
  const link = page.getByRole('link', { name: /^物品标签（\d+ 张）$/ })
  const answer = await page.request.get(new URL((await link.getAttribute('href')) ?? '', page.url()).href)
  expect(answer.headers()['content-type']).toContain('application/pdf')
  expect((await answer.body()).subarray(0, 5).toString('latin1')).toBe('%PDF-')
})
