import { expect, it } from 'vitest'
import { lineageOf } from './lineage.ts'
import type { DocumentState } from './state.ts'

const paper = (
  id: string,
  name: string,
  status: DocumentState['status'],
  more: Partial<DocumentState> = {},
): DocumentState =>
  ({ id, type: 'inquiry', step: 'ask', status, data: { name, idNumber: '' }, ...more }) as DocumentState
const lineage = (papers: readonly DocumentState[], id: string, subject?: string[]): string[] => {
  const documents = Object.fromEntries(papers.map((one) => [one.id, one]))
  const found = documents[id]
  if (found === undefined) throw new Error('no paper')
  return lineageOf(documents, found, subject === undefined ? {} : { subject }).map((one) => one.id)
}

it('goes back over the papers that were voided before, until one that was not', () => {
  const papers = [
    paper('a', '甲', 'voided'),
    paper('b', '甲', 'issued'),
    paper('c', '甲', 'voided'),
    paper('d', '甲', 'voided'),
    paper('e', '甲', 'submitted'),
    paper('f', '甲', 'voided'),
  ]
  expect(lineage(papers, 'e')).toEqual(['c', 'd', 'e'])
  expect(lineage(papers, 'b')).toEqual(['a', 'b'])
})

it('leaves out what another person’s paper was, and sees through one that lies between', () => {
  const papers = [
    paper('a', '甲', 'voided'),
    paper('b', '乙', 'submitted'),
    paper('c', '甲', 'submitted'),
    paper('d', '乙', 'voided', { step: 'other' }),
  ]
  expect(lineage(papers, 'b', ['name', 'idNumber'])).toEqual(['b'])
  expect(lineage(papers, 'c', ['name', 'idNumber'])).toEqual(['a', 'c'])
  expect(lineage(papers, 'b')).toEqual(['a', 'b'])
})

it('does not take two of one name for one where their numbers differ', () => {
  const of = (idNumber: string) => ({ data: { name: '张伟', idNumber } })
  const papers = [paper('a', '张伟', 'voided', of('11')), paper('b', '张伟', 'submitted', of('22'))]
  expect(lineage(papers, 'b', ['name', 'idNumber'])).toEqual(['b'])
})

it('knows somebody whose name was written wrong by the number, and nobody by what is empty', () => {
  const number = { data: { name: '张珊', idNumber: '11' } }
  const papers = [paper('a', '张珊', 'voided', number), paper('b', '张三', 'submitted')]
  expect(lineage(papers, 'b', ['name', 'idNumber'])).toEqual(['b'])
  const same = [papers[0], paper('b', '张三', 'submitted', { data: { name: '张三', idNumber: '11' } })]
  expect(lineage(same as DocumentState[], 'b', ['name', 'idNumber'])).toEqual(['a', 'b'])
})
