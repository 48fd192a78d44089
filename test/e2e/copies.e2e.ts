import { listDerivatives } from '@liuhen/api/routes/derivatives'
import type { Page } from 'playwright-core'
import { beforeAll, expect } from 'vitest'
import { fileFilm, openLead } from './film.ts'
import { violations } from './violations.ts'
import { PHONE, sessionOf, test } from './visit.ts'

let caseId: string
let film: string

beforeAll(async () => {
  caseId = await openLead('巡查发现占道经营，制作副本')
  film = await fileFilm(caseId, {
    clip: 'whole-front.mp4',
    from: '2026-03-09T14:00:00+08:00',
    to: '2026-03-09T14:00:12+08:00',
    device: { id: 'DSJ-07', clockOffsetMs: 0, clockUncertaintyMs: 300 },
  })
})

const address = () => `/cases/${caseId}?tab=recordings&f=${film}&t=2`
const make = (page: Page) => page.locator('.ant-modal').getByRole('button', { name: '制作' }).click()
const copies = async () =>
  (await (await sessionOf('officer')).call(listDerivatives, { params: { id: film } })).items

test('areas are drawn over the picture and moved by key at another moment; the copy waits for other eyes, which see all of it', async ({
  visit,
}) => {
  const page = await visit.as('officer')
  await page.goto(address())
  // The editor begins where the player stands.
  await page.locator('.player-clock[data-now="2"]').waitFor()
  await page.getByRole('button', { name: '遮蔽', exact: true }).click()
  const stage = page.locator('.editor-stage')
  await page.waitForFunction(
    () => (document.querySelector('.editor-stage video') as HTMLVideoElement)?.readyState >= 2,
  )
  const box = await stage.boundingBox()
  if (box === null) throw new Error('a stage')
  const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const
  await page.mouse.move(...at(0.2, 0.2))
  await page.mouse.down()
  await page.mouse.move(...at(0.4, 0.6), { steps: 4 })
  await page.mouse.up()
  await page.getByRole('slider', { name: '时刻' }).fill('6')
  const area = page.getByRole('button', { name: /^区域 1，左 20%/ })
  await area.focus()
  for (let i = 0; i < 10; i += 1) await page.keyboard.press('ArrowRight')
  await page.getByRole('button', { name: /^区域 1，左 30%/ }).waitFor()
  await page.getByRole('button', { name: '区域 1 在 00:06 的关键帧' }).waitFor()
  await page.getByRole('button', { name: '从此刻起静音' }).click()
  await page.getByLabel('预览遮蔽效果').check()
  expect(await violations(page)).toEqual([])
  await page.getByLabel('事由').fill('依法公开，遮蔽无关人员')
  await make(page)
  const card = page.getByRole('region', { name: '副本', exact: true })
  await card.getByText('待复核').waitFor()
  expect(await card.getByRole('button', { name: '观看并复核' }).count()).toBe(0)
  const [made] = await copies()
  const frames = made?.spec.kind === 'redaction' ? made.spec.areas[0]?.frames : undefined
  expect(frames).toMatchObject([{ at: 2 }, { at: 6 }])
  expect(frames?.[1]?.box.x).toBeCloseTo((frames?.[0]?.box.x ?? 0) + 0.1, 2)

  const other = await visit.as('unitHead')
  await other.goto(address())
  await other.getByRole('button', { name: '观看并复核' }).click()
  await other.getByRole('textbox', { name: '复核意见' }).fill('没有漏遮')
  await other.getByText(/您已看 0 秒/).waitFor()
  expect(await other.getByRole('button', { name: '复核通过' }).isDisabled()).toBe(true)
  expect(await violations(other)).toEqual([])
  await other.evaluate(async () => {
    const video = document.querySelector<HTMLVideoElement>('.ant-modal video')
    if (!video) throw new Error('a film')
    video.playbackRate = 4
    await video.play()
  })
  await other.getByText(/您已看 1[12] 秒/).waitFor()
  await other.getByRole('textbox', { name: '复核意见' }).fill('看完，没有漏遮')
  await other.getByRole('button', { name: '复核通过' }).click()
  await other.getByText(/于 .+ 看了 1[12] 秒，复核通过：看完，没有漏遮/).waitFor()
})

test('a part from A to B is taken with its proof; it leaves by the custodian, and what the texts want first is told with its article', async ({
  visit,
}) => {
  const page = await visit.as('officer')
  await page.goto(address())
  await page.locator('.player-clock[data-now="2"]').waitFor()
  await page.getByRole('button', { name: '从这里开始反复（A）' }).click()
  await page.evaluate(() => {
    const video = document.querySelector('video')
    if (video) video.currentTime = 6
  })
  await page.waitForFunction(() => document.querySelector('video')?.seeking === false)
  await page.getByRole('button', { name: '到这里为止反复（B）' }).click()
  await page.getByRole('button', { name: '截取' }).click()
  expect(await page.getByLabel('到（秒）').inputValue()).toBe('6.0')
  expect(await violations(page)).toEqual([])
  await page.getByLabel('事由').fill('复议答复举证')
  await make(page)
  const card = page.getByRole('region', { name: '副本', exact: true })
  await card.getByText(/个样本可以逐个证明来自原件/).waitFor()
  // From the key frame before; sound begins a moment earlier.
  await card.getByText(/含原件 00:0[12] 至 00:0[56]，/).waitFor()

  const keeper = await visit.as('custodian', { viewport: PHONE })
  await keeper.goto(address())
  const line = keeper
    .getByRole('region', { name: '副本', exact: true })
    .getByRole('listitem')
    .filter({ hasText: '片段' })
  await line.getByRole('button', { name: '交付' }).click()
  await keeper.getByLabel('给谁').fill('某区人民政府')
  await keeper.getByLabel('事由').fill('复议答复')
  await keeper.locator('.ant-modal').getByRole('button', { name: '交付' }).click()
  await keeper.getByText('案件里还没有为交付这份副本登记').waitFor()
  expect(await line.getByText('交付某区人民政府').count()).toBe(0)
  const wide = await keeper.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(wide).toBeLessThanOrEqual(0)
})
