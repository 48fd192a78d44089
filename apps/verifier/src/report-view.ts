import { groupItems, type Group } from '@liuhen/ledger/package/group-items'
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
  const { items, failed, open } = group
  const said = [
    WORDS.count(items.length),
    ...(failed > 0 ? [WORDS.failed(failed)] : []),
    ...(open > 0 ? [WORDS.open(open)] : []),
  ].join(' · ')
  const sorted = items.toSorted((a, b) => ORDER[a.result] - ORDER[b.result])
  const shown = sorted.filter((item, i) => i < MOST || item.result !== 'PASS')
  const details = el(
    'details',
    '',
    el('summary', '', mark(resultOf(group)), el('strong', '', group.title), el('span', 'count', said)),
    el('p', '', WORDS.proves, group.proves),
    el('p', '', WORDS.doesNotProve, group.doesNotProve),
    el('ul', 'items', ...shown.map(itemRow)),
    ...(sorted.length > shown.length ? [el('p', '', WORDS.cut(sorted.length - shown.length))] : []),
  )
  if (failed > 0) details.setAttribute('open', '')
  return details
}

const fact = (name: string, value: string, className = ''): HTMLElement =>
  el('div', '', el('dt', '', name), el('dd', className, value))

const compare = (report: Report): readonly HTMLElement[] =>
  report.keys === 'TRUSTED' || report.fingerprint === ''
    ? []
    : [el('section', 'compare', el('h2', '', WORDS.compareTitle), el('p', '', WORDS.compare))]

const facts = (report: Report): HTMLElement =>
  el(
    'dl',
    '',
    fact(WORDS.origin, report.origin === '' ? WORDS.none : report.origin, 'mono'),
    fact(WORDS.fingerprint, report.fingerprint === '' ? WORDS.none : report.fingerprint, 'mono'),
    fact(WORDS.keys, report.keys === 'TRUSTED' ? WORDS.keysTrusted : WORDS.keysNotChecked),
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
  ),
  ...compare(report),
  facts(report),
  el('div', 'groups', ...groupItems(report.items).map(groupView)),
]
