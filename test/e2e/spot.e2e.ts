import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { loadDefinitions } from '../fixtures/load-definitions.ts'
import { fillForm } from './agency-visit-form.ts'
import { isTooWide, signByHand } from './on-page.ts'
import { PATIENCE, PHONE, test } from './visit.ts'

const phone = { viewport: PHONE, isMobile: true, hasTouch: true }

const DECIDED = {
  certificateShown: true,
  evidence: '现场照片、当事人陈述。',
  violated: [{ title: '武汉市城市综合管理条例', article: '第二十条' }],
  rightsTold: true,
  partyStatement: 'none',
  circumstances: '无',
  basis: [{ title: '武汉市城市综合管理条例', article: '第五十六条' }],
  kinds: ['fine'],
  fine: '5000',
  collection: 'bank',
}

const begin = async (page: Page, party: string): Promise<void> => {
  await page.goto('/')
  await page.getByRole('button', { name: '当场处罚' }).tap()
  await page.getByLabel('案由').fill('占道经营')
  await page.getByLabel('违法事实').fill('在人行道上摆摊占道经营，妨碍行人通行')
  await page.getByLabel('地点').fill('东西湖大道公交站旁')
  await page.getByLabel('姓名').fill(party)
  await page.getByLabel('住所').fill('走马岭街道某社区')
  await page.getByRole('combobox', { name: '到场执法人员' }).fill('王晓燕')
  await page.locator('.ant-select-item-option:visible').filter({ hasText: '王晓燕' }).first().tap()
  await page.keyboard.press('Escape')
  expect(await isTooWide(page)).toBe(false)
  await page.getByRole('button', { name: '登记并填写决定书' }).tap()
  await page.getByRole('heading', { name: '当场行政处罚决定书' }).waitFor()
}

/** A picture of a finger, as a scanner's program saves it. */
const fingerOn = async (page: Page): Promise<Buffer> => {
  const url = await page.evaluate(() => {
    const canvas = document.createElement('canvas')
    Object.assign(canvas, { width: 160, height: 200 })
    const pen = canvas.getContext('2d')
    if (pen === null) throw new Error('no pen')
    pen.fillStyle = '#fff'
    pen.fillRect(0, 0, 160, 200)
    for (let r = 8; r < 76; r += 8) {
      pen.beginPath()
      pen.ellipse(80, 100, r, r * 1.25, 0, 0, 6.28)
      pen.stroke()
    }
    return canvas.toDataURL('image/png')
  })
  return Buffer.from(url.split(',')[1] ?? '', 'base64')
}

/** The print goes with the signature, and is shown to whoever asks. */
const press = async (page: Page): Promise<void> => {
  const dialog = page.getByRole('dialog')
  const buffer = await fingerOn(page)
  await dialog.locator('input[type=file]').setInputFiles({ name: '捺印.png', mimeType: 'image/png', buffer })
  await dialog.getByRole('img', { name: '所选的捺印图像' }).waitFor()
}

const sign = async (page: Page, who: string, before: (page: Page) => Promise<void> = async () => {}) => {
  await page.getByRole('button', { name: `${who}签名` }).tap()
  const dialog = page.getByRole('dialog')
  await signByHand(page, dialog.getByRole('img', { name: '手写签名区' }))
  await before(page)
  await dialog.getByRole('button', { name: '确认签名' }).tap()
  await dialog.waitFor({ state: 'detached' })
}

test('pen-52 two officers decide on the street: one page, one form, three signatures on two phones, and the paper is handed over', async ({
  visit,
}) => {
  const page = await visit.as('officer', phone)
  const other = await visit.as('partner', phone)
  const begun = performance.now()
  await begin(page, '周某')
  // What was said once stands in the form.
  expect(await page.getByLabel(/^违法事实/).inputValue()).toContain('摆摊占道经营')
  const decision = loadDefinitions().find((d) => d.id === 'on-the-spot-decision')
  if (decision === undefined) throw new Error('a decision')
  await fillForm(page, decision, DECIDED)
  expect(await isTooWide(page)).toBe(false)
  await page.getByRole('button', { name: '提交' }).tap()
  await page.getByRole('dialog').getByRole('button', { name: '提交' }).tap()
  await page.waitForURL(/documents/)
  await sign(page, '执法人员')
  await other.goto(page.url())
  await sign(other, '执法人员')
  await page.reload()
  await sign(page, '当事人签收', press)
  await page.getByRole('button', { name: '查看捺印' }).tap()
  await page.getByRole('img', { name: '周某的捺印' }).waitFor()
  await page
    .getByRole('button', { name: '打印' })
    .or(page.getByRole('link', { name: '打印' }))
    .waitFor()
  // Who signed with the paper in hand has it: nobody registers that once more.
  await page.locator('.slots strong', { hasText: '直接送达' }).waitFor()
  await page.getByRole('heading', { name: '下一步' }).waitFor()
  console.log(`on the spot, by machine: ${Math.round((performance.now() - begun) / 1000)} s`)
  await page.getByRole('link', { name: '继续办理' }).tap()
  await page
    .getByRole('heading', { name: /^当场处罚/, level: 2 })
    .first()
    .waitFor()

  // The next act of the kind takes over what is the same, and nothing of the person before.
  await begin(page, '吴某')
  await page.getByRole('combobox', { name: '套用以前的同类文书' }).tap()
  await page.locator('.ant-select-item-option:visible').first().tap()
  await expect
    .poll(() => page.getByLabel('第 1 条依据的名称').first().inputValue(), PATIENCE)
    .toContain('条例')
  expect(await page.getByLabel(/^姓名/).inputValue()).toBe('吴某')
  expect(await page.getByLabel(/^证据/).inputValue()).toBe('')
}, 180_000)
