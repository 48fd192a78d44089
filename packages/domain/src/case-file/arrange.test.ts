import { DocumentDefinition } from '@liuhen/law/document-definition'
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { arrangeFile, countVolume, type FileDocument, type FileRecording } from './arrange.ts'
import { CaseFileLaw, CaseFileOrder } from './order.ts'

const law = CaseFileLaw.parse(
  parse(readFileSync(new URL('../../../../law/case-file.yaml', import.meta.url), 'utf8')),
)

let serial = 0
const paper = (type: string, rest: Partial<FileDocument> = {}): FileDocument => ({
  id: `d${serial++}`,
  type,
  name: type,
  audience: 'main',
  date: '2026-03-01',
  pages: 2,
  sha256: 'a'.repeat(64),
  ...rest,
})
const clip: FileRecording = {
  id: 'r1',
  sceneName: '现场检查',
  medium: 'video',
  from: '2026-03-02T09:00:00+08:00',
  date: '2026-03-02',
  sha256: 'b'.repeat(64),
}

test('the main volume begins with filing, then the decision with its receipt, then notices, then evidence', () => {
  const decision = paper('penalty-decision', { date: '2026-04-20' })
  const receipt = paper('service-receipt', { about: decision.id, date: '2026-04-21' })
  const items = arrangeFile(
    law.order,
    [
      receipt,
      paper('inquiry-record'),
      paper('rectification-order'),
      decision,
      paper('filing-approval'),
      paper('case-file-cover'),
    ],
    [clip],
  )
  expect(items.map((i) => i.title.slice(0, 17))).toEqual([
    'filing-approval',
    'penalty-decision',
    'service-receipt',
    'rectification-ord',
    'inquiry-record',
    '现场检查（录像，电子载体，随卷保存',
  ])
  expect(items.map((i) => [i.no, i.pageFrom, i.pageTo])).toEqual([
    [1, 1, 2],
    [2, 3, 4],
    [3, 5, 6],
    [4, 7, 8],
    [5, 9, 10],
    [6, 0, 0],
  ])
})

test('the sub volume is counted for itself, so that a copy of the main volume has no holes', () => {
  const items = arrangeFile(
    law.order,
    [
      paper('filing-approval'),
      paper('investigation-report', { audience: 'sub' }),
      paper('lead-record', { audience: 'sub', pages: 1 }),
    ],
    [],
  )
  expect(items.filter((i) => i.audience === 'sub').map((i) => [i.title, i.no, i.pageFrom])).toEqual([
    ['lead-record', 1, 1],
    ['investigation-report', 2, 2],
  ])
  expect(countVolume(items, 'main')).toEqual({ entries: 1, pages: 2, recordings: 0 })
})

test('no paper is lost and none is filed twice, whatever its type; pages are consecutive', () => {
  const types = [
    ...law.order.main.flatMap((g) => g.documents),
    ...law.order.sub.flatMap((g) => g.documents),
    ...law.order.receipts,
    'unheard-of',
  ]
  const one = fc.record({
    type: fc.constantFrom(...types),
    audience: fc.constantFrom('main' as const, 'sub' as const),
    pages: fc.integer({ min: 1, max: 9 }),
    about: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
  })
  fc.assert(
    fc.property(fc.array(one, { maxLength: 12 }), (made) => {
      const papers = made.map(({ about, ...m }, i) =>
        paper(m.type, { ...m, id: `p${i}`, ...(about === undefined ? {} : { about: `p${about}` }) }),
      )
      const items = arrangeFile(law.order, papers, [])
      expect(new Set(items.map((i) => i.documentId))).toEqual(new Set(papers.map((p) => p.id)))
      expect(items.length).toBe(papers.length)
      for (const audience of ['main', 'sub'] as const) {
        let next = 1
        for (const item of items.filter((i) => i.audience === audience)) {
          expect(item.pageFrom).toBe(next)
          next = item.pageTo + 1
        }
      }
    }),
  )
})

test('an order without a place for the rest is refused', () => {
  const main = law.order.main.filter((g) => !g.rest)
  expect(CaseFileOrder.safeParse({ ...law.order, main }).success).toBe(false)
})

test('every paper of law/documents has a named place, so that none lands among the rest unnoticed', () => {
  const folder = new URL('../../../../law/documents/', import.meta.url)
  const definitions = readdirSync(folder, { withFileTypes: true })
    .filter((d) => d.isDirectory() && !d.name.startsWith('_'))
    .map((d) =>
      DocumentDefinition.parse(parse(readFileSync(new URL(`${d.name}/document.yaml`, folder), 'utf8'))),
    )
  const { order } = law
  const placed = (d: DocumentDefinition): boolean =>
    order[d.audience].some((g) => g.documents.includes(d.id)) ||
    [...order.unnumbered, ...order.receipts].includes(d.id)
  expect(definitions.filter((d) => !placed(d)).map((d) => `${d.id} (${d.audience})`)).toEqual([])
})
