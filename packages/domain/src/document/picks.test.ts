import { DocumentDefinition } from '@liuhen/law/document-definition'
import type { Fact } from '@liuhen/law/fact'
import { expect, it } from 'vitest'
import { picksFor } from './picks.ts'

const definition = DocumentDefinition.parse({
  id: 'match-decision',
  name: '裁判决定',
  effectiveFrom: '2026-01-01',
  requiredBy: [],
  audience: 'main',
  sections: [
    {
      title: '决定',
      fields: [
        {
          id: 'tier',
          label: '档次',
          kind: 'text',
          pick: {
            event: 'tier-listed',
            show: ['name', 'min', 'max'],
            fill: { tier: 'name', least: 'min' },
            under: { field: 'rules', datum: 'rule' },
          },
        },
        { id: 'least', label: '下限', kind: 'money' },
        { id: 'most', label: '上限', kind: 'money' },
      ],
    },
  ],
})
const entry = (data: Fact['data']): Fact => ({
  kind: 'event',
  name: 'tier-listed',
  at: '2026-03-01T09:00:00+08:00',
  ...(data && { data }),
})

it('offers what a register lends, ready to be filled in as each field keeps it', () => {
  expect(picksFor(definition, [entry({ name: '较轻', min: 50_000, max: 100_000 })])).toEqual({
    tier: [{ show: ['较轻', 50_000, 100_000], fill: { tier: '较轻', least: '50000' } }],
  })
})

it('offers nothing where nothing is lent, and fills nothing that an entry leaves out', () => {
  expect(picksFor(definition, [])).toEqual({})
  expect(picksFor(definition, [entry({ name: '较轻' })])).toEqual({
    tier: [{ show: ['较轻'], fill: { tier: '较轻' } }],
  })
})

it('says a number with the unit that the entry names, and fills it as text', () => {
  const [section] = definition.sections
  const [tier] = section?.fields ?? []
  if (tier?.kind !== 'text' || tier.pick === undefined) throw new Error('no tier')
  const show = ['name', { datum: 'times', by: 'unit', units: { times: '倍' } }]
  const scaled: DocumentDefinition = DocumentDefinition.parse({
    ...definition,
    sections: [
      {
        title: '决定',
        fields: [
          { ...tier, pick: { ...tier.pick, show, fill: { least: 'times' } } },
          { id: 'least', label: '最少', kind: 'text' },
        ],
      },
    ],
  })
  expect(picksFor(scaled, [entry({ name: '较轻', times: 1.5, unit: 'times' })])['tier']).toEqual([
    { show: ['较轻', '1.5倍'], fill: { least: '1.5' } },
  ])
  expect(picksFor(scaled, [entry({ name: '较轻', times: 1.5 })])['tier']?.[0]?.show).toEqual(['较轻'])
})

it('says under which provision an entry stands', () => {
  expect(picksFor(definition, [entry({ name: '较轻', rule: '《网球法》第三条' })])['tier']?.[0]?.under).toBe(
    '《网球法》第三条',
  )
})
