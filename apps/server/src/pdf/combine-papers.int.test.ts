import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { expect, it } from 'vitest'
import { lawDir, loadDefinitions } from '../../../../test/fixtures/load-definitions.ts'
import { buildSamples } from '../../../../test/fixtures/sample-documents.ts'
import { signPdf } from '../seal/sign-pdf.ts'
import { combinePapers } from './combine-papers.ts'
import { createRenderer } from './render.ts'

const wordsOf = async (bytes: Uint8Array) => {
  const pdf = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise
  const pages = await Promise.all(
    Array.from({ length: pdf.numPages }, async (_, i) => {
      const { items } = await (await pdf.getPage(i + 1)).getTextContent()
      return items.map((item) => ('str' in item ? item.str : '')).join('')
    }),
  )
  return { pdf, pages }
}

it('binds issued papers as they are, with a bookmark for each and the page numbers of the file', async () => {
  const renderer = createRenderer({ lawDir })
  const samples = buildSamples(loadDefinitions())
  const made = await Promise.all(
    ['case-file-cover', 'filing-approval', 'penalty-decision', 'closing-approval'].map(async (id) => {
      const input = samples.get(id)
      if (input === undefined) throw new Error(`no sample of ${id}`)
      return { title: input.definition.name, ...(await renderer.render(input)) }
    }),
  )
  await renderer.close()
  const [cover, filing, decision, closing] = made
  if (!cover || !filing || !decision || !closing) throw new Error('four papers')
  const bytes = await combinePapers({
    title: '某案卷',
    author: '某机关',
    at: new Date('2026-04-20T00:00:00Z'),
    volumes: [
      {
        title: '正卷',
        mark: 'No. 20260001',
        papers: [cover, { ...filing, pageFrom: 1 }, { ...decision, pageFrom: 1 + filing.pages }],
      },
      { title: '副卷', papers: [{ ...closing, pageFrom: 1 }] },
    ],
  })
  const { pdf, pages } = await wordsOf(bytes)
  const single = await Promise.all(made.map(async (one) => (await wordsOf(one.bytes)).pages))
  // Each page as it was, and behind its words the number that the index names.
  const numbers = [
    'No. 20260001',
    ...made.slice(1, 3).flatMap((one) => Array.from({ length: one.pages }, () => '')),
    '1',
  ]
  const count = filing.pages + decision.pages
  for (let n = 1; n <= count; n += 1) numbers[n] = String(n)
  expect(pages.slice(0, count + 2)).toEqual(
    single
      .flat()
      .slice(0, count + 2)
      .map((page, i) => `${page}${numbers[i]}`),
  )
  const outline = (await pdf.getOutline()) ?? []
  expect(
    outline.map(({ title, items }) => [title, items.map((one: { title: string }) => one.title)]),
  ).toEqual([
    ['正卷', ['卷宗封面', '立案审批表', '行政处罚决定书']],
    ['副卷', ['结案审批表']],
  ])
  const labels = (await pdf.getPageLabels()) ?? []
  expect(labels.slice(0, 3)).toEqual(['卷宗封面 1', '1', '2'])
  expect(labels.at(-1)).toBe('1')
})

it('keeps the seal of a sealed paper as a picture, and of its signature nothing that would not hold here', async () => {
  const renderer = createRenderer({ lawDir })
  const input = buildSamples(loadDefinitions()).get('acceptance-notice')
  if (input === undefined) throw new Error('no sample')
  const { bytes: plain } = await renderer.render(input)
  await renderer.close()
  const signing = { name: '某机关', reason: '盖章', at: '2026-04-08T10:00:00+08:00' }
  const widget = { page: 1, x: 300, y: 500, width: 120, height: 120, picture: plain }
  const noCms = () => Promise.resolve(new Uint8Array(64))
  const { bytes: unseen } = await signPdf(plain, { ...signing, field: 'officer' }, noCms)
  const { bytes: sealed } = await signPdf(unseen, { ...signing, field: 'agency', widget }, noCms)
  const marksOf = async (bytes: Uint8Array) => {
    const pdf = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise
    const marks: readonly { subtype: string; hasAppearance: boolean }[] = await (
      await pdf.getPage(1)
    ).getAnnotations()
    return marks.map((mark) => [mark.subtype, mark.hasAppearance])
  }
  expect((await marksOf(sealed)).map(([subtype]) => subtype)).toEqual(['Widget', 'Widget'])
  const papers = [{ title: '受理通知书', bytes: sealed, pageFrom: 1 }]
  const bound = await combinePapers({
    title: '案卷',
    author: '某机关',
    at: new Date(0),
    volumes: [{ title: '正卷', papers }],
  })
  expect(await marksOf(bound)).toEqual([['Stamp', true]])
  expect(Buffer.from(bound).includes('/ByteRange')).toBe(false)
})
