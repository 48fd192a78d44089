import { expect, it } from 'vitest'
import { realLaw } from '../../../../test/law/real-law.ts'
import { evaluate } from '../evaluate.ts'
import type { Fact } from '../fact.ts'

const at = '2026-03-10T09:00:00+08:00'
const statusOf = (id: string, facts: readonly Fact[]) =>
  evaluate(
    {
      procedure: 'penalty-ordinary',
      startedAt: '2026-03-09T09:00:00+08:00',
      facts,
      selection: { base: 'fengtai', overlays: [], national: 'on' },
    },
    realLaw(),
    at,
  ).steps.find((s) => s.id === id)?.status

const filed: Fact[] = ['acceptance', 'filing', 'inspection'].map((name) => ({
  kind: 'step',
  name,
  state: 'done',
  at: '2026-03-09T10:00:00+08:00',
}))
const withdrawn: Fact = {
  kind: 'document',
  name: 'withdrawal-approval',
  state: 'issued',
  at: '2026-03-10T08:00:00+08:00',
}

it('needs nothing but closing, file and archive once the filing is withdrawn', () => {
  expect(['decision', 'service', 'performance'].map((id) => statusOf(id, filed))).not.toContain('not-needed')
  const after = [...filed, withdrawn]
  expect(['decision', 'service', 'performance'].map((id) => statusOf(id, after))).toEqual([
    'not-needed',
    'not-needed',
    'not-needed',
  ])
  expect(statusOf('closing', after)).toBe('possible')
  expect(statusOf('inspection', after)).toBe('done')
})

it('needs them again when the matter is taken up anew', () => {
  const reopened: Fact = { kind: 'event', name: 'case-reopened', at: '2026-03-10T08:30:00+08:00' }
  expect(statusOf('decision', [...filed, withdrawn, reopened])).not.toBe('not-needed')
  const before: Fact = { ...reopened, at: '2026-03-10T07:30:00+08:00' }
  expect(statusOf('decision', [...filed, before, withdrawn])).toBe('not-needed')
})
