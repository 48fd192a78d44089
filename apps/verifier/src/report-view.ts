import { groupItems, type Group } from '@liuhen/ledger/package/group-items'
import { firstFailures } from '@liuhen/ledger/package/first-failures'
import { whoseKey } from '@liuhen/ledger/package/whose-key'
import type { Item, Report } from '@liuhen/ledger/package/report'
import { el } from './element.ts'
import { WORDS } from './words.ts'

const CLASS_OF = { PASS: 'pass', FAIL: 'fail', 'NOT CHECKED': 'open' } as const

const mark = (result: Item['result']): HTMLElement =>
  el('span', `mark ${CLASS_OF[result]}`, WORDS.result[result])

const resultOf = (group: Group): Item['result'] =>
  group.failed > 0 ? 'FAIL' : group.open > 0 ? 'NOT CHECKED' : 'PASS'

const ORDER = { FAIL: 0, 'NOT CHECKED': 1, PASS: 2 } as const
/** More items than anybody reads are cut, of those that hold. */
const MOST = 200

const itemRow = (item: Item): HTMLElement =>
  el(
    'li',
    '',
    mark(item.result),
    el('code', '', item.path),
    ...(item.detail === '' ? [] : [el('span', 'detail', item.detail)]),
  )

const groupView = (group: Group): HTMLElement => {
  const { items, passed, failed, open } = group
  const said = [
    WORDS.count(items.length),
    ...(failed > 0 ? [WORDS.failed(failed)] : []),
    ...(open > 0 ? [WORDS.open(open)] : []),
  ].join(' · ')
  const other = items.filter((i) => i.result !== 'PASS').toSorted((a, b) => ORDER[a.result] - ORDER[b.result])
  const holding = items.filter((i) => i.result === 'PASS')
  const shown = holding.slice(0, MOST)
  const list = el('ul', 'items', ...shown.map(itemRow))
  const cut = holding.length > shown.length ? [el('p', '', WORDS.cut(holding.length - shown.length))] : []
  const held =
    other.length === 0
      ? [list, ...cut]
      : [el('details', 'held', el('summary', '', WORDS.passed(holding.length)), list, ...cut)]
  const details = el(
    'details',
    '',
    el('summary', '', mark(resultOf(group)), el('strong', '', group.title), el('span', 'count', said)),
    el('p', '', WORDS.proves(passed, items.length), group.proves),
    el('p', '', WORDS.doesNotProve, group.doesNotProve),
    ...(other.length > 0 ? [el('ul', 'items', ...other.map(itemRow))] : []),
    ...(holding.length > 0 ? held : []),
  )
  if (failed > 0) details.setAttribute('open', '')
  return details
}

const fact = (name: string, value: string, className = ''): HTMLElement =>
  el('div', '', el('dt', '', name), el('dd', className, value))

const compare = (report: Report): readonly HTMLElement[] =>
  report.verdict === 'FAIL' || whoseKey(report) !== 'PACKAGED' || report.fingerprint === ''
    ? []
    : [el('section', 'compare', el('h2', '', WORDS.compareTitle), el('p', '', WORDS.compare))]

const keyFacts = (report: Report): readonly HTMLElement[] => {
  const whose = whoseKey(report)
  const { keyGiven = '', keyInPackage, fingerprint } = report
  const shown =
    whose === 'OTHER'
      ? [
          fact(WORDS.keyGiven, keyGiven === '' ? WORDS.noneOfLog : keyGiven, 'mono'),
          fact(WORDS.keyInPackage, keyInPackage === '' ? WORDS.none : keyInPackage, 'mono'),
        ]
      : [fact(WORDS.fingerprint, fingerprint === '' ? WORDS.none : fingerprint, 'mono')]
  return [...shown, fact(WORDS.keys, WORDS.keyOf[whose])]
}

/** The first that failed, in the box that everybody reads. */
const failures = (items: readonly Item[]): readonly HTMLElement[] => {
  const { first, more } = firstFailures(items)
  if (first.length === 0) return []
  return [el('ul', 'items', ...first.map(itemRow)), ...(more > 0 ? [el('p', '', WORDS.more(more))] : [])]
}

const facts = (report: Report): HTMLElement =>
  el(
    'dl',
    '',
    fact(WORDS.origin, report.origin === '' ? WORDS.none : report.origin, 'mono'),
    ...keyFacts(report),
    ...(report.seals === 'NONE'
      ? []
      : [fact(WORDS.seals, report.seals === 'TRUSTED' ? WORDS.sealsTrusted : WORDS.sealsNotChecked)]),
    fact(WORDS.anchoring, WORDS.anchored(report)),
  )

/** The verdict, whose key it is, then each check with what it proves and what it does not. */
export const reportView = (name: string, report: Report): readonly HTMLElement[] => [
  el(
    'section',
    `verdict ${CLASS_OF[report.verdict]}`,
    el('h2', '', WORDS.verdict[report.verdict]),
    el('p', '', WORDS.verdictOf(name, report.items.length)),
    ...failures(report.items),
  ),
  ...compare(report),
  facts(report),
  el('div', 'groups', ...groupItems(report.items).map(groupView)),
]
