import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { approveDeviceKey, listDeviceKeys, listFieldSessions } from '@liuhen/api/routes/field'
import {
  getRecording,
  listRecordings,
  recordingChain,
  type RecordingView,
} from '@liuhen/api/routes/recordings'
import { expect } from 'vitest'
import { fingerprintOf } from '@liuhen/ledger/chain/device-key'
import { parseChain } from '@liuhen/ledger/chain/record'
import type { Session } from '../../apps/cli/src/api-session.ts'
import { choose, isTooWide } from './on-page.ts'
import { picture } from './picture.ts'
import { PATIENCE, PHONE, sessionOf, test } from './visit.ts'

const phone = { viewport: PHONE, isMobile: true, hasTouch: true, permissions: ['camera', 'microphone'] }

/** Segments that lie on the phone's disk, as the screen counts them. */
const written = async (page: Page): Promise<number> =>
  Number(/\d+/.exec((await page.getByText(/^已写入本机 \d+ 个切片$/).textContent()) ?? '')?.[0] ?? 0)
const untilWritten = (page: Page, n: number): Promise<void> =>
  expect.poll(() => written(page), PATIENCE).toBeGreaterThanOrEqual(n)

const lineIn = (page: Page, state: string) => page.locator(`.takes li[data-state="${state}"]`)

/** As after a phone's browser has lost what it kept beside the files. */
const loseKeys = async (page: Page): Promise<void> => {
  await page.goto('/favicon.svg')
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const asked = indexedDB.open('liuhen-field')
        asked.addEventListener('error', () => reject(new Error('no database')))
        asked.addEventListener('success', () => {
          const clearing = asked.result.transaction('keys', 'readwrite')
          clearing.objectStore('keys').clear()
          clearing.addEventListener('complete', () => {
            asked.result.close()
            resolve()
          })
        })
      }),
  )
}

const openCamera = async (page: Page): Promise<void> => {
  await choose(page, '案件', '某建筑劳务公司')
  await page.getByRole('combobox', { name: '环节和情形' }).click()
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click()
  await page.getByRole('button', { name: '打开相机' }).tap()
}

