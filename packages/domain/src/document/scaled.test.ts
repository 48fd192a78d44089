import { DocumentDefinition } from '@liuhen/law/document-definition'
import { expect, it } from 'vitest'
import { fieldsOf } from './form-data.ts'
import { scaledAmount } from './scaled.ts'
import { validateForm } from './validate-form.ts'

const definition = DocumentDefinition.parse({
  id: 'match-fine',
  name: '罚单',
  effectiveFrom: '2026-01-01',
  requiredBy: [],
  audience: 'main',
  sections: [
    {
      title: '罚',
      fields: [
        { id: 'unit', label: '怎样算', kind: 'text' },
        { id: 'base', label: '基数', kind: 'money' },
        { id: 'least', label: '最少', kind: 'text' },
        { id: 'min', label: '下限', kind: 'money', scaled: { base: 'base', factor: 'least', unit: 'unit' } },
      ],
    },
  ],
})
const amount = (data: Record<string, string>) =>
  fieldsOf(definition).flatMap((field) => scaledAmount(field, data) ?? [])[0]

it.each([
  ['times', '100000', '1.5', '150000'],
  ['times', '100000', '0', '0'],
  ['percent', '100000', '5', '5000'],
  ['percent', '333', '12.55', '42'],
  ['percent', '10', '5', '1'],
  ['times', '999999999999999', '2', '1999999999999998'],
])('%s: of %s fen %s comes to %s', (unit, base, least, expected) => {
  expect(amount({ unit, base, least })).toBe(expected)
})

it('comes to nothing where something is not given, or is no number of a standard', () => {
  expect(amount({ unit: 'times', base: '100' })).toBeUndefined()
  expect(amount({ unit: 'amount', base: '100', least: '2' })).toBeUndefined()
  expect(amount({ unit: 'times', base: '100', least: '-2' })).toBeUndefined()
  expect(amount({ unit: 'times', base: '1e3', least: '2' })).toBeUndefined()
})

it('refuses another amount than that, and takes any where nothing is scaled', () => {
  const given = { unit: 'times', base: '100000', least: '1.5' }
  const said = (data: Record<string, string>) => validateForm(definition, data).map((one) => one.message)
  expect(said({ ...given, min: '150000' })).toEqual([])
  expect(said({ ...given, min: '140000' })).toEqual(['“下限”与基数和倍数（百分比）算得的1500.00元不一致'])
  expect(said({ unit: 'amount', min: '140000' })).toEqual([])
})
