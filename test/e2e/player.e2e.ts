import { listViewings } from '@liuhen/api/routes/playback'
import type { Page } from 'playwright-core'
import { beforeAll, expect } from 'vitest'
import { fileFilm, openLead } from './film.ts'
import { violations } from './violations.ts'
import { PATIENCE, PHONE, sessionOf, test } from './visit.ts'

const FRAME = 0.04
let caseId: string
let film: string

beforeAll(async () => {
  caseId = await openLead('巡查发现占道经营，多机位录制')
  const known = { clockUncertaintyMs: 300 }
  film = await fileFilm(caseId, {
    clip: 'whole-front.mp4',
    from: '2026-03-09T10:00:00+08:00',
    to: '2026-03-09T10:00:12+08:00',
    device: { id: 'DSJ-01', clockOffsetMs: 0, ...known },
  })
  await fileFilm(caseId, {
    clip: 'whole-end.mp4',
    // Its clock is five seconds ahead: it began three seconds after the first.
    from: '2026-03-09T10:00:08+08:00',
    to: '2026-03-09T10:00:20+08:00',
    device: { id: 'DSJ-02', clockOffsetMs: 5000, ...known },
  })
})

const address = (more = '') => `/cases/${caseId}?tab=recordings&f=${film}${more}`
const secondOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.querySelector('video')?.currentTime ?? -1)
const isReady = (page: Page) =>
  page.waitForFunction(() => {
    const films = [...document.querySelectorAll('video')]
    return films.length > 0 && films.every((v) => v.readyState >= 2 && !v.seeking)
  })
/** The frame that is really on the screen. */
const frameShown = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const video = document.querySelector('video')
        if (!video) return resolve(-1)
        video.requestVideoFrameCallback((_, { mediaTime }) => resolve(mediaTime))
        // Seeking to where it stands paints the frame again.
        const stood = video.currentTime
        video.currentTime = stood
      }),
  )

test('a link opens at its second; keys step frame by frame, forth and back, and the address follows', async ({
  visit,
}) => {
  const page = await visit.as('officer')
  await page.goto(address('&t=5'))
  await page.getByRole('figure', { name: '播放器' }).waitFor()
  await isReady(page)
  await expect.poll(() => secondOf(page), PATIENCE).toBeCloseTo(5, 3)
  // Thumbnails and frame times are made now; steps are exact once they are there.
  await page.locator('.lane-wave').waitFor()
  for (let i = 0; i < 3; i += 1) {
    await page.keyboard.press('.')
    await isReady(page)
  }
  await expect.poll(() => secondOf(page), PATIENCE).toBeCloseTo(5 + 3 * FRAME, 2)
  expect(await frameShown(page)).toBeCloseTo(5 + 3 * FRAME, 3)
  await page.keyboard.press(',')
  await isReady(page)
  expect(await frameShown(page)).toBeCloseTo(5 + 2 * FRAME, 3)
  await page.waitForURL(/[?&]t=5\.08/)
  await page.reload()
  await isReady(page)
  await expect.poll(() => secondOf(page), PATIENCE).toBeCloseTo(5.08, 2)
  const mark = page.locator('.viewer-mark')
  expect(await mark.getAttribute('data-mark')).toMatch(/^李卫东 .+ 2026-\d\d-\d\d \d\d:\d\d$/)
  expect(await violations(page)).toEqual([])
})

