import type { Fact } from '@liuhen/law/fact'
import { day, document, event, recording, step, throughNotice, two } from './timeline.ts'

const officers = { by: [...two] }
const approvedBy = (type: string, at: string, more: Partial<Fact> = {}): Fact[] =>
  (['handler', 'unit-head', 'agency-head'] as const).map((rank) =>
    document(type, 'approved', at, { by: [{ personId: rank, rank }], ...more }),
  )
const seen = { medium: 'video', legibleTitle: true, legibleFace: true }
const inStep = (name: string) => ({ step: name })

const preserved = [
  step('preservation', 'begun', day('03-05', '09:00'), officers),
  ...approvedBy('preservation-approval', day('03-05', '09:10'), inStep('preservation')),
  document('preservation-approval', 'issued', day('03-05', '09:10'), inStep('preservation')),
  document('preservation-notice', 'issued', day('03-05', '09:30'), inStep('preservation')),
  recording('preservation', 'made', day('03-05', '09:50'), {
    ...inStep('preservation'),
    ref: 'video-preserve',
    from: day('03-05', '09:20'),
    data: { medium: 'video' },
  }),
  step('preservation', 'done', day('03-05', '09:50'), {
    ...officers,
    from: day('03-05', '09:20'),
    to: day('03-05', '09:50'),
  }),
  document('preservation-disposal', 'issued', day('03-10', '15:00'), inStep('preservation-disposal')),
  step('preservation-disposal', 'done', day('03-10', '15:00')),
]

const reviewed = [
  step('legal-review', 'begun', day('03-07', '09:00'), {
    by: [{ personId: 'zhao', name: '赵六', as: 'reviewer', legalQualified: true }],
  }),
  document('legal-review-opinion', 'signed', day('03-07', '09:50'), {
    ...inStep('legal-review'),
    data: { role: 'reviewer' },
  }),
  document('legal-review-opinion', 'issued', day('03-07', '10:00'), {
    ...inStep('legal-review'),
    data: { conclusion: 'agree' },
  }),
  step('legal-review', 'done', day('03-07', '10:00')),
  document('deliberation-record', 'issued', day('03-07', '16:00'), inStep('deliberation')),
  step('deliberation', 'done', day('03-07', '16:00')),
]

const heard = [
  recording('direct-service', 'made', day('03-10', '10:00'), {
    ...inStep('advance-notice'),
    ref: 'video-notice',
    from: day('03-10', '09:50'),
    data: seen,
  }),
  document('service-receipt', 'issued', day('03-10', '10:05'), {
    ...inStep('advance-notice'),
    ref: 'receipt-notice',
  }),
  step('advance-notice', 'done', day('03-10', '10:05'), officers),
  document('statement-record', 'issued', day('03-11', '10:00'), {
    ...inStep('statement'),
    data: { waived: false },
  }),
  step('statement', 'done', day('03-11', '10:00'), officers),
  document('statement-review', 'issued', day('03-12', '10:00'), inStep('statement-review')),
  step('statement-review', 'done', day('03-12', '10:00')),
]

const decided = [
  step('decision', 'begun', day('03-13', '09:00'), officers),
  ...approvedBy('penalty-decision', day('03-13', '11:00'), inStep('decision')),
  document('penalty-decision', 'issued', day('03-13', '11:00'), {
    ...inStep('decision'),
    data: { kinds: ['fine'] },
  }),
  step('decision', 'done', day('03-13', '11:00')),
  step('service', 'begun', day('03-16', '09:00'), officers),
  document('penalty-decision', 'served', day('03-16', '09:30'), {
    ...inStep('decision'),
    data: { mode: 'direct' },
  }),
  recording('direct-service', 'made', day('03-16', '09:40'), {
    ...inStep('service'),
    ref: 'video-service',
    from: day('03-16', '09:20'),
    data: seen,
  }),
  document('service-receipt', 'issued', day('03-16', '09:40'), {
    ...inStep('service'),
    ref: 'receipt-decision',
  }),
  step('service', 'done', day('03-16', '09:40'), officers),
]

const closed = [
  event('penalty-paid', day('03-20', '15:00')),
  document('performance-check', 'issued', day('03-23', '10:00'), inStep('performance')),
  step('performance', 'done', day('03-23', '10:00'), officers),
  event('act-ended', day('03-24', '09:00')),
  ...approvedBy('closing-approval', day('03-24', '10:00'), inStep('closing')),
  document('closing-approval', 'issued', day('03-24', '10:00'), inStep('closing')),
  step('closing', 'done', day('03-24', '10:00')),
  document('disclosure-summary', 'approved', day('03-19', '09:50'), {
    ...inStep('disclosure'),
    ref: 'summary',
    by: [{ personId: 'zhou', as: 'disclosure-reviewer', rank: 'unit-head' }],
  }),
  document('disclosure-summary', 'issued', day('03-19', '10:00'), {
    ...inStep('disclosure'),
    ref: 'summary',
  }),
  event('disclosure-published', day('03-19', '11:00'), { about: 'summary' }),
  ...['case-file-cover', 'case-file-index', 'case-file-note'].map((type) =>
    document(type, 'issued', day('03-26', '10:00'), inStep('case-file')),
  ),
  step('case-file', 'done', day('03-26', '10:00')),
  event('secrecy-marked', day('03-27', '09:30'), { ref: 'mark-1', data: { class: 'none' } }),
  event('case-archived', day('03-27', '10:00')),
  event('file-handed-over', day('03-27', '11:00'), {
    data: {
      to: ['县局档案室', '行政执法案卷档案室'],
      receivedBy: '档案员',
      location: '一库2架',
      retention: '30年',
    },
  }),
]

const stored = (ref: string, scene: string, name: string, at: string): Fact[] => [
  recording(scene, 'stored', at, { ...inStep(name), ref }),
  recording(scene, 'described', at, {
    ...inStep(name),
    ref,
    data: {
      caseNo: '鄂汉走罚立〔2026〕1号',
      party: '某商店',
      handler: '李四',
      cause: '占道经营',
      unit: '执法中队',
      deviceNo: 'D-01',
      officers: '李四、王五',
      usedAt: at,
    },
  }),
]

/** A grave, dispute-prone case carried lawfully from clue to archive and disclosure; for every pack that does not want more. */
export const wholeCase: readonly Fact[] = [
  ...throughNotice.noticed.map((f) =>
    f.name === 'penalty-advance-notice' && f.state === 'served' ? { ...f, data: { mode: 'direct' } } : f,
  ),
  ...stored('video-1', 'general-enforcement', 'inspection', day('03-04', '17:00')),
  ...preserved,
  ...stored('video-preserve', 'preservation', 'preservation', day('03-05', '17:00')),
  ...reviewed,
  ...heard,
  ...stored('video-notice', 'direct-service', 'advance-notice', day('03-10', '17:00')),
  ...decided,
  ...stored('video-service', 'direct-service', 'service', day('03-16', '17:00')),
  ...closed,
].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))

export const wholeFlags = ['dispute-prone', 'major-complex']
