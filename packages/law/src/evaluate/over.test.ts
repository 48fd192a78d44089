import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { realLaw } from '../../../../test/law/real-law.ts'
import { evaluate } from '../evaluate.ts'
import { recordOf } from '../law-evaluate.ts'
import { Timeline } from '../schema/timeline.ts'

const file = new URL('../../../../vectors/timelines/zoumaling-whole-case.json', import.meta.url)
const whole = recordOf(Timeline.parse(JSON.parse(readFileSync(file, 'utf8'))))
const possible = (facts: typeof whole.facts): string[] =>
  evaluate({ ...whole, facts }, realLaw(), '2026-06-30T09:00:00+08:00')
    .steps.filter((s) => s.status === 'possible')
    .map((s) => s.id)

it('offers no optional step once the file is archived but what outlasts it, and all of them before', () => {
  const before = whole.facts.filter((f) => f.name !== 'case-archived')
  expect(possible(before)).toContain('document-correction')
  expect(possible(whole.facts)).toEqual(['lending'])
})
