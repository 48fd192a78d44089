/**
 * What the demonstration's people type, by document. Everything else is prefilled by the form itself. The case is invented;
 * the articles are those that a street office would cite for a stall that blocks a fire lane.
 */
const FIRE_LAW = '《中华人民共和国消防法》'
const PENALTY_LAW = '《中华人民共和国行政处罚法》'
const CITY_RULE = '《武汉市城市市容和环境卫生管理条例》'

const violated = [
  { title: FIRE_LAW, article: '第二十八条', text: '不得占用、堵塞、封闭疏散通道、安全出口、消防车通道' },
  { title: CITY_RULE, article: '占道经营的禁止性规定' },
]
const basis = [{ title: FIRE_LAW, article: '第六十条第一款第（五）项' }]
const preservationBasis = [{ title: PENALTY_LAW, article: '第五十六条' }]

export const PARTY = {
  kind: 'sole-trader' as const,
  name: '走马岭街道刘记水果店',
  representative: '刘喆明',
  idNumber: '420112198005120032',
  orgCode: '92420112MA4K1N2P8L',
  address: '武汉市东西湖区走马岭街道示范路18号',
  phone: '13900000018',
}

const rights = {
  certificateShown: true,
  certificateNote: '李卫东（42011201001）、王晓燕（42011201002）向当事人出示了行政执法证',
  rightsTold: true,
  recusal: 'none',
}

const items = [
  { name: '折叠货架', spec: '2米×0.8米', count: 2, unit: '个', state: '完好' },
  { name: '遮阳篷', spec: '3米×3米', count: 1, unit: '顶', state: '八成新' },
  { name: '塑料周转箱', spec: '600×400', count: 12, unit: '个', state: '完好' },
]

const evidence = [
  { kind: 'inspection', name: '现场检查笔录', proves: '当事人在消防车通道上摆放货架、货物的位置和面积' },
  { kind: 'audiovisual', name: '现场执法录像2段', proves: '现场状况、执法人员出示证件和检查过程' },
  { kind: 'statement', name: '询问笔录', proves: '当事人承认占用消防车通道经营的时间和经过' },
]

const FACTS =
  '2026年3月10日，执法人员在示范路18号门前检查时发现，当事人在划有黄色标线的消防车通道内摆放货架2个、遮阳篷1顶、周转箱12个经营水果，占用通道约14平方米，致使消防车通道有效宽度不足2米。当事人自述自2026年3月1日起每日占用。'

/** A notice filled in by hand, before anybody approved the preservation. */
export const UNAPPROVED_NOTICE = {
  reason: '证据可能灭失。',
  basis: preservationBasis,
  keepMode: 'inPlace',
  keepPlace: '示范路18号',
  fromDate: '2026-03-10',
  untilDate: '2026-03-19',
  items,
}

