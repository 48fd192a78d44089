import { expect, it } from 'vitest'
import { realLaw } from '../../../../test/law/real-law.ts'
import { evaluate, judge } from '../evaluate.ts'
import type { Fact } from '../fact.ts'
import { TOO_EARLY } from './step-views.ts'

const at = '2026-03-10T09:00:00+08:00'
const record = (facts: readonly Fact[], procedure = 'penalty-ordinary') => ({
  procedure,
  startedAt: '2026-03-09T09:00:00+08:00',
  facts,
  selection: { base: 'zoumaling', overlays: [], national: 'on' as const },
})
const viewOf = (id: string, facts: readonly Fact[], procedure?: string) =>
  evaluate(record(facts, procedure), realLaw(), at).steps.find((s) => s.id === id)
const filed: Fact = { kind: 'step', name: 'filing', state: 'done', at: '2026-03-09T10:00:00+08:00' }
const accepted: Fact = { ...filed, name: 'acceptance' }
const closed: Fact = { ...filed, name: 'closing' }

it('does not offer a suspension before the case is filed, and says what comes first', () => {
  const early = viewOf('suspension', [])
  expect(early?.status).toBe('blocked')
  expect(early?.before.map((r) => r.code)).toEqual([TOO_EARLY, TOO_EARLY])
  expect(early?.before.map((r) => r.message)).toContain('“立案”办结以前，不办理“中止”')
  expect(early?.before[0]?.citations.length).toBeGreaterThan(0)
  expect(viewOf('suspension', [accepted, filed])?.status).toBe('possible')
})

it('offers it no more when the case is closed, unless it is dealt with anew', () => {
  expect(viewOf('suspension', [accepted, filed, closed])?.status).toBe('not-needed')
  const reopened: Fact = { kind: 'event', name: 'case-reopened', at }
  expect(viewOf('suspension', [accepted, filed, closed, reopened])?.status).toBe('possible')
})

it('forbids nothing: the fact itself is judged by the texts alone', () => {
  const begun: Fact = { kind: 'step', name: 'suspension', state: 'begun', at }
  expect(judge(record([]), begun, realLaw(), at)).toEqual([])
})

it('asks only for those earlier steps that the procedure has', () => {
  expect(viewOf('suspension', [], 'licence')?.before.map((r) => r.todo)).toHaveLength(1)
})
