import { archiveCase, assembleFile, publishDisclosure } from '@liuhen/api/routes/case-file'
import { noteFact } from '@liuhen/api/routes/cases'
import { FORMS, PARTY } from './forms.ts'
import {
  type Play,
  approve,
  as,
  at,
  begin,
  complete,
  idsOf,
  refused,
  serve,
  sign,
  submit,
  workspace,
} from './play.ts'
import { record } from './record.ts'
import { untilRendered } from './take-package.ts'

const OFFICERS = ['officer', 'partner'] as const
const officers = [
  { role: 'officer', person: 'officer' },
  { role: 'officer', person: 'partner' },
]
const party = { role: 'party', name: PARTY.representative }
const OFFICE = '走马岭街道综合执法中心'

const review = async (p: Play): Promise<void> => {
  await at(p, '2026-03-24 09:30')
  await refused(p, '承办人审核本人承办的案件', () => begin(p, 'partner', 'legal-review'))
  const opinion = await submit(p, 'reviewer', {
    type: 'legal-review-opinion',
    step: 'legal-review',
    data: FORMS['legal-review-opinion'],
  })
  await sign(p, 'reviewer', opinion, [{ role: 'reviewer', person: 'reviewer' }])
  await complete(p, 'reviewer', 'legal-review')
}

const deliberate = async (p: Play): Promise<void> => {
  await at(p, '2026-03-25 16:00')
  const times = { startAt: '2026-03-25T15:00:00+08:00', endAt: '2026-03-25T15:40:00+08:00' }
  const minutes = await submit(p, 'officer', {
    type: 'deliberation-record',
    step: 'deliberation',
    data: { ...FORMS['deliberation-record'], ...times, place: '街道办事处会议室' },
  })
  await sign(p, 'officer', minutes, [
    { role: 'chair', person: 'head' },
    { role: 'participant', person: 'deputyHead' },
    { role: 'participant', person: 'unitHead' },
    { role: 'recorder', person: 'officer' },
  ])
  await complete(p, 'officer', 'deliberation')
}

type Service = Readonly<{ step: string; documentId: string; clip: string; from: string; to: string }>

/** zml-21-1, zml-21-2: served in person, receipt signed, recorded so that title and face can be made out. */
const serveInPerson = async (p: Play, s: Service): Promise<void> => {
  await serve(p, 'officer', s.documentId, {
    mode: 'direct',
    servedAt: s.to,
    recipient: PARTY.representative,
    officerIds: idsOf(p, OFFICERS),
    place: PARTY.address,
  })
  const data = {
    mode: 'direct',
    servedAt: s.to,
    place: PARTY.address,
    receiver: PARTY.representative,
    receiverRelation: '经营者本人',
  }
  const receipt = await submit(p, 'officer', {
    type: 'service-receipt',
    step: s.step,
    about: s.documentId,
    data,
  })
  await sign(p, 'officer', receipt, [{ role: 'recipient', name: PARTY.representative }, officers[0] ?? party])
  await refused(p, '送达没有录像', () => complete(p, 'officer', s.step))
  await record(p, {
    step: s.step,
    scene: 'direct-service',
    clip: s.clip,
    from: s.from,
    to: s.to,
    legible: true,
  })
}

const notify = async (p: Play): Promise<void> => {
  await refused(p, '未告知先决定', () => begin(p, 'officer', 'decision'))
  await at(p, '2026-03-27 10:00')
  const notice = await submit(p, 'officer', {
    type: 'penalty-advance-notice',
    step: 'advance-notice',
    data: FORMS['penalty-advance-notice'],
  })
  await approve(p, 'unitHead', notice)
  await approve(p, 'head', notice)
  await at(p, '2026-04-01 10:30')
  await serveInPerson(p, {
    step: 'advance-notice',
    documentId: notice,
    clip: 'notice',
    from: '2026-04-01T10:00:00+08:00',
    to: '2026-04-01T10:01:00+08:00',
  })
  await complete(p, 'officer', 'advance-notice')
  await refused(p, '陈述申辩期限未满先决定', () => begin(p, 'officer', 'decision'))
}

const listen = async (p: Play): Promise<void> => {
  await at(p, '2026-04-02 15:30')
  const times = { startAt: '2026-04-02T15:00:00+08:00', endAt: '2026-04-02T15:20:00+08:00' }
  const heard = await submit(p, 'officer', {
    type: 'statement-record',
    step: 'statement',
    data: { ...FORMS['statement-record'], ...times, place: OFFICE, recorder: '王晓燕' },
  })
  await sign(p, 'officer', heard, [party, ...officers, { role: 'recorder', person: 'partner' }])
  await complete(p, 'officer', 'statement')
  await at(p, '2026-04-07 10:00')
  const checked = await submit(p, 'officer', {
    type: 'statement-review',
    step: 'statement-review',
    data: { heardOn: '2026-04-02', ...FORMS['statement-review'] },
  })
  await approve(p, 'unitHead', checked)
  await sign(p, 'officer', checked, officers)
  await complete(p, 'officer', 'statement-review')
}

