import type { OpenCase } from '@liuhen/domain/case/state'
import type { DocumentDefinition } from '@liuhen/law/document-definition'
import { expect, test } from 'vitest'
import type { PackagePlan } from './package-rows.ts'
import { accountOf } from './plan-account.ts'

const field = (id: string, label: string, more: object = {}) => ({ id, label, kind: 'text', ...more })
const definitions: Readonly<Record<string, DocumentDefinition>> = {
  decision: {
    name: '行政处罚决定书',
    decision: true,
    result: ['kinds'],
    sections: [
      { title: '', fields: [field('facts', '违法事实'), field('kinds', '处罚种类')] },
      { title: '', fields: [field('partyIdNumber', '身份证号码', { compartment: 'personal' })] },
    ],
  } as unknown as DocumentDefinition,
  disposal: { name: '处理决定书', decision: true, sections: [] } as unknown as DocumentDefinition,
}
const paper = (id: string, type: string, issuedAt: string, data: object) => ({
  id,
  type,
  status: 'issued',
  issuedAt,
  data,
})
const state = {
  party: { kind: 'sole-trader', name: '某水果店', representative: '刘某' },
  handlers: [{ name: '李某' }, { name: '王某' }],
  documents: {
    d1: paper('d1', 'disposal', '2026-03-18T10:00:00+08:00', {}),
    d2: paper('d2', 'decision', '2026-04-15T10:00:00+08:00', {
      facts: `占道经营。${'长'.repeat(300)}`,
      kinds: '警告',
      partyIdNumber: '42',
    }),
  },
} as unknown as OpenCase
const shown = (...ids: string[]) =>
  ids.map((documentId) => ({ documentId, volume: 'main' })) as unknown as PackagePlan['documents']
const told = (...ids: string[]) =>
  accountOf({ state, definition: (type) => definitions[type] }, shown(...ids))

test('tells a judge who, what, and how it ended, by the decision that ends the matter', () => {
  expect(told('d1', 'd2')).toEqual([
    { label: '当事人', text: '某水果店（法定代表人或者经营者：刘某）' },
    { label: '违法事实', text: '占道经营。……（节录，全文见决定书）' },
    { label: '处理结果', text: '行政处罚决定：警告' },
    { label: '承办人', text: '李某、王某' },
  ])
})

test('says nothing of a paper that this package does not hold, nor of a case whose content is gone', () => {
  expect(told().map(({ label }) => label)).toEqual(['当事人', '承办人'])
  const gone = { ...state, shredded: { batchId: 'b', number: '1', at: '' } }
  expect(accountOf({ state: gone, definition: () => undefined }, shown('d2'))).toEqual([])
})
