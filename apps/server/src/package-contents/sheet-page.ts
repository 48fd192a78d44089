import { printDatetime } from '@liuhen/domain/document/china-time'
import type { RecordingSheet, SheetFact } from '@liuhen/domain/recording/sheet'
import { esc, facts, link, numbered, page, player, row, table, trackOf } from './page.ts'

export type SheetPageInput = Readonly<{
  sheet: RecordingSheet
  /** File beside which the page lies. */
  film: Readonly<{ name: string; title: string; mime: string }>
  /** In the same folder. */
  captions?: string
  chain?: string
  /** The issued paper about the recording: its title, and its path from here. */
  paper?: Readonly<{ title: string; path: string }>
  summary: Readonly<{
    caseNo: string
    title: string
    agency: Readonly<{ name: string }>
    clock: 'real' | 'simulated'
  }>
  /** When the case was exported. */
  at: string
}>

const NOT_RECORDED = '<em class="none">未记载</em>'

const said = ({ text }: SheetFact): string => {
  if (text === undefined) return NOT_RECORDED
  return /^[0-9a-f]{64}$/.test(text) ? `<code>${text}</code>` : esc(text)
}
const list = (of: readonly SheetFact[]): string =>
  facts(
    of.map((f) => [f.label, said(f)]),
    1,
  )

const wants = ({ wants: all }: RecordingSheet): string =>
  facts(
    all.map(({ label, said: words }) => [
      label,
      words.length === 0
        ? NOT_RECORDED
        : words
            .map(({ text, from }) => `${esc(text)}<span class="from">据${esc(from.join('、'))}</span>`)
            .join(''),
    ]),
    1,
  )

/** The sheet beside a recording: what must be stated of it, what it is, and what the system found. For reading and printing. */
export const sheetPage = (i: SheetPageInput): Uint8Array => {
  const { sheet, film, captions, chain, paper, summary } = i
  const track = captions && trackOf(captions)
  const links = [
    link(film.name, '音像原件'),
    ...(captions === undefined ? [] : [link(captions, '字幕')]),
    ...(chain === undefined ? [] : [link(chain, '切片链')]),
    ...(paper === undefined ? [] : [link(paper.path, `《${paper.title}》`)]),
    link('../../index.html', '返回案卷首页'),
  ]
  const points =
    sheet.points.length === 0
      ? ''
      : `<h2>标注的要点</h2>${table(
          ['时间点', '内容'],
          sheet.points.map((p) => row([['k', esc(p.at)], esc(p.what)])),
        )}`
  const body = `<header><p class="eyebrow">${esc(`${summary.agency.name}　${summary.caseNo}　${summary.title}`)}</p>
<h1>音像说明：${esc(numbered(film))}</h1></header>
<nav class="bar">${links.join('\n')}</nav>
<figure class="one">${player(film.name, film.mime, film.title, track)}<figcaption class="note">播放器不能播放的，请用其他软件打开音像原件。</figcaption></figure>
<h2>提供视听资料应当注明的事项</h2>
<p class="note">${esc(sheet.citation.cite)}（摘要，以原文为准）：${esc(sheet.citation.duty)}</p>
${wants(sheet)}
<h2>文件</h2>
${list(sheet.about)}
<p class="note">随包的文件就是入库的那一份，没有转码、剪辑；校验值可以用 sha256sum 等通用工具重算。</p>
<h2>系统的检查</h2>
<p class="note">截至${printDatetime(i.at)}导出本卷包时登记在案的结果。能够播放不等于没有改动；有没有改动，请核验校验值和切片链。</p>
${list(sheet.checks)}
${points}
<p class="say">本页由系统按登记的内容生成，没有登记的写“未记载”，不作推断。导出登记记有本页的摘要，改动一个字，核验时就会发现；所写的内容以卷包中的事件和文书为准。</p>`
  return page({ title: `音像说明 ${numbered(film)} ${summary.caseNo}`, clock: summary.clock, body })
}
