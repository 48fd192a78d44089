import type { Page } from 'playwright-core'
import { listCases } from '@liuhen/api/routes/cases'
import { expect } from 'vitest'
import { findCase } from './find-case.ts'
import { clickUntil } from './on-page.ts'
import { sessionOf, test } from './visit.ts'

/** No rule of the demonstration's law warns here: the answers of the server stand in for one that does. */
const WARNING = '《试点办法》提示：此时办理不合惯例'
const warning = {
  type: 'urn:liuhen:incomplete',
  title: '内容还不完整，或者填写有误',
  status: 422,
  code: 'incomplete',
  reasons: [{ code: 'w', effect: 'warn', message: WARNING, todo: '请核对', citations: [] }],
}

/** Answers a command as a rule that warns would: not without a reason. Returns what was sent. */
const warnAt = async (page: Page, path: RegExp): Promise<Record<string, unknown>[]> => {
  const sent: Record<string, unknown>[] = []
  await page.route(path, async (route) => {
    if (route.request().method() !== 'POST') return await route.fallback()
    const body: Record<string, unknown> = route.request().postDataJSON()
    sent.push(body)
    if (body['reason'] === undefined) await route.fulfill({ status: 422, json: warning })
    else await route.fulfill({ json: { version: 1 } })
  })
  return sent
}

/** Sends a dialog: warned, it asks for the reason and goes on with it. */
const goOnWithReason = async (page: Page, dialogName: string | RegExp, ok: string): Promise<void> => {
  const dialog = page.getByRole('dialog', { name: dialogName })
  const send = dialog.getByRole('button', { name: ok, exact: true })
  await clickUntil(send, dialog.getByText(WARNING))
  await clickUntil(send, dialog.getByText('有提示事项时，须写明理由后再继续'))
  await dialog.getByLabel('继续办理的理由').fill('当事人当场要求')
  await send.click()
  await dialog.waitFor({ state: 'detached' })
}

const openCase = async (): Promise<string> => {
  const { items } = await (await sessionOf('unitHead')).call(listCases, { query: { status: 'open' } })
  const found = items.find((row) => row.handlers.length > 0)
  if (found === undefined) throw new Error('the demonstration has no case that is handled')
  return `/cases/${found.id}`
}

const reasons = (sent: readonly Record<string, unknown>[]) => sent.map((body) => body['reason'])

test('a warning on handlers asks for a reason in the dialog, and with it the same is sent again', async ({
  visit,
}) => {
  const page = await visit.as('unitHead')
  const sent = await warnAt(page, /\/api\/cases\/[^/]+\/handlers$/)
  await page.goto(await openCase())
  await page.getByRole('button', { name: '案件操作' }).click()
  await page.getByRole('menuitem', { name: '指派承办人' }).click()
  await goOnWithReason(page, '指派承办人', '保存')
  expect(reasons(sent)).toEqual([undefined, '当事人当场要求'])
  expect(sent[1]?.['personIds']).toEqual(sent[0]?.['personIds'])
})

test('a warning on the file asks for a reason', async ({ visit }) => {
  const page = await visit.as('archivist')
  const sent = await warnAt(page, /\/api\/cases\/[^/]+\/file$/)
  await page.goto(`${await openCase()}?tab=file`)
  await page.getByRole('button', { name: '组卷', exact: true }).click()
  await goOnWithReason(page, '把材料编排成卷？', '组卷')
  expect(reasons(sent)).toEqual([undefined, '当事人当场要求'])
})

test('a warning on a publication asks for a reason', async ({ visit }) => {
  const page = await visit.as('publisher')
  const id = await findCase()
  await page.route(`**/api/cases/${id}`, async (route) => {
    const answer = await route.fetch()
    const { disclosure: _, ...file } = await answer.json()
    await route.fulfill({ json: { ...file, can: { ...file.can, publishDisclosure: true } } })
  })
  const sent = await warnAt(page, /\/api\/cases\/[^/]+\/disclosure$/)
  await page.goto(`/cases/${id}?tab=file`)
  await page.getByRole('button', { name: '公示决定摘要' }).click()
  await goOnWithReason(page, '公示决定摘要', '确认公示')
  expect(reasons(sent)).toEqual([undefined, '当事人当场要求'])
})
