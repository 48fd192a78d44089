import { describe, expect, it } from 'vitest'
import type { Duty, Evaluation, StepView } from '@liuhen/law/evaluation'
import type { OpenCase } from '@liuhen/domain/case/state'
import type { CaseTerms } from '../case-stream/terms.ts'
import { dutyStateAt, owedFirst, stageOf, statusOf } from './summary.ts'

const now = '2026-03-10T12:00:00+08:00'
const duty = (state: Duty['state'], due?: string): Pick<Duty, 'state' | 'due'> => ({
  state,
  ...(due === undefined ? {} : { due }),
})
const step = (id: string, stage: string, status: StepView['status'], optional = false): StepView => ({
  id,
  name: id,
  stage,
  status,
  optional,
  by: [],
  documents: [],
  recordings: [],
  before: [],
  missing: [],
  citations: [],
})
const same = (x: string) => x
const terms: CaseTerms = {
  procedure: { id: 'p', name: '普通程序', act: '行政处罚' },
  stages: [
    { id: 'filing', name: '立案' },
    { id: 'decision', name: '决定' },
    { id: 'archive', name: '归档' },
  ],
  packs: { base: 'national', baseTitle: '国家规定', overlays: [] },
  stepName: same,
  documentName: same,
  resultOf: () => undefined,
  sceneName: same,
  flags: [],
  flagName: same,
  factName: same,
  notes: [],
  labelFields: [],
  checks: [],
  filming: { notices: [], opening: [], keyContent: [], forbidden: [], continuity: [], interruption: [] },
}
const evaluation = (...steps: StepView[]): Evaluation => ({ steps, duties: [], findings: [], keeping: [] })
const bare: OpenCase = {
  kind: 'open',
  leadNo: '1',
  procedure: 'p',
  law: { base: 'national', overlays: [], settings: {} },
  source: 'report',
  receivedAt: now,
  title: 't',
  summary: 's',
  handlers: [],
  flags: [],
  steps: {},
  begun: {},
  documents: {},
  recordings: [],
  facts: [],
  withdrawn: [],
  packages: [],
}

describe('dutyStateAt', () => {
  it('calls an open duty overdue once its day has passed, without any event', () => {
    expect(dutyStateAt(duty('open', '2026-03-09T23:59:59+08:00'), now)).toBe('overdue')
    expect(dutyStateAt(duty('open', '2026-03-11T23:59:59+08:00'), now)).toBe('open')
    expect(dutyStateAt(duty('open'), now)).toBe('open')
  })
  it('leaves what is met or excused as it is', () => {
    expect(dutyStateAt(duty('met', '2026-03-01T00:00:00+08:00'), now)).toBe('met')
    expect(dutyStateAt(duty('excused', '2026-03-01T00:00:00+08:00'), now)).toBe('excused')
  })
})

describe('owedFirst', () => {
  it('puts the earliest day first and duties without a number last', () => {
    const late = duty('overdue', '2026-03-09T00:00:00+08:00')
    const soon = duty('open', '2026-03-12T00:00:00+08:00')
    const whenever = duty('open')
    expect(owedFirst([whenever, soon, duty('met'), late])).toEqual([late, soon, whenever])
  })
})

describe('stageOf', () => {
  it('is the stage of the step under way', () => {
    const e = evaluation(step('a', 'filing', 'done'), step('b', 'decision', 'begun'))
    expect(stageOf(e, terms).name).toBe('决定')
  })
  it('is that of the next step that must be done, when none is under way', () => {
    const e = evaluation(
      step('a', 'filing', 'done'),
      step('x', 'archive', 'possible', true),
      step('b', 'decision', 'blocked'),
    )
    expect(stageOf(e, terms).id).toBe('decision')
  })
})

describe('statusOf', () => {
  it('is closed once the first step of the last stage is done', () => {
    const e = evaluation(
      step('a', 'filing', 'done'),
      step('closing', 'archive', 'done'),
      step('file', 'archive', 'possible'),
    )
    expect(statusOf(bare, e, terms)).toBe('closed')
  })
  it('is open until then, and archived after archiving', () => {
    const e = evaluation(step('b', 'decision', 'done'), step('c', 'archive', 'possible'))
    expect(statusOf(bare, e, terms)).toBe('open')
    const archived = { ...bare, archive: { archiveNo: '1', why: '', at: now } }
    expect(statusOf(archived, e, terms)).toBe('archived')
  })
})
