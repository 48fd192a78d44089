import { assignHandlers, flagCase, nameParty, noteFact, registerLead } from '@liuhen/api/routes/cases'
import { instantOfMs } from '@liuhen/law/civil-date'
import { markEvidence, transcribeRecording } from '@liuhen/api/routes/recordings'
import { FORMS, PARTY, UNAPPROVED_NOTICE } from './forms.ts'
import {
  type Play,
  approve,
  as,
  at,
  begin,
  complete,
  idsOf,
  refused,
  sendBack,
  serve,
  sign,
  submit,
} from './play.ts'
import { record } from './record.ts'

const PLACE = '武汉市东西湖区走马岭街道示范路18号门前'
const OFFICERS = ['officer', 'partner'] as const
const officers = [
  { role: 'officer', person: 'officer' },
  { role: 'officer', person: 'partner' },
]
const party = { role: 'party', name: PARTY.representative }

/** cpl-91, zml-21-4: posted by registered express, served on the day that the post's receipt names. */
const byPost = async (p: Play, step: string, about: string): Promise<void> => {
  const posted = { mailNo: '1099000012345', carrier: 'ems', mailPostage: '邮政特快专递收据，附卷' }
  await as(p, 'officer').call(noteFact, {
    params: { id: p.caseId },
    body: {
      name: 'document-posted',
      step,
      about,
      at: '2026-03-10T15:00:00+08:00',
      data: posted,
    },
  })
  await at(p, '2026-03-13 09:30')
  const servedAt = '2026-03-12T10:40:00+08:00'
  const returned = { mode: 'mail', servedAt, mailReceiptOn: '2026-03-12', place: PARTY.address }
  const receipt = await submit(p, 'officer', { type: 'service-receipt', step, about, data: returned })
  await sign(p, 'officer', receipt, officers.slice(0, 1))
  await serve(p, 'officer', about, {
    mode: 'mail',
    servedAt,
    recipient: PARTY.representative,
    officerIds: idsOf(p, OFFICERS),
    receiptId: receipt,
  })
}

/** zml-7-1, zml-9-2: the report is registered; answers the case's id. */
export const registerReport = async (p: Omit<Play, 'caseId'>): Promise<string> => {
  const play = { ...p, caseId: '' }
  await at(play, '2026-03-09 09:30')
  const done = await as(play, 'clerk').call(registerLead, {
    body: {
      procedure: 'penalty-ordinary',
      source: 'report',
      receivedAt: '2026-03-09T09:20:00+08:00',
      title: '走马岭街道刘记水果店占用消防车通道案',
      summary: '群众电话反映：示范路18号门前水果摊占用消防车通道摆放货架和货物，消防车无法通行。',
      place: PLACE,
      occurredAt: '2026-03-09T09:00:00+08:00',
      violation: '占用消防车通道经营',
      informant: { name: '匿名' },
    },
  })
  if (done.id === undefined) throw new Error('the lead was registered without an id')
  return done.id
}

export const intake = async (p: Play): Promise<void> => {
  p.progress.step('① 受理立案')
  const lead = await submit(p, 'clerk', { type: 'lead-record', step: 'lead', data: FORMS['lead-record'] })
  await sign(p, 'clerk', lead, [{ role: 'recorder', person: 'clerk' }])
  await complete(p, 'clerk', 'lead')
  await at(p, '2026-03-09 09:40')
  await complete(p, 'clerk', 'acceptance')
  const params = { id: p.caseId }
  await as(p, 'unitHead').call(assignHandlers, { params, body: { personIds: idsOf(p, OFFICERS) } })
  await as(p, 'officer').call(nameParty, { params, body: PARTY })
  await refused(p, '未立案先调查', () =>
    begin(p, 'officer', 'inspection', { officerIds: idsOf(p, OFFICERS) }),
  )
  await at(p, '2026-03-09 14:00')
  const filing = { type: 'filing-approval', step: 'filing', data: FORMS['filing-approval'] }
  const first = await submit(p, 'officer', filing)
  await sendBack(p, 'unitHead', first, '请补充是否影响消防车通行的初步判断。')
  const facts = `${FORMS['investigation-report']?.['facts'] as string}`
  const second = await submit(p, 'officer', {
    ...filing,
    documentId: first,
    data: { ...filing.data, facts: facts.slice(0, 120) },
  })
  await approve(p, 'unitHead', second, '同意立案，由李卫东、王晓燕承办。')
  await at(p, '2026-03-09 16:00')
  await approve(p, 'head', second, '同意立案。')
  await complete(p, 'officer', 'filing')
}

