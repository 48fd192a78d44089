import { DocumentDefinition } from '@liuhen/law/document-definition'
import { expect, it } from 'vitest'
import { resultOf } from './result-of.ts'

const definition = DocumentDefinition.parse({
  id: 'match-decision',
  name: '罚则决定书',
  effectiveFrom: '2026-01-01',
  requiredBy: [],
  audience: 'main',
  result: ['kinds', 'fine'],
  sections: [
    {
      title: '决定',
      fields: [
        {
          id: 'kinds',
          label: '种类',
          kind: 'multichoice',
          options: [
            { value: 'warning', label: '警告' },
            { value: 'fine', label: '罚款' },
          ],
        },
        { id: 'fine', label: '罚款金额', kind: 'money', when: { field: 'kinds', equals: 'fine' } },
        { id: 'facts', label: '事实', kind: 'longtext' },
      ],
    },
  ],
})

it('tells in one line how a matter ended, by the fields that the definition names', () => {
  const data = { kinds: ['warning', 'fine'], fine: '500000', facts: '很长' }
  expect(resultOf(definition, data)).toBe('罚则决定：警告、罚款；罚款金额5,000.00元')
})

it('leaves out what is not asked, and says nothing of a paper that ends nothing', () => {
  expect(resultOf(definition, { kinds: ['warning'], fine: '500000' })).toBe('罚则决定：警告')
  expect(resultOf(definition, {})).toBeUndefined()
  const { result: _, ...plain } = definition
  expect(resultOf(plain, { kinds: ['warning'] })).toBeUndefined()
  expect(resultOf(undefined, {})).toBeUndefined()
})

it('is refused where it names a field that the form has not', () => {
  expect(DocumentDefinition.safeParse({ ...definition, result: ['other'] }).success).toBe(false)
})
