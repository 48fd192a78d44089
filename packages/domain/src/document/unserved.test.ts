import { expect, test } from 'vitest'
import { mayReceive, severalNow, unservedOf } from './unserved.ts'

const kind = { servedOn: ['one', { list: 'others' }] }
const serving = (party?: string) => ({
  no: 0,
  mode: 'direct',
  at: '2026-03-17T10:00:00+08:00',
  recipient: '代理人',
  by: [],
  ...(party === undefined ? {} : { party }),
})
const paper = (others: string, parties: readonly (string | undefined)[], by?: string) => ({
  status: 'issued' as const,
  data: { one: '甲', others },
  served: parties.map(serving),
  ...(by === undefined ? {} : { corrected: { by, at: '2026-03-20T10:00:00+08:00' } }),
})
const wanting = (doc: ReturnType<typeof paper>, correction: ReturnType<typeof paper>) =>
  unservedOf(doc, kind, { d2: correction })

test('who is wanting is read from the paper as corrected, and what brought the correction counts', () => {
  expect(wanting(paper('乙', ['甲'], 'd2'), paper('无', []))).toEqual([])
  expect(wanting(paper('乙', ['乙'], 'd2'), paper('无', []))).toEqual(['甲'])
  expect(wanting(paper('乙', ['甲', '乙'], 'd2'), paper('丙', []))).toEqual([])
  expect(wanting(paper('', [undefined], 'd2'), paper('乙', ['甲']))).toEqual(['乙'])
  expect(wanting(paper('', [undefined], 'd2'), paper('乙', ['甲', '乙']))).toEqual([])
})
test('a service that says nobody is of all whom the paper named', () => {
  expect(unservedOf(paper('乙', [undefined]), kind)).toEqual([])
  expect(unservedOf(paper('乙', ['甲']), kind)).toEqual(['乙'])
})
test('an earlier service of a corrected paper is told by either name', () => {
  const [doc, papers] = [paper('乙', [], 'd2'), { d2: paper('丙', []) }]
  expect(severalNow(doc, kind, papers)).toEqual(['甲', '丙'])
  expect(mayReceive(doc, kind, papers)).toEqual(expect.arrayContaining(['甲', '乙', '丙']))
})