/** Answers the decision's document id. */
export const decide = async (p: Play): Promise<string> => {
  p.progress.step('③ 审查决定')
  await review(p)
  await deliberate(p)
  await notify(p)
  await listen(p)
  await at(p, '2026-04-15 09:30')
  const decision = await submit(p, 'officer', {
    type: 'penalty-decision',
    step: 'decision',
    data: FORMS['penalty-decision'],
  })
  await approve(p, 'unitHead', decision)
  await approve(p, 'head', decision, '同意，依法送达。')
  await complete(p, 'officer', 'decision')
  return decision
}

export const serveDecision = async (p: Play, decision: string): Promise<void> => {
  p.progress.step('④ 送达执行')
  await at(p, '2026-04-20 10:10')
  await begin(p, 'officer', 'service', { officerIds: idsOf(p, OFFICERS), place: PARTY.address })
  await serveInPerson(p, {
    step: 'service',
    documentId: decision,
    clip: 'service',
    from: '2026-04-20T10:00:00+08:00',
    to: '2026-04-20T10:01:30+08:00',
  })
  await complete(p, 'officer', 'service')
}

/** The fine is paid and the lane is free: looked at and written down (zml-22-1). */
export const checkPerformance = async (p: Play): Promise<void> => {
  await at(p, '2026-04-24 17:00')
  const params = { id: p.caseId }
  const paid = {
    name: 'penalty-paid',
    at: '2026-04-24T15:10:00+08:00',
    step: 'performance',
    data: { receiptNo: '鄂财票20260424001' },
  }
  await as(p, 'officer').call(noteFact, { params, body: { ...paid, note: '罚款500元已缴入指定银行' } })
  await at(p, '2026-04-28 10:30')
  const check = {
    ...FORMS['performance-check'],
    checkedAt: '2026-04-28T10:00:00+08:00',
    place: PARTY.address,
  }
  const checked = await submit(p, 'officer', { type: 'performance-check', step: 'performance', data: check })
  await sign(p, 'officer', checked, officers)
  await complete(p, 'officer', 'performance')
}

/** Within seven workdays of the decision (gbf118-disclosure), before the fine is paid. */
export const disclose = async (p: Play): Promise<void> => {
  await at(p, '2026-04-22 09:00')
  const summary = await submit(p, 'publisher', {
    type: 'disclosure-summary',
    step: 'disclosure',
    data: FORMS['disclosure-summary'],
  })
  await approve(p, 'unitHead', summary, '同意公示。')
  await as(p, 'publisher').call(publishDisclosure, {
    params: { id: p.caseId },
    body: { documentId: summary },
  })
}

const close = async (p: Play): Promise<void> => {
  await at(p, '2026-04-29 10:00')
  const params = { id: p.caseId }
  const closing = await submit(p, 'officer', {
    type: 'closing-approval',
    step: 'closing',
    data: FORMS['closing-approval'],
  })
  await approve(p, 'unitHead', closing)
  await approve(p, 'head', closing, '同意结案。')
  await as(p, 'officer').call(noteFact, {
    params,
    body: { name: 'act-ended', at: '2026-04-29T10:00:00+08:00', step: 'closing', data: {} },
  })
  await complete(p, 'officer', 'closing')
}

/** The custodian signs the notes of both volumes; then the file is complete. */
const signNotes = async (p: Play): Promise<void> => {
  const { documents } = await workspace(p)
  const open = documents.filter((d) =>
    d.signatures.some((x) => x.role === 'custodian' && x.got.length < x.need),
  )
  for (const note of open) await sign(p, 'archivist', note.id, [{ role: 'custodian', person: 'archivist' }])
}

export const finish = async (p: Play): Promise<void> => {
  p.progress.step('⑤ 结案归档')
  await close(p)
  await untilRendered(p)
  await at(p, '2026-05-08 10:00')
  await as(p, 'archivist').call(assembleFile, { params: { id: p.caseId }, body: {} })
  await signNotes(p)
  await complete(p, 'archivist', 'case-file')
  await at(p, '2026-05-11 09:00')
  await as(p, 'archivist').call(archiveCase, { params: { id: p.caseId }, body: {} })
}
