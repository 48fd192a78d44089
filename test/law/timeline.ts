import type { CaseRecord } from '@liuhen/law/evaluate'
import type { Citation } from '@liuhen/law/evaluation'
import type { Fact, FactPerson } from '@liuhen/law/fact'

/** Words for tests of law: facts of a case in 2026, China time. */
export const day = (monthDay: string, time = '10:00'): string => `2026-${monthDay}T${time}:00+08:00`

const fact = (
  kind: Fact['kind'],
  name: string,
  state: string | undefined,
  at: string,
  more: Partial<Fact>,
): Fact => ({
  kind,
  name,
  ...(state === undefined ? {} : { state }),
  at,
  ...more,
})

export const step = (name: string, state: 'begun' | 'done', at: string, more: Partial<Fact> = {}): Fact =>
  fact('step', name, state, at, { step: name, ...more })
export const document = (name: string, state: string, at: string, more: Partial<Fact> = {}): Fact =>
  fact('document', name, state, at, { ref: name, ...more })
export const event = (name: string, at: string, more: Partial<Fact> = {}): Fact =>
  fact('event', name, undefined, at, more)
/** Its `to` is the time at which it was made. */
export const recording = (scene: string, state: string, at: string, more: Partial<Fact> = {}): Fact =>
  fact('recording', scene, state, at, { to: at, ...more })

export const two: readonly [FactPerson, FactPerson] = [
  { personId: 'li', name: '李四', as: 'officer', certNo: '420112001', certValidTo: '2027-12-31' },
  { personId: 'wang', name: '王五', as: 'officer', certNo: '420112002', certValidTo: '2027-12-31' },
]

const registered = [
  event('lead-registered', day('03-02', '09:00'), { data: { source: 'report' } }),
  document('lead-record', 'issued', day('03-02', '09:10'), { step: 'lead', data: { handling: 'accept' } }),
  step('lead', 'done', day('03-02', '09:10')),
  event('handlers-assigned', day('03-02', '09:20'), { by: two.map((p) => ({ ...p, as: 'handler' })) }),
]
const accepted = [...registered, step('acceptance', 'done', day('03-02', '10:00'))]
const approved = (type: string, at: string): Fact[] =>
  (['handler', 'unit-head', 'agency-head'] as const).map((rank) =>
    document(type, 'approved', at, { by: [{ personId: rank, rank }] }),
  )
const filed = [
  ...accepted,
  ...approved('filing-approval', day('03-03', '15:00')),
  document('filing-approval', 'issued', day('03-03', '15:00'), { step: 'filing' }),
  step('filing', 'done', day('03-03', '15:00')),
]
const inspected = [
  ...filed,
  step('inspection', 'begun', day('03-04', '09:00'), { by: [...two] }),
  recording('general-enforcement', 'made', day('03-04', '11:00'), {
    step: 'inspection',
    ref: 'video-1',
    from: day('03-04', '09:00'),
  }),
  document('inspection-record', 'issued', day('03-04', '11:30'), {
    step: 'inspection',
    data: { certificateShown: true, rightsTold: true },
  }),
  step('inspection', 'done', day('03-04', '11:00'), {
    from: day('03-04', '09:00'),
    to: day('03-04', '11:00'),
    by: [...two],
  }),
]
const reported = [
  ...inspected,
  document('investigation-report', 'issued', day('03-06'), { step: 'investigation-report' }),
  step('investigation-report', 'done', day('03-06')),
]
const noticed = [
  ...reported,
  document('penalty-advance-notice', 'issued', day('03-09'), {
    step: 'advance-notice',
    data: { rights: ['statement', 'defence'], statementDays: 3 },
  }),
  document('penalty-advance-notice', 'served', day('03-10'), {
    step: 'advance-notice',
    data: { mode: 'mail' },
  }),
]

/** A lawful case, as far as each stage. */
export const throughNotice = { registered, accepted, filed, inspected, reported, noticed }

export const caseOf = (
  facts: readonly Fact[],
  more: Partial<Omit<CaseRecord, 'facts'>> = {},
): CaseRecord => ({
  procedure: 'penalty-ordinary',
  startedAt: day('03-02', '09:00'),
  facts,
  selection: { base: 'zoumaling', overlays: [] },
  ...more,
})

/** Clause ids that are cited, each once, in order. */
export const clausesIn = (of: readonly { citations: readonly Citation[] }[]): string[] => [
  ...new Set(of.flatMap((r) => r.citations.map((c) => c.clause))),
]
