import type { Matter } from './matters.ts'

type Data = Readonly<Record<string, unknown>>
/** Who is named in the papers of a case: two officers and the head of the unit. */
export type Named = Readonly<{ officer: string; partner: string; unitHead: string; head: string }>

const shown = (n: Named) => ({
  certificateShown: true,
  certificateNote: `${n.officer}、${n.partner}出示了执法证件，说明了来意和依据。`,
  rightsTold: true,
  recusal: 'none',
})

const spoken = (m: Matter): string => m.party.representative ?? m.party.name

const evidence = [
  { kind: 'inspection', name: '现场检查笔录', proves: '违法行为的现场状况' },
  { kind: 'audiovisual', name: '现场执法录像', proves: '检查经过和出示证件' },
  { kind: 'statement', name: '询问笔录', proves: '当事人承认的时间和经过' },
]

const onSite = (m: Matter, n: Named): Readonly<Record<string, Data>> => ({
  'lead-record': {
    channel: 'phone',
    informantName: '匿名',
    wantsReply: false,
    reportKind: 'violation',
    handling: 'accept',
    acceptedAt: '2026-03-09T09:30:00+08:00',
  },
  'filing-approval': {
    suspected: m.violated,
    emergency: false,
    handlerOpinion: '线索属实，属本机关管辖，建议立案调查。',
  },
  'inspection-record': {
    ...shown(n),
    place: m.place,
    recorder: n.partner,
    present: spoken(m),
    presentRole: '当事人',
    findings: `${m.summary}执法人员拍照、录像，当事人在场。`,
    uncooperative: false,
  },
  'inquiry-record': {
    ...shown(n),
    recorder: n.partner,
    round: 1,
    relation: 'party',
    talk: [
      { q: '我们是执法人员，这是执法证件，是否看清？是否申请回避？', a: '看清了，不申请回避。' },
      { q: `${m.violation}一事是否属实？`, a: '属实，愿意改正。' },
    ],
  },
})

const judged = (m: Matter): Readonly<Record<string, Data>> => ({
  'investigation-report': {
    process: '立案后现场检查并全程录像，询问了当事人，调查终结。',
    evidence,
    nature: `当事人的行为属于${m.violation}。`,
    violated: m.violated,
    basis: m.basis,
    circumstances: '无法定从重情节；主动配合调查并改正，可以从轻。',
    discretion: '按裁量基准属于一般情节的下限档次。',
    kinds: m.kinds,
    fine: m.fine,
    proposal: `建议给予${m.penalty}`,
  },
  'legal-review-opinion': {
    submittedOn: '2026-03-13',
    materials: '案件调查终结报告、现场检查笔录、询问笔录、现场录像',
    subjectLawful: 'pass',
    jurisdiction: 'pass',
    factsClear: 'pass',
    lawApplied: 'pass',
    discretionFair: 'pass',
    procedureLawful: 'pass',
    documentsComplete: 'pass',
    crimeSuspected: 'pass',
    qualification: '国家统一法律职业资格',
    opinion: '事实清楚，证据充分，程序合法，同意处理建议。',
    conclusion: 'agree',
  },
  'penalty-advance-notice': {
    evidenceSummary: '现场检查笔录、现场执法录像、询问笔录。',
    proposed: m.penalty,
    rights: ['statement', 'defence', 'recusal'],
    statementDays: 5,
    remedy: '对处罚决定不服的，可以依法申请行政复议或者提起行政诉讼。',
  },
  'statement-record': {
    place: '本机关会议室',
    waived: true,
    waiver: '没有意见，放弃陈述、申辩。',
    speakerRole: '当事人',
  },
})

const decided = (m: Matter, n: Named): Readonly<Record<string, Data>> => ({
  'decision-drafting-record': {
    unitReviewer: n.unitHead,
    decisionName: '行政处罚决定书',
    legalBasis: m.basis.map((b) => `${b.title}${b.article}`).join('；'),
    evidence: '现场检查笔录、现场执法录像、询问笔录。',
    draft: m.penalty,
    quality: ['facts', 'evidence', 'characterisation', 'formalities', 'procedure', 'disposition'],
  },
  'penalty-decision': {
    statementHandling: '当事人放弃陈述、申辩。',
    performance: '自收到本决定书之日起15日内缴纳罚款。',
    lateFee: '到期不缴纳的，每日按罚款数额的3%加处罚款，不超过罚款数额。',
    others: '本决定书一式两份，一份送达当事人，一份存档。',
    discretionTier: '一般情节',
    discretionMeasure: 'amount',
    discretionMin: m.fine,
    discretionMax: `${Number(m.fine) * 4}`,
    handlerOpinion: '违法事实清楚，证据确凿，建议按告知内容作出处罚决定。',
  },
  'performance-check': {
    performance: '当事人已缴清罚款并改正。',
    finePaid: 'full',
    rectified: 'done',
    rectifiedNote: '经实地核查，已经改正。',
    checkedAt: '2026-03-30T10:00:00+08:00',
  },
  'closing-approval': {
    performance: '罚款已缴清，违法行为已改正。',
    reason: 'performed',
    handlerOpinion: '处罚决定已经执行完毕，建议结案。',
  },
  'disclosure-summary': {
    maskedParty: m.party.kind === 'person' ? '李某某' : m.party.name,
    facts: m.violation,
    content: m.penalty,
  },
})

/** What the people of an agency type, by document; everything else is prefilled by the form itself. */
export const formsOf = (m: Matter, n: Named): Readonly<Record<string, Data>> => ({
  ...onSite(m, n),
  ...judged(m),
  ...decided(m, n),
  'service-receipt': {
    mode: 'direct',
    receiver: spoken(m),
    receiverKind: 'self',
    receiverRelation: '本人',
  },
  'deliberation-record': {
    place: '本机关会议室',
    chair: n.head,
    participants: [
      { name: n.head, post: '主要负责人' },
      { name: n.unitHead, post: '承办机构负责人' },
    ],
    statements: [{ name: n.unitHead, opinion: '同意承办人意见。' }],
    conclusion: '同意承办人的处理建议。',
  },
})
