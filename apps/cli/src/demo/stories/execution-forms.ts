import type { Matter } from '../matters.ts'

type Data = Readonly<Record<string, unknown>>

/** The decision that is carried out: a penalty of another case. */
export const DECISION = { number: '处罚〔2026〕8号', decidedOn: '2026-02-02' } as const

const REMEDY = '可以自收到本决定书之日起六十日内申请行政复议，或者在六个月内提起行政诉讼。'
const COERCION_LAW = '《中华人民共和国行政强制法》'

/** Papers of a compulsory execution by this method, beside what the forms know themselves; the party has until the end of a day. */
export const executionForms = (
  m: Matter,
  method: string,
  performBy: string,
): Readonly<Record<string, Data>> => ({
  'demand-letter': {
    obligation: `改正“${m.violation}”，缴纳罚款。`,
    performBy,
    manner: '自行改正，向指定银行缴纳罚款。',
    consequence: '逾期不履行的，依法强制执行。',
    rights: '收到催告书后有权陈述和申辩。',
  },
  'execution-decision': {
    method,
    reason: '经催告，无正当理由逾期仍不履行。',
    basis: [{ title: COERCION_LAW, article: '第三十七条' }],
    powerBasis: '法律授予本机关强制执行权的规定',
    time: '收到本决定书后第四个工作日上午',
    remedy: REMEDY,
    performer: '示范工程有限公司',
    cost: '80000',
  },
  'execution-notice': {
    dailyRate: 30,
    amount: m.fine,
    performer: '示范工程有限公司',
    cost: '80000',
  },
  'on-site-record': {
    activity: '强制执行',
    partyPresent: true,
    present: m.party.representative,
    certificateShown: true,
    rightsTold: true,
    heard: '当事人没有提出陈述、申辩。',
    course: '出示证件、说明来意后按决定书实施，全程录像。',
  },
  'execution-application': {
    applicantHead: '主要负责人',
    servedOn: '2026-02-04',
    demandServedOn: '2026-03-10',
    matter: '强制执行罚款决定。',
    facts: `${m.summary}依法作出处罚决定并送达。`,
    opinions: '当事人没有提出意见；已经催告。',
    object: '罚款。',
    basis: [{ title: COERCION_LAW, article: '第五十三条' }],
    materials: [{ name: '行政处罚决定书', count: 1 }],
  },
  'closing-approval': {
    performance: '强制执行已经完成。',
    reason: 'performed',
    handlerOpinion: '强制执行已经完成，建议结案。',
  },
})
