import { FileAnswer } from '@liuhen/ledger/package/verify-file'
import { getCase } from '@liuhen/api/routes/cases'
import { documentPdf } from '@liuhen/api/routes/documents'
import { expect, inject } from 'vitest'
import { PARTY } from '../../apps/cli/src/demo/forms.ts'
import { findCase } from './find-case.ts'
import { picture } from './picture.ts'
import { violations } from './violations.ts'
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

const heldPaper = async () => {
  const officer = await sessionOf('officer')
  const id = await findCase()
  const { documents } = await officer.call(getCase, { params: { id } })
  const decision = documents.find((d) => d.type === 'penalty-decision')
  if (decision === undefined) throw new Error('the case has no decision')
  const pdf = Buffer.from(await officer.bytes(documentPdf, { params: { id, documentId: decision.id } }))
  const file = (buffer: Buffer) => ({ name: '决定书.pdf', mimeType: 'application/pdf', buffer })
  return { id: decision.id, paper: file(pdf), changed: file(Buffer.concat([pdf, Buffer.from('\n')])) }
}

test('whoever holds the PDF of the decision sees in the browser that the log has it, also under the key that they were given', async ({
  visit,
}) => {
  const { id, paper, changed } = await heldPaper()
  const page = await visit.stranger(portal())
  await page.goto(`/check#${id}`)
  await page.getByText('您是从文书上的二维码来的').waitFor()
  await page.getByLabel('选择文件').setInputFiles(paper)
  await page.getByRole('heading', { name: '与日志记录一致' }).waitFor()
  await page.getByRole('heading', { name: '还差一步：确认公钥是谁的' }).waitFor()
  await page.getByText('行政处罚决定书').first().waitFor()
  await picture(page, 'portal-check')

  const log = await (await fetch(new URL('/check/log.json', page.url()))).json()
  const { vkey, checkpoint } = FileAnswer.parse(log).log
  // Windows and phones end lines in their own way.
  await page
    .getByLabel('文书上的二维码')
    .fill(` liuhen.document.v1\r\n${page.url()}\r\n\r\n${checkpoint.replaceAll('\n', '\r\n')}`)
  await page.getByLabel('机关另行公布的公钥').focus()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '公钥与纸质文书一致' }).waitFor()
  await page.getByLabel('机关另行公布的公钥').fill(vkey)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByText('技术细节').click()
  await page.getByText('与您提供的公钥一致').waitFor()
  await page.getByText('逐项结果').click()
  for (const title of ['纸质文书上的检查点', '二维码所指的文书'])
    await page.getByRole('listitem').filter({ hasText: title }).getByText('成立', { exact: true }).waitFor()
  expect(await violations(page)).toEqual([])

  await page.getByLabel('选择文件').setInputFiles(changed)
  await page.getByRole('heading', { name: '您的文件不是二维码所指的那一份' }).waitFor()
  await page.getByLabel('文书上的二维码').fill('')
  await page.getByLabel('选择文件').setInputFiles(changed)
  await page.getByRole('heading', { name: '本网站查不到这个文件' }).waitFor()
  await page.getByLabel('选择文件').setInputFiles({ ...changed, name: 'case-package.tar' })
  await page.getByRole('heading', { name: '这是案卷包，不是单个文件' }).waitFor()
})

test('an answer that proves nothing turns red, and none at all is no verdict', async ({ visit }) => {
  const { paper } = await heldPaper()
  const page = await visit.stranger(portal())
  const look = async (change: (answer: FileAnswer) => FileAnswer | undefined): Promise<void> => {
    await page.route('**/check/files/*', async (route) => {
      const answer = change(FileAnswer.parse(await (await route.fetch()).json()))
      await (answer === undefined ? route.abort() : route.fulfill({ json: answer }))
    })
    await page.goto('/check')
    await page.getByLabel('选择文件').setInputFiles(paper)
  }
  await look((answer) => {
    const proof = answer.file?.proof ?? ''
    const hash = proof.split('\n').find((line) => /^[A-Za-z0-9+/]{43}=$/.test(line)) ?? ''
    const other = `${hash.startsWith('A') ? 'B' : 'A'}${hash.slice(1)}`
    return { ...answer, file: { ...answer.file, found: true, proof: proof.replace(hash, other) } }
  })
  await page.getByRole('alert').getByRole('heading', { name: '核验不成立' }).waitFor()
  await page.unrouteAll()
  await look(() => undefined)
  await page.getByRole('heading', { name: '未核验' }).waitFor()
})