test('a stretch from A to B is played again and again', async ({ visit }) => {
  const page = await visit.as('officer')
  await page.goto(address('&t=2'))
  await isReady(page)
  await page.getByRole('button', { name: '从这里开始反复（A）' }).click()
  await page.evaluate(() => {
    const video = document.querySelector('video')
    if (video) video.currentTime = 3
  })
  await isReady(page)
  await page.getByRole('button', { name: '到这里为止反复（B）' }).click()
  await page.getByText('区间 00:02 至 00:03').waitFor()
  // Every moment that is shown from now on is kept: three times round, and never far behind B.
  await page.evaluate(() => {
    const video = document.querySelector('video')
    const seen: number[] = []
    Object.assign(window, { seen })
    const look = (): void => {
      seen.push(video?.currentTime ?? -1)
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  await page.keyboard.press(' ')
  const rounds = () =>
    page.evaluate(() => {
      const seen: number[] = Reflect.get(window, 'seen')
      return seen.filter((at, i) => i > 0 && at < (seen[i - 1] ?? 0) - 0.5).length
    })
  await expect.poll(rounds, PATIENCE).toBeGreaterThanOrEqual(3)
  const last = await page.evaluate(() => Math.max(...(Reflect.get(window, 'seen') as number[])))
  expect(last).toBeLessThan(3.3)
})

test('two cameras run in step, each where its clock puts it', async ({ visit }) => {
  const page = await visit.as('officer')
  await page.goto(address())
  await page.getByRole('button', { name: '同步播放 2 个机位' }).click()
  const figure = page.getByRole('figure', { name: '多机位同步' })
  await figure.waitFor()
  await isReady(page)
  await figure.getByText('时钟误差 ±0.6 秒').waitFor()
  await figure.getByText('时钟快 5.0 秒，误差 ±0.3 秒').waitFor()
  await figure.getByRole('button', { name: '播放' }).click()
  await page.waitForFunction(() => [...document.querySelectorAll('video')].every((v) => v.currentTime > 1.5))
  // Of the moments that they show, true times are told apart by no more than two frames and a half.
  const spreads = await page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const films = [...document.querySelectorAll('video')]
        const seen: number[] = []
        const look = (): void => {
          const moments = films.map((v) => Number(v.dataset['from']) + v.currentTime * 1000)
          seen.push(Math.max(...moments) - Math.min(...moments))
          if (seen.length < 40) requestAnimationFrame(look)
          else resolve(seen)
        }
        look()
      }),
  )
  expect(spreads.toSorted((a, b) => a - b)[Math.floor(spreads.length / 2)]).toBeLessThan(100)
  await figure.getByRole('button', { name: '暂停' }).click()
  await isReady(page)
  const [one = 0, two = 0] = await page.evaluate(() =>
    [...document.querySelectorAll('video')].map((v) => v.currentTime),
  )
  expect(one - two).toBeCloseTo(3, 1)
  expect(await violations(page)).toEqual([])
})

test('the supervisor sees for what it was watched, and the seconds that were really played', async ({
  visit,
}) => {
  const page = await visit.as('officer')
  const supervisor = await sessionOf('supervisor')
  const viewings = async () => (await supervisor.call(listViewings, { params: { id: film } })).items
  const before = (await viewings()).length
  await page.goto(address('&t=1'))
  await isReady(page)
  await page.keyboard.press(' ')
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 3.5)
  await page.keyboard.press(' ')
  await page.waitForFunction(() => document.querySelector('video')?.paused === true)
  const stood = await secondOf(page)
  // Going elsewhere by hand is not watching.
  await page.evaluate(() => {
    const video = document.querySelector('video')
    if (video) video.currentTime = 10
  })
  await expect.poll(async () => (await viewings()).length, PATIENCE).toBe(before + 1)
  await expect.poll(async () => (await viewings())[0]?.watchedSeconds ?? 0, PATIENCE).toBeGreaterThan(2)
  const [seen] = await viewings()
  expect(seen).toMatchObject({ userName: '李卫东', purpose: 'case-work' })
  expect(Math.abs((seen?.watchedSeconds ?? 0) - (stood - 1))).toBeLessThan(0.5)
  const other = await visit.as('supervisor')
  await other.goto(address())
  const list = other.getByRole('region', { name: '调看登记' })
  await list.getByText('李卫东').first().waitFor()
  await list
    .getByText(/播放 [\d.]+ 秒/)
    .first()
    .waitFor()
})

test('what waits for eyes is played, confirmed, and stands in the list; nothing is confirmed unseen', async ({
  visit,
}) => {
  const page = await visit.as('custodian')
  await page.goto(`/playback?f=${film}`)
  await page.getByRole('heading', { name: '回放核验', level: 1 }).waitFor()
  const card = page.getByRole('region', { name: '能否正常回放' })
  await card.getByRole('button', { name: '能正常回放', exact: true }).click()
  await page.getByText('您还没有回放过这段音像。').waitFor()
  await isReady(page)
  await page.keyboard.press(' ')
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 4)
  // It still runs: what was seen up to this moment counts.
  await card.getByRole('button', { name: '能正常回放', exact: true }).click()
  await page.getByText('已登记', { exact: true }).waitFor()
  expect(await violations(page)).toEqual([])
  await page.goto('/playback?tab=register')
  const row = page.getByRole('row').filter({ hasText: 'DSJ-01' }).first()
  await row.getByText('42011201001').waitFor()
  await row.getByText(/专人冯涛/).waitFor()
  expect(await violations(page)).toEqual([])
})

