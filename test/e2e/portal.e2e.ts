import { getCase } from '@liuhen/api/routes/cases'
import { documentPdf } from '@liuhen/api/routes/documents'
import { expect, inject } from 'vitest'
import { PARTY } from '../../apps/cli/src/demo/forms.ts'
import { findCase } from './find-case.ts'
import { picture } from './picture.ts'
import { sessionOf, test } from './visit.ts'

const portal = () => ({ baseURL: inject('stack').portalUrl })

test('the public finds the decision on the first page, masked, with its proof', async ({ visit }) => {
  const page = await visit.stranger(portal())
  await page.goto('/')
  await page.getByRole('heading', { name: '行政执法决定公示' }).waitFor()
  await page.getByRole('article').getByText('走马岭街道刘记水果店').first().waitFor()
  await picture(page, 'portal')
  await page.getByRole('link', { name: /走街罚决〔2026〕/ }).click()
  await page.getByRole('heading', { name: '留痕核验' }).waitFor()
  const text = await page.locator('body').innerText()
  for (const secret of [PARTY.representative, PARTY.idNumber, PARTY.phone, PARTY.address])
    expect(text).not.toContain(secret)
})

test('whoever holds the PDF of the decision finds it in the log; another file is not found', async ({
  visit,
}) => {
  const officer = await sessionOf('officer')
  const id = await findCase()
  const { documents } = await officer.call(getCase, { params: { id } })
  const decision = documents.find((d) => d.type === 'penalty-decision')
  if (decision === undefined) throw new Error('the case has no decision')
  const pdf = await officer.bytes(documentPdf, { params: { id, documentId: decision.id } })
  const held = (buffer: Buffer) => ({ name: '决定书.pdf', mimeType: 'application/pdf', buffer })
  const page = await visit.stranger(portal())
  await page.goto('/check')
  await page.getByLabel('选择文件').setInputFiles(held(Buffer.from(pdf)))
  await page.getByRole('heading', { name: '与日志记录一致' }).waitFor()
  await page.getByText('行政处罚决定书').first().waitFor()
  await picture(page, 'portal-check')
  await page.getByLabel('选择文件').setInputFiles(held(Buffer.concat([pdf, Buffer.from('\n')])))
  await page.getByRole('heading', { name: '日志中没有这个文件' }).waitFor()
})
