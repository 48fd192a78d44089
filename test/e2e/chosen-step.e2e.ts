import { beginStep, registerLead } from '@liuhen/api/routes/cases'
import { expect } from 'vitest'
import { sessionOf, test } from './visit.ts'

/** A case whose first step is under way. */
const begunCase = async (title: string): Promise<string> => {
  const clerk = await sessionOf('clerk')
  const { id = '' } = await clerk.call(registerLead, {
    body: {
      procedure: 'penalty-ordinary',
      source: 'inspection',
      receivedAt: '2026-03-09T09:20:00+08:00',
      title,
      summary: '市民来电：小区门口每晚有人占道经营。',
    },
  })
  await clerk.call(beginStep, { params: { id, step: 'lead' }, body: {} })
  return id
}

test('who chose another step while one is being completed stays there, and who did not is led on', async ({
  visit,
}) => {
  const page = await visit.as('clerk')
  const id = await begunCase('某小区门口占道经营案')
  const api = `**/api/cases/${id}`
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route(`${api}/steps/lead/complete`, async (route) => {
    await held
    await route.fulfill({ json: { version: 9 } })
  })
  await page.goto(`/cases/${id}?tab=step&step=lead`)
  const asked = page.waitForRequest(`${api}/steps/lead/complete`)
  await page.getByRole('button', { name: '完成环节' }).click()
  await asked
  await page.getByRole('button', { name: /^立案/ }).click()
  await page.getByRole('heading', { name: /^立案/, level: 2 }).waitFor()
  const readAgain = page.waitForResponse(api)
  release()
  await page.getByText('“线索登记”已完成').waitFor()
  await readAgain
  await page.waitForLoadState('networkidle')
  expect(new URL(page.url()).searchParams.get('step')).toBe('filing')

  await page.goto(`/cases/${id}?tab=step&step=lead`)
  await page.unroute(`${api}/steps/lead/complete`)
  await page.route(`${api}/steps/lead/complete`, (route) => route.fulfill({ json: { version: 9 } }))
  await page.getByRole('button', { name: '完成环节' }).click()
  await page.waitForURL((url) => !url.searchParams.has('step'))
})
