import type { Item } from '@liuhen/ledger/package/report'
import type { FileReport } from '@liuhen/ledger/package/verify-file'
import { el } from '../element.ts'
import { WORDS } from './words.ts'

/** What was looked at, in the words of the reader. */
export type Subject = Readonly<{
  /** Of the file that was read here; undefined for a digest that was typed, or no file at all. */
  name?: string
  sha256?: string
}>

const CHINA_AHEAD_MS = 8 * 3_600_000

/** yyyy-MM-dd HH:mm as the clock in China shows it. */
const chinaTime = (instant: string): string =>
  new Date(Date.parse(instant) + CHINA_AHEAD_MS).toISOString().slice(0, 16).replace('T', ' ')

type Told = Readonly<{ className: 'yes' | 'no' | 'unknown'; title: string; says: string }>

const isSquareOpen = ({ items }: FileReport): boolean =>
  items.some((i) => i.check === 'square' && i.result === 'NOT CHECKED')

/** What stands at the head of the report: whatever was not found out of what was asked for is said there. */
export const tell = (report: FileReport): Told => {
  const { verdict, event, said, why } = report
  const failed = report.items.filter((i) => i.result === 'FAIL')
  if (verdict === 'FAIL' && failed.every((i) => i.check === 'square-paper'))
    return { className: 'no', title: WORDS.otherPaper, says: WORDS.otherPaperSays }
  if (verdict === 'FAIL') return { className: 'no', title: WORDS.fail, says: WORDS.failSays }
  if (verdict === 'ABSENT')
    return report.items.some((i) => i.check === 'square' && i.result === 'PASS')
      ? { className: 'no', title: WORDS.absentPaper, says: WORDS.absentPaperSays(report.onPaper) }
      : { className: 'unknown', title: WORDS.absent, says: WORDS.absentSays }
  if (why === 'square') {
    const says = event === undefined ? WORDS.openSays(why) : WORDS.openSquareSays
    return { className: 'unknown', title: WORDS.openSquare, says }
  }
  if (verdict === 'NOT CHECKED') return { className: 'unknown', title: WORDS.open, says: WORDS.openSays(why) }
  if (event === undefined) return { className: 'yes', title: WORDS.passSquare, says: WORDS.passSquareSays }
  const isOpen = isSquareOpen(report)
  const says = `${WORDS.passSays(chinaTime(event.recordedAt))}${isOpen ? WORDS.noCheckpointSays : ''}`
  if (said?.correctedAt !== undefined) {
    const corrected = WORDS.correctedSays(chinaTime(said.correctedAt))
    return { className: 'unknown', title: WORDS.passCorrected, says: `${corrected}${says}` }
  }
  return isOpen
    ? { className: 'unknown', title: WORDS.passNoCheckpoint, says }
    : { className: 'yes', title: WORDS.pass, says }
}

/** Whether the head says why the square was not compared. */
const isAsked = ({ verdict, why }: FileReport): boolean => why === 'square' || verdict === 'ABSENT'

const verdictView = (report: FileReport): HTMLElement => {
  const { className, title, says } = tell(report)
  const because = report.items.filter(
    (i) => i.result === 'FAIL' || (i.check === 'square' && i.result === 'NOT CHECKED' && isAsked(report)),
  )
  const box = el('div', `verdict ${className}`, el('h2', '', title), el('p', '', says))
  box.setAttribute('role', className === 'no' ? 'alert' : 'status')
  if (because.length > 0)
    box.append(el('ul', '', ...because.map((i) => el('li', '', `${i.title}：${i.detail}`))))
  return box
}

const compareView = (report: FileReport): readonly HTMLElement[] =>
  report.verdict !== 'PASS' || report.keys === 'TRUSTED'
    ? []
    : [
        el(
          'div',
          'compare',
          el('h2', '', report.isKeyOnPaper ? WORDS.paperTitle : WORDS.compareTitle),
          el('p', '', report.isKeyOnPaper ? WORDS.paper : WORDS.compare),
          el('p', 'key', report.fingerprint),
        ),
      ]

const fact = (name: string, value: string, className = ''): HTMLElement =>
  el('div', '', el('dt', '', name), el('dd', className, value))

const folded = (name: string, ...inside: readonly HTMLElement[]): HTMLElement =>
  el('details', '', el('summary', '', name), ...inside)

