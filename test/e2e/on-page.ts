import type { Locator, Page } from 'playwright-core'

/** Picks from a drop-down by what is written in it. */
export const choose = async (page: Page, label: string, option: string): Promise<void> => {
  await page.getByRole('combobox', { name: label }).click()
  await page.locator('.ant-select-dropdown:visible').getByText(option, { exact: false }).first().click()
}

/** A field of a form that stands in a group of its own: choices, yes and no. */
export const tick = (page: Page, group: string | RegExp, option: string): Promise<void> =>
  page.getByRole('radiogroup', { name: group }).getByText(option, { exact: true }).click()

/** Signs with the mouse: two strokes across the pad. */
export const signByHand = async (page: Page, pad: Locator): Promise<void> => {
  await pad.hover() // once it lies still
  const box = await pad.boundingBox()
  if (box === null) throw new Error('the pad is not on the screen')
  const at = (x: number, y: number): [number, number] => [box.x + box.width * x, box.y + box.height * y]
  for (const offset of [0, 0.3]) {
    await page.mouse.move(...at(0.2 + offset, 0.3))
    await page.mouse.down()
    for (let i = 1; i <= 16; i += 1)
      await page.mouse.move(...at(0.2 + offset + i / 80, 0.45 + 0.25 * Math.sin(i / 2)))
    await page.mouse.up()
  }
}

/** Whether the page is wider than the window: on a phone nobody scrolls sideways to read. */
export const isTooWide = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)

/** Until nothing on the page stands for something that is still being read. */
export const untilRead = async (page: Page): Promise<void> => {
  await page.waitForFunction(() => document.querySelector('.ant-skeleton') === null)
}

const TRY_MS = 10_000

/** A click that falls into the moment in which a dialog still moves is lost on a busy machine: then once more. */
export const clickUntil = async (button: Locator, seen: Locator): Promise<void> => {
  for (let attempt = 0; attempt < 5; attempt++) {
    await button.click()
    const isSeen = await seen.waitFor({ timeout: TRY_MS }).then(
      () => true,
      () => false,
    )
    if (isSeen) return
  }
  await seen.waitFor()
}