const inspect = async (p: Play): Promise<void> => {
  await at(p, '2026-03-10 09:30')
  await refused(p, '一人执法', () => begin(p, 'officer', 'inspection', { officerIds: idsOf(p, ['officer']) }))
  await refused(p, '执法证过期', () =>
    begin(p, 'officer', 'inspection', { officerIds: idsOf(p, ['officer', 'expired']) }),
  )
  await begin(p, 'officer', 'inspection', { officerIds: idsOf(p, OFFICERS), place: PLACE })
  await at(p, '2026-03-10 09:50')
  const times = { startAt: '2026-03-10T09:30:00+08:00', endAt: '2026-03-10T09:35:00+08:00' }
  const written = await submit(p, 'officer', {
    type: 'inspection-record',
    step: 'inspection',
    data: { ...FORMS['inspection-record'], ...times, place: PLACE, recorder: '王晓燕' },
  })
  await sign(p, 'officer', written, [party, ...officers, { role: 'recorder', person: 'partner' }])
  const end = { to: times.endAt }
  const scene = { step: 'inspection', scene: 'general-enforcement' }
  await record(p, { ...scene, clip: 'inspection-1', from: times.startAt, to: '2026-03-10T09:33:00+08:00' })
  await record(p, { ...scene, clip: 'inspection-2', from: '2026-03-10T09:33:00+08:00', to: times.endAt })
  await complete(p, 'officer', 'inspection', end)
}

/** Seconds of the film in which each question was put; answers begin some seconds later. */
const ASKED_AT = [4, 24, 48, 84, 110, 140]
const ANSWERS_AFTER = 7

/** The record was typed while the camera ran: each line has its time. */
const typedWhileFilmed = (talk: unknown, startAt: string) => {
  const at = (seconds: number) => instantOfMs(Date.parse(startAt) + seconds * 1000)
  return (Array.isArray(talk) ? talk : []).map((turn: object, i) => {
    const asked = ASKED_AT[i] ?? 0
    return { ...turn, at: at(asked), answeredAt: at(asked + ANSWERS_AFTER) }
  })
}

type Turn = Readonly<{ q: string; a: string }>

/** czm-8-18, evd-12: what the film proves and what is heard in it, written down and signed. */
const describeFilm = async (p: Play, film: string, talk: readonly Turn[]): Promise<void> => {
  const params = { id: film }
  const lines = talk.flatMap(({ q, a }, i) => {
    const from = ASKED_AT[i] ?? 0
    return [
      { from, speaker: '李卫东', text: q },
      { from: from + ANSWERS_AFTER, speaker: PARTY.representative, text: a },
    ]
  })
  await as(p, 'officer').call(transcribeRecording, { params, body: { after: 0, lines } })
  const reason = '当事人承认在消防车通道上摆放货架和货物，以及起止时间和位置'
  await as(p, 'officer').call(markEvidence, { params, body: { reason } })
  const data = { method: '用执法记录仪在询问室全程摄录，未经剪辑', original: 'original' }
  const written = await submit(p, 'officer', {
    type: 'recording-description',
    step: 'inquiry',
    about: film,
    data,
  })
  await sign(p, 'officer', written, officers.slice(0, 1))
}