export const FORMS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'lead-record': {
    channel: 'phone',
    informantName: '匿名',
    wantsReply: false,
    handling: 'accept',
    acceptedAt: '2026-03-09T09:30:00+08:00',
  },
  'filing-approval': {
    suspected: violated,
    emergency: false,
    handlerOpinion: '经现场核查，线索属实，属本机关管辖，建议立案调查。',
  },
  'inspection-record': {
    ...rights,
    present: '刘喆明',
    presentRole: '经营者',
    findings:
      '示范路18号门前消防车通道地面有“消防通道 禁止占用”黄色标线。通道内摆放折叠货架2个、遮阳篷1顶、周转箱12个，陈列水果待售，占用面积约14平方米，剩余通道宽度1.8米。执法人员对现场进行了测量、拍照和全程录像，当事人在场。',
    uncooperative: false,
  },
  'inquiry-record': {
    ...rights,
    round: 1,
    relation: 'party',
    gender: 'male',
    talk: [
      {
        q: '我们是走马岭街道办事处的执法人员，现向你出示执法证件。你是否看清？是否申请回避？',
        a: '看清了，不申请回避。',
      },
      { q: '示范路18号门前的水果摊是谁摆的？', a: '是我摆的，我是刘记水果店的经营者。' },
      {
        q: '从什么时候开始摆的？摆在什么位置？',
        a: '3月1日开始，每天早上八点摆到晚上八点，就摆在店门口画黄线的地方。',
      },
      { q: '你是否知道那里是消防车通道？', a: '知道画了线，以为白天没有消防车来，不要紧。' },
      { q: '以前有没有因此被处理过？', a: '去年社区劝过一次，我当时收了，今年又摆出来了。' },
      { q: '你还有什么要补充的？', a: '我愿意马上清走，希望从轻处理。' },
    ],
  },
  'preservation-approval': {
    reason: '货架、遮阳篷为占用消防车通道的直接证据，当事人随时可能移走，以后难以取得。',
    basis: preservationBasis,
    forms: ['register', 'recording'],
    keepMode: 'inPlace',
    days: 7,
    items,
    handlerOpinion: '建议对上述物品先行登记保存，就地由当事人保管，不得转移、销毁。',
  },
  'preservation-disposal': {
    reason: '证据已经固定，物品不属于依法应当没收的财物。',
    basis: preservationBasis,
    decision: '解除先行登记保存，物品退还当事人。',
    items: items.map(({ name, spec, count, unit }) => ({ name, spec, count, unit, disposal: 'return' })),
  },
  'rectification-order': {
    facts: FACTS,
    violated,
    basis,
    mode: 'within',
    deadline: '2026-03-13',
    demand: '立即停止占用消防车通道，清除通道内的货架、遮阳篷和货物，恢复通道畅通。',
    consequence: '逾期不改正的，依法处理。',
  },
  'investigation-report': {
    process:
      '2026年3月9日接群众举报并受理立案，3月10日现场检查并全程录像，同日询问当事人，经批准对涉案物品先行登记保存。调查终结。',
    facts: FACTS,
    evidence,
    nature: '当事人的行为属于占用消防车通道的违法行为。',
    violated,
    basis,
    circumstances:
      '经社区劝导后再次占用；案发后主动清除并配合调查。无法定从重情节，具有主动消除违法行为后果的从轻情节。',
    discretion: '按裁量基准属于一般情节的下限档次：个体工商户占用消防车通道不足20平方米且及时改正。',
    kinds: ['warning', 'fine'],
    fine: '50000',
    proposal: '建议给予警告，并处罚款人民币500元。',
  },
  'legal-review-opinion': {
    submittedOn: '2026-03-24',
    materials: '案件调查终结报告、现场检查笔录、询问笔录、先行登记保存文书、现场录像',
    subjectLawful: 'pass',
    jurisdiction: 'pass',
    factsClear: 'pass',
    lawApplied: 'pass',
    discretionFair: 'pass',
    procedureLawful: 'pass',
    documentsComplete: 'pass',
    crimeSuspected: 'pass',
    qualification: '国家统一法律职业资格',
    opinion: '事实清楚，证据充分，程序合法，适用依据准确，裁量适当，同意按调查终结报告的建议处理。',
    conclusion: 'agree',
  },
  'deliberation-record': {
    chair: '吴国华',
    participants: [
      { name: '吴国华', post: '办事处主任' },
      { name: '孙志强', post: '办事处副主任' },
      { name: '陈立', post: '综合执法中心主任' },
    ],
    observers: '郑静（法制员）',
    statements: [
      { name: '孙志强', opinion: '占用消防车通道危及公共安全，应当处罚；当事人及时改正，同意从轻。' },
      { name: '陈立', opinion: '同意承办人和法制审核意见。' },
      { name: '吴国华', opinion: '同意。请承办人依法告知并听取当事人意见。' },
    ],
    conclusion: '一致同意给予警告，并处罚款人民币500元，依法履行告知程序。',
  },
  'penalty-advance-notice': {
    evidenceSummary: '现场检查笔录、现场执法录像、询问笔录、先行登记保存物品清单。',
    proposed: '警告，并处罚款人民币500元。',
    rights: ['statement', 'defence', 'recusal'],
    statementDays: 5,
    remedy: '处罚决定作出后，对决定不服的，可以依法申请行政复议或者提起行政诉讼。',
  },
  'statement-record': {
    speakerRole: '经营者',
    waived: false,
    facts: '货物已于3月11日全部清走，通道恢复畅通。',
    reasons: '小本经营，家中有老人看病，希望减轻罚款。',
    evidence: '清理后现场照片2张。',
    request: '请求从轻处理。',
  },
  'statement-review': {
    points: [
      {
        kind: 'fact',
        claim: '货物已于3月11日全部清走',
        finding: '经复核现场照片并实地查看，属实',
        adopted: 'yes',
        why: '该情节在拟处罚中已作为从轻情节考虑',
      },
      {
        kind: 'reason',
        claim: '家庭困难，请求减轻',
        finding: '未提交证明材料',
        adopted: 'no',
        why: '不属于法定减轻情形，拟处罚数额已为下限档次',
      },
    ],
    conclusion: '事实部分予以采纳并已在裁量中体现；减轻处罚的理由不予采纳。维持拟处罚意见。',
    noHeavier: true,
  },
  'penalty-decision': {
    performance: '自收到本决定书之日起15日内到指定银行缴纳罚款。',
    lateFee: '到期不缴纳的，每日按罚款数额的3%加处罚款，加处罚款的数额不超过罚款数额。',
    others: '本决定书一式两份，一份送达当事人，一份存档。',
    handlerOpinion: '违法事实清楚，证据确凿，当事人陈述申辩意见已经复核，建议按告知内容作出处罚决定。',
  },
  'performance-check': {
    performance: '当事人已在规定期限内缴清罚款，并已清除占道物品。',
    finePaid: 'full',
    rectified: 'done',
    rectifiedNote: '经实地核查，消防车通道畅通，未再占用。',
  },
  'closing-approval': {
    performance: '罚款已缴清，违法行为已改正。',
    reason: 'performed',
    handlerOpinion: '处罚决定已经执行完毕，建议结案。',
  },
  'disclosure-summary': {
    maskedParty: '走马岭街道刘记水果店（经营者刘某某）',
    facts: '占用消防车通道摆摊经营，占用面积约14平方米。',
    content: '警告；罚款人民币500元。',
  },
}

