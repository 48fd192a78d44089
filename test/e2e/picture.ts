import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { untilRead } from './on-page.ts'

const FOLDER = join(import.meta.dirname, '..', '..', 'docs', 'pictures')
const MOST_BYTES = 250_000

/** Keeps what is on the screen for the README, when `LIUHEN_PICTURES=1` asks for it. */
export const picture = async (page: Page, name: string): Promise<void> => {
  if (process.env['LIUHEN_PICTURES'] !== '1') return
  mkdirSync(FOLDER, { recursive: true })
  await page.mouse.move(0, 0)
  await page.evaluate(async () => {
    await document.fonts.ready
  })
  await page.waitForFunction(() => document.querySelector('.ant-message-notice') === null)
  await untilRead(page)
  const path = join(FOLDER, `${name}.png`)
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
  expect(statSync(path).size).toBeLessThanOrEqual(MOST_BYTES)
}
