import { getForm } from '@liuhen/api/routes/documents'
import type { Page } from 'playwright-core'
import { expect, inject, onTestFinished } from 'vitest'
import { openLead } from './film.ts'
import { ownBrowser, signInOn } from './killed-browser.ts'
import { PATIENCE, sessionOf, test } from './visit.ts'

const TYPE = 'inquiry-record'
const STEP = 'inquiry'
type Turn = Readonly<{ q: string; a: string; at?: string; answeredAt?: string }>

const address = (caseId: string): string => `/cases/${caseId}/forms/${TYPE}?step=${STEP}`
const ready = (page: Page) => page.getByRole('heading', { name: '询问（调查）笔录', level: 1 }).waitFor()

const LOST_MS = 2_000
const TYPING_MS = 3_500
const SAID = '一共来了五个工人，其中三个是我叫来的，两个是他们自己带来的；水泥是白天运到的，一直堆在门口。'

/** What the server holds of the record. */
const onServer = async (caseId: string): Promise<readonly Turn[]> => {
  const officer = await sessionOf('officer')
  const form = await officer.call(getForm, { params: { id: caseId, type: TYPE }, query: { step: STEP } })
  return (form.data['talk'] ?? []) as unknown as readonly Turn[]
}
const talkOf = (turns: readonly Turn[]): string[] => turns.map(({ q, a }) => `${q}|${a}`)

/** What stands on the screen. */
const onScreen = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('.dialogue-row')].map((row) =>
      [...row.querySelectorAll('textarea')].map((line) => line.value).join('|'),
    ),
  )

const ask = async (page: Page, q: string, a: string): Promise<void> => {
  await page.keyboard.insertText(q)
  await page.keyboard.press('Enter')
  await page.keyboard.insertText(a)
}

test('a record of sixty questions is typed by the keyboard alone, each line with its time in the recording', async ({
  visit,
}) => {
  const caseId = await openLead('巡查发现占道经营，当场询问')
  const page = await visit.as('officer')
  await page.goto(address(caseId))
  await ready(page)
  const begin = page.getByRole('button', { name: '录音录像现在开始' })
  await begin.focus()
  await page.keyboard.press('Enter')
  await page.getByText(/^录音录像 00:0\d$/).waitFor()
  await page.getByRole('button', { name: '添加一问' }).focus()
  await page.keyboard.press('Enter')
  // The first by its number, the second by its words.
  await page.keyboard.press('Alt+Digit1')
  await page.keyboard.type('看清了。')
  await page.keyboard.press('Enter')
  await page.keyboard.type('/经过')
  await page.getByRole('option', { name: '请讲一下事情的经过' }).waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.type('我在路边摆摊。')
  for (let n = 3; n <= 58; n += 1) {
    await page.keyboard.press('Enter')
    await ask(page, `第${n}个问题？`, `回答${n}。`)
  }
  expect(await onScreen(page)).toHaveLength(58)
  // One into the middle, one split in two, one taken out and brought back, one moved: sixty.
  await page.getByLabel('第 30 答', { exact: true }).focus()
  await page.keyboard.press('Alt+Enter')
  await ask(page, '插进来的问题？', '先说甲事，再说乙事。')
  for (let n = 0; n < '再说乙事。'.length; n += 1) await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Alt+KeyS')
  await page.keyboard.type('乙事呢？')
  await page.keyboard.press('Alt+Delete')
  await page.getByText('第 32 问已删除，按 Alt+Z 恢复').waitFor({ state: 'attached' })
  expect(await onScreen(page)).toHaveLength(59)
  await page.keyboard.press('Alt+KeyZ')
  await page.keyboard.press('Alt+ArrowDown')
  const shown = await onScreen(page)
  expect(shown).toHaveLength(60)
  expect(shown[1]).toBe('请讲一下事情的经过。|我在路边摆摊。')
  expect(shown.slice(29, 33)).toEqual([
    '第30个问题？|回答30。',
    '插进来的问题？|先说甲事，',
    '第31个问题？|回答31。',
    '乙事呢？|再说乙事。',
  ])
  await expect.poll(async () => talkOf(await onServer(caseId)), PATIENCE).toEqual(shown)
  const turns = await onServer(caseId)
  expect(turns.every(({ at }) => at !== undefined && !Number.isNaN(Date.parse(at)))).toBe(true)
  const times = turns.slice(0, 30).map(({ at = '' }) => Date.parse(at))
  expect(times).toEqual(times.toSorted((a, b) => a - b))
})