/** What an expert gets: the film and its chain, checked by a script that has none of our code. */
const checkOutside = async (chain: Uint8Array, media: Uint8Array, fingerprint: string) => {
  const folder = await mkdtemp(join(tmpdir(), 'liuhen-chain-'))
  try {
    const paths = ['chain.txt', 'media.webm'].map((name) => join(folder, name))
    for (const [i, bytes] of [chain, media].entries()) await writeFile(paths[i] ?? '', bytes)
    const script = join(import.meta.dirname, '../../vectors/check-chain.py')
    const { stdout, status } = spawnSync('python3', [script, ...paths, fingerprint], { encoding: 'utf8' })
    return { ...JSON.parse(stdout), status }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const exported = async (custodian: Session, id: string) => {
  const get = async (path: string) => {
    const answer = await fetch(`${custodian.baseUrl}/api${path}`, { headers: { cookie: custodian.cookie() } })
    expect(answer.ok, path).toBe(true)
    return new Uint8Array(await answer.arrayBuffer())
  }
  const reason = encodeURIComponent('核验切片链')
  return {
    chain: await get(recordingChain.path.replace(':id', id)),
    media: await get(`/recordings/${id}/media?copy=true&reason=${reason}`),
  }
}

const whenChecked = async (session: Session, id: string): Promise<RecordingView> => {
  const read = () => session.call(getRecording, { params: { id } })
  await expect.poll(async () => (await read()).chain?.check?.verdict, PATIENCE).toBeDefined()
  await expect.poll(async () => (await read()).check?.verdict, PATIENCE).toBeDefined()
  return read()
}

test('what is recorded online, offline and in a page that is killed comes whole, and its chain holds outside', async ({
  visit,
}) => {
  const [officer, custodian] = await Promise.all([sessionOf('officer'), sessionOf('custodian')])
  let page = await visit.as('officer', phone)
  const context = page.context()
  await page.goto('/field')
  await page.getByRole('heading', { name: '现场录制', level: 1 }).waitFor()

  // From now on the page starts without a network.
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))

  // Another person vouches for the phone.
  await page.getByText('待批准').waitFor()
  const { items } = await custodian.call(listDeviceKeys, {})
  const key = items.find((one) => one.status === 'requested')
  if (key === undefined) throw new Error('the phone asked for its key')
  await custodian.call(approveDeviceKey, { params: { id: key.id } })
  expect(await isTooWide(page)).toBe(false)

  // Online, with a moment and an interruption that is spoken of.
  await openCamera(page)
  await page.getByRole('button', { name: '开始录制' }).waitFor()
  await picture(page, 'field-ready')
  await page.getByRole('button', { name: '开始录制' }).tap()
  await untilWritten(page, 1)
  await page.getByRole('button', { name: '执法现场环境' }).tap()
  expect(await isTooWide(page)).toBe(false)
  await picture(page, 'field-recording')
  await page.getByRole('button', { name: '中断' }).tap()
  await page.getByText('电量不足').tap()
  await page.getByRole('button', { name: '确定' }).tap()
  await page.getByRole('button', { name: '恢复录制' }).tap()
  await page.getByRole('button', { name: '已口述' }).tap()

  // Offline it goes on, and the page starts anew from the phone.
  await context.setOffline(true)
  await untilWritten(page, 2)
  await page.getByRole('button', { name: '结束录制' }).tap()
  await page.getByText('没有网络').waitFor()
  await expect.poll(() => page.locator('.takes li').count(), PATIENCE).toBe(2)
  await openCamera(page)
  await page.getByRole('button', { name: '开始录制' }).tap()
  await untilWritten(page, 2)
  await page.goto('chrome://crash').catch(() => undefined)
  await page.close()

  // Killed in the middle: the run is ended by its own key at the next start, still without a network.
  page = await context.newPage()
  await page.goto('/field')
  await page.getByText('录制时页面被关闭').waitFor()
  expect(await page.locator('.takes li').count()).toBe(3)
  await page.getByRole('button', { name: '说明中断的原因' }).tap()
  await page.getByText('设备故障').tap()
  await page.getByLabel('已向谁报告').fill('陈立')
  await page.getByRole('button', { name: '确定' }).tap()
  await picture(page, 'field-offline')

  // Back in reach everything comes, and only then the phone lets go of it.
  await context.setOffline(false)
  await expect.poll(() => lineIn(page, 'confirmed').count(), PATIENCE).toBe(3)
  const left = await page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('field')
    const names: string[] = []
    for await (const name of (folder as unknown as { keys(): AsyncIterable<string> }).keys()) names.push(name)
    return names
  })
  expect(left).toEqual([])

  const rows = (await officer.call(listRecordings, { query: { mine: 'true', limit: 200 } })).items
  const own = rows.filter((row) => row.deviceId === `MB-${key.fingerprint.slice(0, 12).toUpperCase()}`)
  expect(own).toHaveLength(3)
  const views = await Promise.all(own.map((row) => whenChecked(officer, row.id)))
  for (const view of views) {
    expect(view.chain?.check).toMatchObject({ verdict: 'ok', findings: [], key: key.fingerprint })
    expect(view.check?.verdict).not.toBe('broken')
    const { chain, media } = await exported(custodian, view.id)
    expect(await checkOutside(chain, media, key.fingerprint)).toMatchObject({ verdict: 'ok', status: 0 })
    const open = parseChain(chain)[0]?.record
    expect(open?.kind === 'open' && fingerprintOf(open.key)).toBe(key.fingerprint)
    // One byte of the film, one line of the chain: found outside as well.
    const [first = 0] = media
    const flipped = Uint8Array.from(media, (byte, i) => (i === 0 ? first ^ 1 : byte))
    expect(await checkOutside(chain, flipped, key.fingerprint)).toMatchObject({
      verdict: 'altered',
      status: 1,
    })
  }
  const whys = views.map((view) => view.chain?.check?.closed?.why ?? '').join()
  expect(whys.split('interrupted')).toHaveLength(3)
  expect(whys).toContain('finished')
  expect(views.flatMap((view) => view.points).map((p) => p.code)).toEqual(['scene-environment'])
  const breaks = views.flatMap((view) => view.interruptions)
  expect(breaks.map((b) => b.cause).toSorted()).toEqual(['battery', 'device-fault'])
  expect(breaks.find((b) => b.cause === 'battery')?.spokenAtSeconds).toBeGreaterThanOrEqual(0)

  const sessions = (await custodian.call(listFieldSessions, { query: {} })).items
  const sent = new Set(views.map((view) => view.manifest.session?.id))
  // The clock of the demonstration stands still: both were announced at one time.
  const theirs = sessions.filter((one) => sent.has(one.session))
  const whole = theirs.toSorted((a, b) => (a.takes ?? 0) - (b.takes ?? 0))
  expect(whole.map((one) => [one.state, one.takes, one.storedTakes])).toEqual([
    ['whole', 1, 1],
    ['whole', 2, 2],
  ])
})

test('sound alone and pictures come too; a run whose key is gone comes without its end, and says so', async ({
  visit,
}) => {
  const partner = await sessionOf('partner')
  let page = await visit.as('partner', phone)
  const context = page.context()
  await page.goto('/field')
  await page.getByText('待批准').waitFor()
  const open = page.getByRole('button', { name: '不选案件，先打开相机' })

  await page.getByText('照片', { exact: true }).tap()
  await open.tap()
  await page.getByRole('button', { name: '拍照' }).tap()
  await page.getByText('已拍 1 张').waitFor()
  await page.getByRole('button', { name: '拍照' }).tap()
  await page.getByText('已拍 2 张').waitFor()
  await page.getByRole('button', { name: '结束录制' }).tap()

  await page.getByText('录音', { exact: true }).tap()
  await open.tap()
  await page.getByText('只录声音').waitFor()
  await page.getByRole('button', { name: '开始录制' }).tap()
  await untilWritten(page, 2)
  await page.goto('chrome://crash').catch(() => undefined)
  await page.close()

  page = await context.newPage()
  await loseKeys(page)
  await page.goto('/field')
  await page.getByText('没有能签名的结束记录').waitFor()
  await expect.poll(() => lineIn(page, 'confirmed').count(), PATIENCE).toBe(3)

  const { items } = await partner.call(listRecordings, { query: { mine: 'true', limit: 200 } })
  const own = items.filter((row) => /-00\d\.(?:webm|jpg)$/.test(row.fileName))
  const views = await Promise.all(own.map((row) => whenChecked(partner, row.id)))
  const said = views.map(
    (v) => `${v.manifest.medium} ${v.chain?.check?.verdict} ${v.chain?.check?.keyStatus}`,
  )
  expect(said.toSorted((a, b) => a.localeCompare(b))).toEqual([
    'audio unterminated requested',
    'photo ingest-hash-only requested',
    'photo ingest-hash-only requested',
  ])
  expect(views.map((v) => v.check?.verdict)).not.toContain('broken')
})
