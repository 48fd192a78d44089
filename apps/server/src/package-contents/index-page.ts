import { printDatetime } from '@liuhen/domain/document/china-time'
import { type SidecarKind, sidecarKind } from '@liuhen/ledger/package/paths'
import type { PackagePlan } from '../package/package-rows.ts'
import { esc, facts, link, numbered, page, player, row, table, trackOf } from './page.ts'
import { isFrame, titleOf, type ToldEvent } from './told-event.ts'
import { foundMark, verdictCards, verdictDetails, type Verdicts } from './verdicts.ts'

export type IndexInput = Readonly<{
  plan: PackagePlan
  purpose: string
  recipient: string
  exportedAt: string
  fingerprint: string
  hasVerifyPage: boolean
  events: readonly ToldEvent[]
  verdicts: Verdicts
}>

const MEDIA = 'data/media/'
const VOLUMES = { main: '正卷', sub: '副卷' } as const

type Film = PackagePlan['recordings'][number]
type FoundOfFilm = NonNullable<ReturnType<Verdicts['recordings']['get']>>

const about = (i: IndexInput): string => {
  const { summary, audience, archive } = i.plan
  const pairs: (readonly [string, string])[] = [
    ['案号', summary.caseNo],
    ['办案机关', summary.agency.name],
    ['范围', audience === 'whole' ? '全卷（正卷、副卷）' : '正卷（当事人）'],
    ['用途', i.purpose],
    ['接收单位', i.recipient],
    ['导出时间', printDatetime(i.exportedAt)],
    ...(archive === undefined
      ? []
      : ([
          ['归档号', archive.archiveNo],
          ['保管期限', archive.keptUntil === undefined ? '永久' : `保存至${archive.keptUntil}`],
        ] as const)),
  ]
  return facts(
    pairs.map(([k, v]) => [k, esc(v)]),
    2,
  )
}

const documents = (plan: PackagePlan): string =>
  table(
    ['卷', '文书', '文号', '日期', '#页数'],
    plan.documents.map((d) =>
      row([
        ['k', VOLUMES[d.volume]],
        link(`data/documents/${d.name}`, d.title),
        ['k', esc(d.number ?? '')],
        ['k', esc(d.date ?? '')],
        ['n', String(d.pages)],
      ]),
    ),
  )

const CALLED: Readonly<Record<SidecarKind, string>> = {
  sheet: '音像说明（应当注明的事项、系统的检查）',
  captions: '字幕（文字记录）',
  chain: '手机切片链',
}

const verdictsOf = ({ playback, chain }: FoundOfFilm): (readonly [string, string])[] => [
  ['能否播放', foundMark(playback)],
  ...(chain === undefined ? [] : [['切片链', foundMark(chain)] as const]),
]

const film = ({ plan, verdicts }: IndexInput, r: Film): string => {
  const found = verdicts.recordings.get(r.recordingId)
  const beside = plan.sidecars.flatMap((s) => {
    const kind = sidecarKind(MEDIA + s.name)
    return s.recordingId === r.recordingId && kind !== undefined ? [{ kind, path: MEDIA + s.name }] : []
  })
  const captions = beside.find((s) => s.kind === 'captions')
  const track = captions && trackOf(captions.path)
  const links = (['sheet', 'captions', 'chain'] as const).flatMap((kind) =>
    beside.filter((s) => s.kind === kind).map((s) => `<li>${link(s.path, CALLED[kind])}</li>`),
  )
  return `<figure><div>${player(MEDIA + r.name, r.mime, r.title, track)}</div><figcaption><h3>${esc(numbered(r))}</h3>
<p>${printDatetime(r.from)}至${printDatetime(r.to)}</p>
${found === undefined ? '' : facts(verdictsOf(found), 1)}
<ul><li>${link(MEDIA + r.name, r.name)}</li>${links.join('')}</ul>
<p class="note">SHA-256 <code>${r.sha256}</code></p></figcaption></figure>`
}

