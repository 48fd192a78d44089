import { listCases } from '@liuhen/api/routes/cases'
import { test, sessionOf } from './visit.ts'

const findOpen = async (title: string): Promise<string> => {
  const session = await sessionOf('unitHead')
  const { items } = await session.call(listCases, { query: { q: title, limit: 5 } })
  const [found] = items
  if (found === undefined) throw new Error(`no case called ${title}`)
  return found.id
}

test('a field that hangs on one of several answers is asked as soon as that one is ticked', async ({
  visit,
}) => {
  const page = await visit.as('officer')
  const id = await findOpen('倾倒建筑垃圾')
  await page.goto(`/cases/${id}/forms/investigation-report?step=investigation-report`)
  await page.getByRole('heading', { name: '案件调查终结报告', level: 1 }).waitFor()
  const fine = page.getByLabel('建议罚款金额', { exact: false })
  await page.getByLabel('警告', { exact: true }).check()
  await fine.waitFor({ state: 'hidden' })
  await page.getByLabel('罚款', { exact: true }).check()
  await fine.first().waitFor()
})
