import type { ClipReport } from '@liuhen/ledger/clip/verify-clip'
import type { PaperReport } from '@liuhen/ledger/package/verify-paper'
import { firstFailures } from '@liuhen/ledger/package/first-failures'
import type { Item, Report } from '@liuhen/ledger/package/report'
import { whoseKey } from '@liuhen/ledger/package/whose-key'

type AnyReport = Report | ClipReport

const MARKS = { PASS: '通过  ', FAIL: '不通过', 'NOT CHECKED': '未核验' } as const

const VERDICTS = {
  PASS: 'PASS（核验成立：没有不成立的项目）',
  FAIL: 'FAIL（核验不成立：有项目不成立）',
  INCOMPLETE:
    'INCOMPLETE（核验不完整：没有不成立的项目，但是没有全部比对，或者有可能略去了内容，见上面“未核验”的项目）',
} as const

const anchoringLine = ({ anchoring, witnesses: { confirmed, named } }: AnyReport): string => {
  switch (anchoring) {
    case 'UNANCHORED':
      return `未锚定（UNANCHORED）：没有核验到外部见证，掌握日志私钥的人在理论上可以重写全部历史${named === 0 ? '' : `（策略列出 ${named} 个见证方，确认 ${confirmed} 个）`}`
    case 'TIMESTAMPED':
      return '已加盖时间戳（TIMESTAMPED）：策略认可的时间戳证明，包内全部事件在所示时间已经在日志里'
    case 'WITNESSED':
      return `已有见证（WITNESSED，${confirmed}/${named}）：策略列出的 ${named} 个见证方中，${confirmed} 个确认过同一份日志`
  }
}

const SEALS = {
  TRUSTED: '每份盖章文书都有核验人的信任策略认可的机关印章',
  'NOT CHECKED': '有的文书没有信任策略认可的机关印章，属于谁还没有核验，见“印章证书”',
} as const

const byCheck = (items: readonly Item[]): ReadonlyMap<string, readonly Item[]> => {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const group = groups.get(item.check) ?? []
    group.push(item)
    groups.set(item.check, group)
  }
  return groups
}

/** More items than this of which the same is said stand in one line. */
const MOST_ALIKE = 3

const itemLine = (i: Item): string => `  ${MARKS[i.result]}  ${i.path}${i.detail ? `  ${i.detail}` : ''}`

/** What was not looked at for one and the same reason is counted; what failed is always named. */
const foldedLines = (items: readonly Item[]): string[] => {
  const failed = items.filter((i) => i.result !== 'NOT CHECKED')
  const alike = new Map<string, Item[]>()
  for (const item of items)
    if (item.result === 'NOT CHECKED') alike.set(item.detail, [...(alike.get(item.detail) ?? []), item])
  return [
    ...failed.map(itemLine),
    ...[...alike].flatMap(([detail, same]) =>
      same.length > MOST_ALIKE
        ? [`  ${MARKS['NOT CHECKED']}  ${same.length} 项  ${detail}`]
        : same.map(itemLine),
    ),
  ]
}

/** What a check proves it proves of the items that hold; of the others it would. */
const provesLine = (items: readonly Item[]): string => {
  const passed = items.filter((i) => i.result === 'PASS').length
  const said = items[0]?.proves ?? ''
  if (passed === 0) return `  如果成立，可以证明：${said}`
  return passed === items.length ? `  证明：${said}` : `  成立的 ${passed} 项证明：${said}`
}

const groupLines = (
  items: readonly Item[],
  lines = (all: readonly Item[]) => all.map(itemLine),
): string[] => {
  const [first] = items
  if (!first) return []
  const passed = items.filter((i) => i.result === 'PASS').length
  return [
    `■ ${first.title}${passed > 0 ? `（${passed}/${items.length}）` : ''}`,
    ...lines(items),
    provesLine(items),
    `  不证明：${first.doesNotProve}`,
    '',
  ]
}

const count = (report: AnyReport, result: Item['result']): number =>
  report.items.filter((i) => i.result === result).length

