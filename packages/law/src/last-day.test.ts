import { expect, it } from 'vitest'
import { realLaw } from '../../../test/law/real-law.ts'
import { isProblem, selectLaw } from './combine.ts'
import { DocumentDefinition } from './document-definition.ts'
import { proposeLastDays } from './last-day.ts'

const selected = selectLaw(
  realLaw(),
  { base: 'national', overlays: [] },
  'penalty-ordinary',
  '2026-03-09T09:00:00+08:00',
)
if (isProblem(selected)) throw new Error(selected.message)

const form = (lastDay: object) =>
  DocumentDefinition.parse({
    id: 'notice',
    name: '通知书',
    effectiveFrom: '2021-07-15',
    requiredBy: [],
    audience: 'main',
    sections: [
      {
        title: '期限',
        fields: [
          { id: 'from', label: '起', kind: 'date' },
          { id: 'days', label: '日数', kind: 'integer' },
          { id: 'until', label: '止', kind: 'date', lastDay: { after: 'from', ...lastDay } },
        ],
      },
    ],
  })

const proposed = (lastDay: object, data: object) =>
  proposeLastDays(selected, form(lastDay), { ...data }).until

it('proposes the seventh workday for what was preserved (pen-56)', () => {
  expect(proposed({ provision: 'pen-56' }, { from: '2026-03-10' })).toBe('2026-03-19')
})

it('proposes the day that the days of the form come to, which no holiday moves', () => {
  expect(proposed({ days: 'days' }, { from: '2026-04-15', days: 16 })).toBe('2026-05-01')
})

it('leaves what somebody typed, and says nothing where the first day, the number or the calendar is missing', () => {
  expect(proposed({ provision: 'pen-56' }, { from: '2026-03-10', until: '2026-03-12' })).toBeUndefined()
  expect(proposed({ provision: 'pen-56' }, {})).toBeUndefined()
  expect(proposed({ days: 'days' }, { from: '2026-03-10' })).toBeUndefined()
  expect(proposed({ provision: 'pen-56' }, { from: '2029-03-10' })).toBeUndefined()
})