/** What a reader wants first; the rest is folded, so that verdict and what to do stay in sight on a phone. */
const facts = (subject: Subject, report: FileReport): HTMLElement => {
  const { event, said } = report
  const title = [said?.title, said?.number].filter((s) => s !== undefined).join('　')
  return el(
    'dl',
    '',
    ...(subject.sha256 === undefined ? [] : [fact(WORDS.file, subject.name ?? WORDS.typed)]),
    ...(event === undefined ? [] : [fact(WORDS.kind, WORDS.kinds[event.kind])]),
    ...(title === '' ? [] : [fact(WORDS.said, `${title}${WORDS.saidNote}`)]),
    ...(event === undefined ? [] : [fact(WORDS.recordedAt, chinaTime(event.recordedAt))]),
  )
}

const technical = (subject: Subject, report: FileReport): HTMLElement => {
  const { event, size, origin, fingerprint, anchoring } = report
  const isTrusted = report.keys === 'TRUSTED'
  const whose = isTrusted ? WORDS.keyTrusted : report.isKeyOnPaper ? WORDS.keyOnPaper : WORDS.keyOpen
  const place = event === undefined ? WORDS.sizeOf(size) : WORDS.placeOf(event.index, size)
  const byWhom = isTrusted || anchoring === 'UNANCHORED' ? '' : WORDS.anchorsOpen
  return folded(
    WORDS.technical,
    el(
      'dl',
      '',
      ...(size === 0 ? [] : [fact(WORDS.place, place)]),
      ...(origin === '' ? [] : [fact(WORDS.log, origin)]),
      ...(origin === '' ? [] : [fact(WORDS.anchoring, `${WORDS.anchored(report)}${byWhom}`)]),
      ...(fingerprint === '' ? [] : [fact(WORDS.key, `${fingerprint}（${whose}）`, 'mono')]),
      ...(subject.sha256 === undefined ? [] : [fact(WORDS.digest, subject.sha256, 'mono')]),
    ),
  )
}

const meaning = ({ verdict, event }: FileReport): readonly HTMLElement[] =>
  verdict !== 'PASS' || event === undefined
    ? []
    : [
        folded(
          WORDS.meaning,
          el('h3', '', WORDS.means),
          el('ul', '', ...WORDS.meansList.map((text) => el('li', '', text))),
          el('h3', '', WORDS.meansNot),
          el('ul', '', ...WORDS.meansNotList(event.kind).map((text) => el('li', '', text))),
        ),
      ]

/** What an item proves is said of those that hold; of one that failed it would read as if it did. */
export const provenBy = ({ result, proves, doesNotProve }: Item): string =>
  result === 'FAIL' ? '' : result === 'PASS' ? `${proves}${doesNotProve}` : WORDS.ifItHolds(proves)

const CLASS_OF = { PASS: 'pass', FAIL: 'fail', 'NOT CHECKED': 'open' } as const

const itemRow = (item: Item): HTMLElement =>
  el(
    'li',
    '',
    el('span', `mark ${CLASS_OF[item.result]}`, WORDS.result[item.result]),
    el('strong', '', item.title),
    ...[item.detail, provenBy(item)].filter((text) => text !== '').map((text) => el('p', '', text)),
  )

const itemsView = (report: FileReport): readonly HTMLElement[] => {
  const { items, verdict } = report
  if (items.length === 0) return []
  const details = folded(WORDS.items(items.length), el('ul', 'items', ...items.map(itemRow)))
  if (verdict === 'NOT CHECKED') details.setAttribute('open', '')
  return [details]
}

/** The verdict, whose key it is, the facts that were verified, and each check with what it proves and what it does not. */
export const fileReportView = (subject: Subject, report: FileReport): readonly HTMLElement[] => [
  verdictView(report),
  ...compareView(report),
  el(
    'div',
    'report',
    facts(subject, report),
    ...meaning(report),
    ...itemsView(report),
    technical(subject, report),
  ),
]

/** A package holds many files, and has a page of its own. */
export const packageView = (): HTMLElement => {
  const says = el('p', '', WORDS.packageSays)
  const box = el('div', 'verdict unknown', el('h2', '', WORDS.packageTitle), says)
  box.setAttribute('role', 'status')
  return box
}