const described = { method: '执法记录仪全程摄录，采集后原样上传，未经剪辑', original: 'original' }

/** 视听资料文字说明, by recording. */
export const DESCRIPTIONS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'inspection-1': {
    ...described,
    name: '现场检查录像（第一段）',
    proves: '执法人员到达现场、出示证件、告知权利，以及占道现场全貌',
    marks: [
      { at: '00:00:05', what: '到达现场，现场环境' },
      { at: '00:00:40', what: '两名执法人员出示执法证件' },
      { at: '00:02:10', what: '消防通道标线和占道货架' },
    ],
    transcript: '（演示录像无真实语音）',
  },
  'inspection-2': {
    ...described,
    name: '现场检查录像（第二段）',
    proves: '测量占用面积、当事人核对笔录并签名',
    marks: [
      { at: '00:01:00', what: '测量通道宽度' },
      { at: '00:02:20', what: '当事人核对笔录' },
    ],
    transcript: '（演示录像无真实语音）',
  },
  service: {
    ...described,
    name: '直接送达录像',
    proves: '《行政处罚决定书》当面送达，文书名称和当事人面貌清晰可辨',
    marks: [
      { at: '00:00:15', what: '出示《行政处罚决定书》首页' },
      { at: '00:01:10', what: '当事人签收' },
    ],
    transcript: '（演示录像无真实语音）',
  },
}
