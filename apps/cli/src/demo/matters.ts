import type { z } from 'zod'
import type { nameParty } from '@liuhen/api/routes/cases'

/** What an ordinary penalty of an agency is about. Everything is invented; the articles are such as that agency would cite. */
export type Matter = Readonly<{
  /** Code of the agency in `DEMO_AGENCIES`. */
  agency: string
  source: 'report' | 'inspection' | 'transfer'
  title: string
  summary: string
  violation: string
  place: string
  party: z.input<typeof nameParty.body>
  violated: readonly Article[]
  basis: readonly Article[]
  kinds: readonly string[]
  /** In fen. */
  fine: string
  penalty: string
  flags: readonly Readonly<{ flag: string; reason: string }>[]
  /** Where the decision is to be read in the end; a sealed case nowhere. */
  shownBy: 'portal' | 'province' | 'nobody'
}>
type Article = Readonly<{ title: string; article: string }>

const at = (title: string, article: string): Article => ({ title, article })
const company = (name: string, representative: string, address: string, orgCode: string) => ({
  kind: 'organisation' as const,
  name,
  representative,
  address,
  orgCode,
  phone: '13900000088',
})
const fined = (yuan: number) => ({
  kinds: ['warning', 'fine'],
  fine: `${yuan}00`,
  penalty: `警告，并处罚款人民币${yuan}元。`,
  flags: [],
  shownBy: 'portal' as const,
})

export const MATTERS: readonly Matter[] = [
  {
    agency: '140400001',
    source: 'inspection',
    title: '某工艺品店擅自设立功德箱案',
    summary: '检查发现一家工艺品店在店内设立功德箱收取现金。',
    violation: '非宗教活动场所接受宗教性捐献',
    place: '示范街21号',
    party: company('长治市祥和工艺品有限公司', '申祥和', '示范街21号', '91140400MA0K1N2P0D'),
    violated: [at('《宗教事务条例》', '第四十一条第一款')],
    basis: [at('《宗教事务条例》', '第六十九条')],
    ...fined(1000),
  },
  {
    agency: '130532001',
    source: 'report',
    title: '某商贸公司销售过期食品案',
    summary: '群众举报一家超市货架上摆放超过保质期的糕点。',
    violation: '销售超过保质期的食品',
    place: '示范大街35号',
    party: company('平乡县惠民商贸有限公司', '霍惠民', '示范大街35号', '91130532MA0K1N2P0R'),
    violated: [at('《中华人民共和国食品安全法》', '第三十四条第（十）项')],
    basis: [at('《中华人民共和国食品安全法》', '第一百二十四条第一款第（五）项')],
    ...fined(5000),
  },
  {
    agency: '110106001',
    source: 'inspection',
    title: '某餐饮公司占道经营案',
    summary: '巡查发现一家餐馆在门前人行道上摆放桌椅经营。',
    violation: '擅自占用道路摆设摊位',
    place: '示范路7号门前',
    party: company('北京丰宴餐饮有限公司', '关丰', '示范路7号', '91110106MA0K1N2P08'),
    violated: [at('《北京市市容环境卫生条例》', '第三十五条第一款')],
    basis: [at('《北京市市容环境卫生条例》', '第三十五条第三款')],
    ...fined(500),
  },
  {
    agency: '130100001',
    source: 'inspection',
    title: '某机械公司未开展安全教育培训案',
    summary: '检查发现一家机械加工企业没有组织从业人员安全生产教育和培训。',
    violation: '未按照规定进行安全生产教育和培训',
    place: '示范工业园3号厂房',
    party: company('石家庄市恒力机械有限公司', '邢恒力', '示范工业园3号', '91130100MA0K1N2P0R'),
    violated: [at('《中华人民共和国安全生产法》', '第二十八条第一款')],
    basis: [at('《中华人民共和国安全生产法》', '第九十七条第（三）项')],
    ...fined(10000),
  },
  {
    agency: '620200001',
    source: 'transfer',
    title: '某运输公司未采取防尘措施案',
    summary: '生态环境部门移送：一家运输公司运输散装物料没有遮盖，沿途遗撒。',
    violation: '运输散装物料未采取防止遗撒措施',
    place: '示范北路',
    party: company('嘉峪关市通达运输有限公司', '祁通达', '示范北路2号', '91620200MA0K1N2P0C'),
    violated: [at('《中华人民共和国大气污染防治法》', '第七十条第一款')],
    basis: [at('《中华人民共和国大气污染防治法》', '第一百一十六条')],
    ...fined(5000),
    flags: [{ flag: 'major-rights', reason: '拟处罚数额达到本机关的重大执法决定标准' }],
  },
  {
    agency: '140500001',
    source: 'report',
    title: '李某故意损毁财物案',
    summary: '群众报警：一男子酒后砸坏小区道闸杆，价值八百元。',
    violation: '故意损毁公私财物',
    place: '示范小区南门',
    party: {
      kind: 'person',
      name: '李大鹏',
      representative: '李大鹏',
      idNumber: '140502198807070016',
      address: '示范小区5号楼',
      phone: '13900000077',
    },
    violated: [at('《中华人民共和国治安管理处罚法》', '第五十九条')],
    basis: [at('《中华人民共和国治安管理处罚法》', '第五十九条')],
    ...fined(500),
    kinds: ['fine'],
    penalty: '罚款人民币500元。',
    flags: [{ flag: 'public-security', reason: '违反治安管理行为' }],
    shownBy: 'nobody',
  },
  {
    agency: '140500001',
    source: 'inspection',
    title: '某宾馆未查验住宿人员身份案',
    summary: '检查发现一家宾馆没有查验住宿人员的身份证件即办理入住。',
    violation: '未按规定对客户身份进行查验',
    place: '示范路12号',
    party: company('示范宾馆有限公司', '庞宾', '示范路12号', '91140500MA0K1N2P0J'),
    violated: [at('《中华人民共和国反恐怖主义法》', '第二十一条')],
    basis: [at('《中华人民共和国反恐怖主义法》', '第八十六条')],
    ...fined(1000),
    shownBy: 'province',
  },
  {
    agency: '100000001',
    source: 'inspection',
    title: '某旅行社未公示收费标准案',
    summary: '检查发现一家旅行社在经营场所没有明码标价。',
    violation: '不按规定明码标价',
    place: '示范中路9号',
    party: company('示范旅行社有限公司', '岳行', '示范中路9号', '91100000MA0K1N2P08'),
    violated: [at('《中华人民共和国价格法》', '第十三条第一款')],
    basis: [at('《中华人民共和国价格法》', '第四十二条')],
    ...fined(2000),
  },
  {
    agency: '100000002',
    source: 'report',
    title: '某建材公司擅自占用土地堆料案',
    summary: '群众举报一家建材公司在村边空地上堆放砂石料，没有用地手续。',
    violation: '未经批准占用土地',
    place: '示范村东侧',
    party: company('示范建材有限公司', '田建材', '示范村8号', '91100002MA0K1N2P05'),
    violated: [at('《中华人民共和国土地管理法》', '第四十四条第一款')],
    basis: [at('《中华人民共和国土地管理法》', '第七十七条第一款')],
    ...fined(3000),
  },
]

/** The first matter of the agency with this code. */
export const matterOf = (agency: string): Matter => {
  const found = MATTERS.find((m) => m.agency === agency)
  if (found === undefined) throw new Error(`no matter of ${agency}`)
  return found
}