test('a browser that is killed in the middle of a word loses at most two seconds of what was typed', async () => {
  const caseId = await openLead('巡查发现夜间施工，当场询问')
  const own = await ownBrowser()
  onTestFinished(own.end)
  const first = await own.start()
  await signInOn(first.page, 'officer')
  await first.page.goto(inject('stack').url + address(caseId))
  await ready(first.page)
  await first.page.getByRole('button', { name: '添加一问' }).click()
  await ask(first.page, '何时开始施工？', '晚上十点。')
  await expect
    .poll(async () => talkOf(await onServer(caseId)), PATIENCE)
    .toEqual(['何时开始施工？|晚上十点。'])
  // From here on the server hears nothing: only what the browser keeps can come back.
  await first.page.route('**/drafts/**', (route) => route.abort())
  const typed: { at: number; text: string }[] = []
  let text = '晚上十点。'
  const begun = performance.now()
  // Longer than what may be lost: something must come back that only the browser ever had.
  for (let n = 0; performance.now() - begun < TYPING_MS; n += 1) {
    const letter = SAID[n % SAID.length] ?? ''
    await first.page.keyboard.insertText(letter)
    text += letter
    typed.push({ at: performance.now(), text })
  }
  const killedAt = performance.now()
  await first.kill()
  const safe = typed.findLast(({ at }) => killedAt - at > LOST_MS)?.text ?? ''
  expect(safe.length).toBeGreaterThan('晚上十点。'.length)

  const second = await own.start()
  await signInOn(second.page, 'officer')
  await second.page.goto(inject('stack').url + address(caseId))
  await second.page.getByText(/^已接着上次的内容/).waitFor()
  const [line = ''] = await onScreen(second.page)
  expect(line.startsWith(`何时开始施工？|${safe}`)).toBe(true)
  expect(text.startsWith(line.split('|')[1] ?? '')).toBe(true)
  await expect.poll(async () => talkOf(await onServer(caseId)), PATIENCE).toEqual([line])
})

test('two people on one draft see both texts side by side, and nothing of either is lost', async ({
  visit,
}) => {
  const caseId = await openLead('巡查发现占道堆物，当场询问')
  const officer = await visit.as('officer')
  const partner = await visit.as('partner')
  await officer.goto(address(caseId))
  await ready(officer)
  await officer.getByRole('button', { name: '添加一问' }).click()
  await ask(officer, '东西是谁的？', '是我的。')
  await expect.poll(async () => talkOf(await onServer(caseId)), PATIENCE).toEqual(['东西是谁的？|是我的。'])
  await partner.goto(address(caseId))
  await ready(partner)
  const place = '询问地点'
  await partner.getByLabel(place).fill('示范路一号值班室')
  await partner.getByLabel('第 1 答', { exact: true }).fill('是我弟弟的。')
  await expect
    .poll(async () => talkOf(await onServer(caseId)), PATIENCE)
    .toEqual(['东西是谁的？|是我弟弟的。'])

  await officer.getByLabel(place).fill('示范路二号门前')
  await officer.getByLabel('第 1 答', { exact: true }).focus()
  await officer.keyboard.press('Control+End')
  await officer.keyboard.press('Enter')
  await ask(officer, '堆了多久？', '三天。')
  await officer.getByRole('heading', { name: '询问（调查）笔录：两个人写了不同的内容' }).waitFor()
  const ok = officer.getByRole('button', { name: '按选择保存' })
  expect(await ok.isDisabled()).toBe(true)
  const where = officer.getByRole('listitem').filter({ hasText: place })
  await where.locator('mark', { hasText: '一号值班室' }).waitFor()
  await where.locator('mark', { hasText: '二号门前' }).waitFor()
  await where.getByLabel('用对方的').check()
  await ok.click()
  await ready(officer)
  await expect
    .poll(async () => talkOf(await onServer(caseId)), PATIENCE)
    .toEqual(['东西是谁的？|是我弟弟的。', '堆了多久？|三天。'])
  expect(await officer.getByLabel(place).inputValue()).toBe('示范路一号值班室')
})
