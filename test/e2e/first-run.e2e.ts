import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'
import type { Serving } from '../../apps/server/src/processes/serve.ts'
import { picture } from './picture.ts'
import { startStack } from './stack.ts'
import { test } from './visit.ts'

describe('an empty installation', () => {
  let folder = ''
  let running: Serving | undefined

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'liuhen-e2e-empty-'))
    running = await startStack(folder)
  })
  afterAll(async () => {
    await running?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  test('asks once who the agency is, by which law it works and who administers it, and lets that one in', async ({
    visit,
  }) => {
    const page = await visit.stranger({ baseURL: running?.url ?? '' })
    await page.goto('/')
    await page.getByRole('heading', { name: '首次设置' }).waitFor()
    await picture(page, 'first-run')
    await page.getByLabel('机关全称').fill('某某街道办事处')
    await page.getByLabel('文号用的机关代字').fill('某街')
    await page.getByLabel('机关代码').fill('420112099')
    await page.getByRole('radio', { name: /走马岭街道/ }).check()
    await page.getByLabel('姓名').fill('钱管理')
    await page.getByLabel('登录名').fill('qianguanli')
    await page.getByLabel('口令', { exact: true }).fill('first-run-2026')
    await page.getByLabel('再输入一次口令').fill('first-run-2026')
    await page.getByRole('button', { name: '完成设置' }).click()
    await page.getByRole('heading', { name: '登录留痕' }).waitFor()
    await page.getByLabel('登录名').fill('qianguanli')
    await page.getByLabel('口令', { exact: true }).fill('first-run-2026')
    await page.getByRole('button', { name: '登录' }).click()
    await page.getByRole('heading', { name: '工作台', level: 1 }).waitFor()
    await page.getByText('某某街道办事处').waitFor()
    await page.getByText('先登记人员').waitFor()
    await page.goto('/setup')
    await page.getByRole('heading', { name: '登录留痕' }).waitFor()
  })
})