const recordings = (i: IndexInput): string =>
  i.plan.recordings.length === 0
    ? '<p>本包没有音像记录。</p>'
    : i.plan.recordings.map((r) => film(i, r)).join('\n')

const saidOf = (i: IndexInput, e: ToldEvent): string => {
  const title = titleOf(e, e.streamId === i.plan.summary.caseId)
  return e.sentence ?? (e.about === undefined ? title : `${title}：${e.about}`)
}

const eventsTable = (i: IndexInput, events: readonly ToldEvent[]): string =>
  table(
    ['时间', '事件', '经办', '#日志序号'],
    events.map((e) =>
      row([['k', printDatetime(e.at)], esc(saidOf(i, e)), ['k', esc(e.agent)], ['n', String(e.index)]]),
    ),
  )

/** What people did stands out; the frame around it lies folded, and is printed. */
const timeline = (i: IndexInput): string => {
  const frame = i.events.filter(isFrame)
  const folded =
    frame.length === 0
      ? ''
      : `<details><summary>环节的开始和完成、音像入库检查、生成存档文件等 ${frame.length} 条</summary>${eventsTable(i, frame)}</details>`
  return `${eventsTable(
    i,
    i.events.filter((e) => !isFrame(e)),
  )}${folded}`
}

/** The case for whoever has not read the papers, from the papers. */
const account = ({ plan }: IndexInput): string =>
  plan.account.length === 0
    ? ''
    : `<h2 id="case">案情</h2>
${facts(
  plan.account.map(({ label, text }) => [label, esc(text)]),
  1,
)}
<p class="note">摘自决定书和案件登记，供了解案情；以文书原件为准。</p>`

const howTo = (i: IndexInput): string => `<ol>${
  i.hasVerifyPage
    ? '<li>在浏览器里：打开 <a href="verify/verify.html">verify/verify.html</a>，选择本目录或者 .tar 文件，不需要联网。</li>'
    : ''
}<li>完整核验：用 <code>liuhen verify 卷包.tar --policy 信任策略.txt</code>，不需要联网。</li>
<li>只用系统自带工具：<code>sh verify/verify.sh . '机关公布的公钥'</code>，说明见 verify/README.zh.md。</li>
<li>本页只供阅读，不是证明；所列内容以 proofs 目录中的事件和 data 目录中的原件为准。</li></ol>
<p>日志公钥指纹（请与机关另行公布的指纹核对）：<code>${esc(i.fingerprint)}</code></p>`

/** index.html at the root of the bag: for people, offline, without scripts and without anything from elsewhere. */
export const indexPage = (i: IndexInput): Uint8Array => {
  const { summary, audience } = i.plan
  const body = `<header><p class="eyebrow">${esc(summary.agency.name)}　行政执法案卷包</p>
<h1>${esc(summary.title)}</h1></header>
<nav class="bar">${i.plan.account.length === 0 ? '' : '<a href="#case">案情</a>'}<a href="#found">制包时的检查</a><a href="#verify">怎样核验</a><a href="#documents">文书</a><a href="#recordings">音像记录</a><a href="#checks">检查明细</a><a href="#timeline">时间线</a></nav>
${account(i)}
<h2 id="package">本卷包</h2>
${about(i)}
<h2 id="found">制包时的检查</h2>
${verdictCards(i.verdicts, i.hasVerifyPage)}
<h2 id="verify">怎样核验</h2>${howTo(i)}
<h2 id="documents">文书</h2>${documents(i.plan)}
<h2 id="recordings">音像记录</h2>${recordings(i)}
<h2 id="checks">制包时的检查明细</h2>
${verdictDetails(i.verdicts)}
<h2 id="timeline">时间线</h2>${timeline(i)}
${audience === 'whole' ? '' : '<p class="note">时间线中有的事件只有名称，其内容不向本包的接收人披露；事件本身仍在日志之中。</p>'}`
  return page({ title: `${summary.caseNo} ${summary.title}`, clock: summary.clock, body })
}