/** One kind of check in a line: how many hold, and how many do not. */
const summaryLine = (items: readonly Item[]): string[] => {
  const [first] = items
  if (!first) return []
  const of = (result: Item['result']) => items.filter((i) => i.result === result).length
  const [passed, failed, unchecked] = [of('PASS'), of('FAIL'), of('NOT CHECKED')]
  const said = [
    ...(passed > 0 ? [`${passed} 项通过`] : []),
    ...(failed > 0 ? [`${failed} 项不通过`] : []),
    ...(unchecked > 0 ? [`${unchecked} 项未核验`] : []),
  ]
  return [`■ ${first.title}：${said.join('，')}`]
}

/** Kinds in a line each, then whatever does not hold or was not looked at, in full. */
const briefLines = (items: readonly Item[]): string[] => {
  const open = items.filter((i) => i.result !== 'PASS')
  return [
    ...[...byCheck(items).values()].flatMap(summaryLine),
    '',
    ...[...byCheck(open).values()].flatMap((group) => groupLines(group, foldedLines)),
    '各项证明什么、不证明什么，以及逐项的结果：加选项 --verbose',
  ]
}

/** What the reader has yet to do themselves: whose key it is, no package can prove. */
const stillToDo = (report: AnyReport, again: string): string[] => [
  ...(report.verdict === 'FAIL' || whoseKey(report) !== 'PACKAGED'
    ? []
    : [
        '',
        '还差一步：把上面的日志名称和公钥指纹，与机关另行公布的（公告栏、纸质文书、公示网站“核验”页）逐字比对。',
        `一致的，把机关公布的公钥写成一行“log 公钥”存为文件，再核验一次：${again} --policy <文件>`,
      ]),
  ...(report.items.some((i) => i.check === 'media-sm3' && i.result === 'NOT CHECKED')
    ? ['要同时核对整段音像的 SM3（慢几倍）：加选项 --sm3']
    : []),
]

const keyLines = (report: AnyReport): string[] => {
  const { fingerprint, keyGiven, keyInPackage } = report
  switch (whoseKey(report)) {
    case 'TRUSTED':
      return [`公钥指纹：${fingerprint}（来自核验人的信任策略）`]
    case 'PACKAGED':
      return [`公钥指纹：${fingerprint || '没有读到'}（包内公钥，未核验）`]
    case 'GIVEN':
      return [`公钥指纹：${fingerprint}（您给出的公钥；还不能凭它相信本包，见上面各项）`]
    case 'OTHER':
      return [
        `您给出的公钥：${keyGiven || '没有一把属于这份日志'}`,
        `包内公钥：${keyInPackage || '没有读到'}（不是您给出的，未核验）`,
      ]
  }
}

/** Files that failed, beside the verdict, since the items above are many. */
const failureLines = (report: AnyReport): string[] => {
  const { first, more } = firstFailures(report.items)
  if (first.length === 0) return []
  return [
    '',
    '不成立的：',
    ...first.map((i) => `  ${i.path}  ${i.detail}`),
    ...(more > 0 ? [`  另有 ${more} 个文件，见上面“不通过”的项目`] : []),
  ]
}

/** The report for a person, the verdict last; `verbose` names every item and what each kind proves and does not. */
export const reportLines = (
  report: AnyReport,
  verbose = false,
  again = 'liuhen verify <案卷包>',
): string[] => [
  ...(verbose
    ? [...byCheck(report.items).values()].flatMap((group) => groupLines(group))
    : briefLines(report.items)),
  `通过 ${count(report, 'PASS')} 项，不通过 ${count(report, 'FAIL')} 项，未核验 ${count(report, 'NOT CHECKED')} 项`,
  `日志名称：${report.origin || '没有读到'}`,
  ...keyLines(report),
  ...('seals' in report && report.seals !== 'NONE' ? [`机关印章：${SEALS[report.seals]}`] : []),
  `锚定：${anchoringLine(report)}`,
  ...stillToDo(report, again),
  ...failureLines(report),
  `结论：${VERDICTS[report.verdict]}`,
]

/** A paper alone: every signature in full, since there are few. */
export const paperLines = ({ items, verdict }: PaperReport): string[] => [
  ...[...byCheck(items).values()].flatMap((group) => groupLines(group)),
  '不证明：这份文书在案卷里没有被更正或者作废。要核对全案，请核验案卷包。',
  `结论：${VERDICTS[verdict]}`,
]