const inquire = async (p: Play): Promise<void> => {
  await at(p, '2026-03-10 10:30')
  await begin(p, 'officer', 'inquiry', {
    officerIds: idsOf(p, OFFICERS),
    place: '走马岭街道综合执法中心询问室',
  })
  await at(p, '2026-03-10 10:45')
  const times = { startAt: '2026-03-10T10:30:00+08:00', endAt: '2026-03-10T10:33:00+08:00' }
  const talk = typedWhileFilmed(FORMS['inquiry-record']?.['talk'], times.startAt)
  const written = await submit(p, 'officer', {
    type: 'inquiry-record',
    step: 'inquiry',
    data: { ...FORMS['inquiry-record'], ...times, recordedFrom: times.startAt, talk, recorder: '王晓燕' },
  })
  await sign(p, 'officer', written, [party, ...officers, { role: 'recorder', person: 'partner' }])
  const film = await record(p, {
    step: 'inquiry',
    scene: 'major-complex',
    clip: 'inquiry',
    from: times.startAt,
    to: times.endAt,
  })
  await describeFilm(p, film, FORMS['inquiry-record']?.['talk'] as readonly Turn[])
  await complete(p, 'officer', 'inquiry', { to: times.endAt })
}

const handOver = (p: Play, documentId: string, servedAt: string) =>
  serve(p, 'officer', documentId, {
    mode: 'direct',
    servedAt,
    recipient: PARTY.representative,
    officerIds: idsOf(p, OFFICERS),
    place: PLACE,
  })

const preserve = async (p: Play): Promise<void> => {
  await at(p, '2026-03-10 11:10')
  const step = 'preservation'
  await begin(p, 'officer', step, { officerIds: idsOf(p, OFFICERS), place: PLACE })
  await refused(p, '未经批准先行登记保存', () =>
    submit(p, 'officer', {
      type: 'preservation-notice',
      step,
      data: UNAPPROVED_NOTICE,
    }),
  )
  const approval = await submit(p, 'officer', {
    type: 'preservation-approval',
    step,
    data: FORMS['preservation-approval'],
  })
  await sign(p, 'officer', approval, officers)
  await approve(p, 'head', approval, '同意先行登记保存。')
  const notice = await submit(p, 'officer', {
    type: 'preservation-notice',
    step,
  })
  await sign(p, 'officer', notice, [party, ...officers])
  await handOver(p, notice, '2026-03-10T11:10:00+08:00')
  await complete(p, 'officer', step)
  await at(p, '2026-03-10 15:00')
  const order = await submit(p, 'officer', {
    type: 'rectification-order',
    step: 'rectification-order',
    data: FORMS['rectification-order'],
  })
  await approve(p, 'unitHead', order)
  await approve(p, 'head', order)
  await byPost(p, 'rectification-order', order)
  await complete(p, 'officer', 'rectification-order')
  await at(p, '2026-03-18 10:00')
  const disposal = await submit(p, 'officer', {
    type: 'preservation-disposal',
    step: 'preservation-disposal',
    data: FORMS['preservation-disposal'],
  })
  await approve(p, 'head', disposal, '同意解除。')
  await handOver(p, disposal, '2026-03-18T10:00:00+08:00')
  await complete(p, 'officer', 'preservation-disposal')
}

export const investigate = async (p: Play): Promise<void> => {
  p.progress.step('② 调查取证')
  await inspect(p)
  await inquire(p)
  await preserve(p)
  await at(p, '2026-03-20 10:00')
  const report = await submit(p, 'officer', {
    type: 'investigation-report',
    step: 'investigation-report',
    data: FORMS['investigation-report'],
  })
  await approve(p, 'unitHead', report, '同意承办人意见，送法制审核。')
  await sign(p, 'officer', report, officers)
  await complete(p, 'officer', 'investigation-report')
  const body = { flag: 'major-complex', on: true, reason: '占用消防车通道危及公共安全，经劝导后再犯' }
  await as(p, 'unitHead').call(flagCase, { params: { id: p.caseId }, body })
}
