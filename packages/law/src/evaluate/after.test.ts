import { expect, it } from 'vitest'
import { realLaw } from '../../../../test/law/real-law.ts'
import { evaluate, judge } from '../evaluate.ts'
import type { Fact } from '../fact.ts'
import { TOO_EARLY } from './step-views.ts'

const at = '2026-03-10T09:00:00+08:00'
const zoumaling = { base: 'zoumaling', overlays: [] as string[], national: 'on' as const }
const guotu = { base: 'national', overlays: ['guotu-gongshi'], national: 'on' as const }
const record = (facts: readonly Fact[], procedure = 'penalty-ordinary', selection = zoumaling) => ({
  procedure,
  startedAt: '2026-03-09T09:00:00+08:00',
  facts,
  selection,
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

it('offers an optional step of the investigation no more once the decision is made, unless it is dealt with anew', () => {
  const decided: Fact = { kind: 'document', name: 'penalty-decision', state: 'issued', at }
  const optional = ['inquiry', 'sampling', 'appraisal', 'evidence-retrieval', 'statement']
  const statuses = (facts: readonly Fact[]) =>
    optional.map((id) => viewOf(id, [accepted, filed, ...facts])?.status)
  expect(statuses([])).not.toContain('not-needed')
  expect(new Set(statuses([decided]))).toEqual(new Set(['not-needed']))
  const reopened: Fact = { kind: 'event', name: 'case-reopened', at }
  expect(statuses([decided, reopened])).not.toContain('not-needed')
})

it.each([
  'licence',
  'adjudication',
  'inspection',
  'coercive-measure',
  'compulsory-execution',
  'penalty-simple',
])(
  'closes, assembles and archives no %s in which nothing has happened yet, whoever asks for it',
  (procedure) => {
    for (const selection of [zoumaling, guotu]) {
      // An application of which the agency's texts say nothing is none of its acts.
      if (procedure === 'adjudication' && selection === zoumaling) continue
      const { steps } = evaluate(record([], procedure, selection), realLaw(), at)
      const ending = steps.filter((s) => ['closing', 'case-file', 'archiving'].includes(s.id))
      expect(ending.map((s) => s.status)).toEqual(['blocked', 'blocked', 'blocked'])
    }
  },
)

it('passes over an optional step once its turn has come', () => {
  const of = (facts: readonly Fact[]) => {
    const { steps } = evaluate(record(facts, 'licence', guotu), realLaw(), at)
    return ['case-file', 'archiving'].map((id) => {
      const view = steps.find((s) => s.id === id)
      return [view?.status, view?.optional]
    })
  }
  const closing: Fact = { ...filed, name: 'closing' }
  expect(of([])).toEqual([
    ['blocked', true],
    ['blocked', true],
  ])
  expect(of([closing])).toEqual([
    ['possible', true],
    ['possible', true],
  ])
})