test('what is heard is written down by the keyboard alone, stands beside the film as captions, and every line leads back', async ({
  visit,
}) => {
  const page = await visit.as('officer')
  await page.goto(address('&t=2'))
  await isReady(page)
  const card = page.getByRole('region', { name: '文字记录' })
  await card.getByRole('button', { name: '整理文字记录' }).press('Enter')
  await card.getByRole('button', { name: '从当前位置加一行' }).press('Enter')
  await page.keyboard.type('请出示营业执照。')
  await page.keyboard.press('Control+.')
  await isReady(page)
  await page.keyboard.press('Enter')
  await page.keyboard.type('在这里。')
  await page.keyboard.press('Control+,')
  await isReady(page)
  await page.keyboard.press('Control+;')
  await page.keyboard.press('Control+s')
  await card.getByText(/^第 1 版 李卫东/).waitFor()
  await page.waitForFunction(() => document.querySelector('video')?.textTracks[0]?.cues?.length === 2)
  await card.getByRole('button', { name: '00:02.0' }).last().click()
  await expect.poll(() => secondOf(page), PATIENCE).toBeCloseTo(2, 1)
  await page.keyboard.press('c')
  expect(await page.evaluate(() => document.querySelector('video')?.textTracks[0]?.mode)).toBe('hidden')
  await page.keyboard.press('1')
  const points = page.getByRole('region', { name: '摄录要点' })
  await points.getByText('出现在 00:02.0').waitFor()
  expect(await violations(page)).toEqual([])
})

test('zml-17-5: from the library, too, a film is marked as evidence, and what it does not show is said with its reason', async ({
  visit,
}) => {
  const page = await visit.as('officer')
  await page.goto(`/recordings?f=${film}`)
  const points = page.getByRole('region', { name: '摄录要点' })
  await points.getByRole('button', { name: '“其他应当记录的重要内容”不适用' }).click()
  await page.getByLabel('理由').fill('现场没有其他内容')
  await page.getByRole('button', { name: '登记为不适用' }).click()
  await points.getByText('不适用：现场没有其他内容').waitFor()
  const evidence = page.getByRole('region', { name: '作为证据' })
  await evidence.getByRole('button', { name: '设为证据' }).click()
  await page.getByLabel('证明对象').fill('占道经营的事实')
  await page.getByRole('dialog', { name: '设为证据' }).getByRole('button', { name: '设为证据' }).click()
  await evidence.getByText('占道经营的事实').waitFor()
  expect(await violations(page)).toEqual([])
})

test('what the browser cannot play is played from a small film that is called what it is', async ({
  visit,
}) => {
  const hevc = await fileFilm(caseId, {
    clip: 'hevc.mp4',
    from: '2026-03-09T11:00:00+08:00',
    to: '2026-03-09T11:00:06+08:00',
    device: { id: 'DSJ-03' },
  })
  const page = await visit.as('officer')
  await page.goto(`/cases/${caseId}?tab=recordings&f=${hevc}`)
  await page.getByText(/浏览器不能播放这种格式/).waitFor()
  await page.getByRole('button', { name: '生成代理并播放' }).click()
  await page.getByText('代理（480p，非原始文件）').waitFor()
  await isReady(page)
  await page.getByRole('button', { name: '播放', exact: true }).click()
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 1)
  expect(await page.evaluate(() => document.querySelector('video')?.videoWidth)).toBe(320)
})

test('the player and the queue fit a phone', async ({ visit }) => {
  const page = await visit.as('custodian', { viewport: PHONE })
  for (const path of [address(), '/playback', '/playback?tab=register']) {
    await page.goto(path)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await page.waitForLoadState('networkidle')
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(wide, path).toBeLessThanOrEqual(0)
  }
})
