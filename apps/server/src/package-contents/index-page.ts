import { printDatetime } from '@liuhen/domain/document/china-time'
import { utf8 } from '@liuhen/ledger/bytes'
import { visibleText } from '@liuhen/ledger/visible-text'
import type { PackagePlan } from '../package/package-rows.ts'
import { titleOf, type ToldEvent } from './told-event.ts'
import { escapeText } from './xml.ts'

export type IndexInput = Readonly<{
  plan: PackagePlan
  purpose: string
  recipient: string
  exportedAt: string
  fingerprint: string
  hasVerifyPage: boolean
  events: readonly ToldEvent[]
}>

const STYLE = `body{margin:0 auto;max-width:960px;padding:24px;font:16px/1.75 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:#1c2430;background:#fbfaf7}
h1{font-size:26px;border-top:4px solid #9b2226;padding-top:20px}h2{font-size:19px;margin-top:36px}
table{border-collapse:collapse;width:100%;background:#fff}th,td{border:1px solid #dcd9d1;padding:7px 12px;text-align:left;vertical-align:top}th{background:#f4f1ea;min-width:5.5em}td,figcaption{overflow-wrap:anywhere}
.demo{background:#fff3cd;padding:8px 16px}video,audio,img{max-width:100%}figure{margin:0 0 24px}code{font-size:13px;overflow-wrap:anywhere}.note{color:#5b6573;font-size:14px}
@media print{body{max-width:none;background:#fff}video{display:none}}`

/** For people: a character that would turn the words beside it is named. */
const esc = (text: string): string => escapeText(visibleText(text))

/** A path below the bag, for an attribute: every segment encoded, so that no name can leave the folder. */
const href = (path: string): string => esc(path.split('/').map(encodeURIComponent).join('/'))

const row = (cells: readonly string[]): string => `<tr>${cells.map((c) => `<td>${c}</td>`).join('')}</tr>`
const table = (head: readonly string[], rows: readonly string[]): string =>
  `<table><thead><tr>${head.map((h) => `<th>${h}</th>`).join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`

const MEDIA_FOLDER = 'data/media/'
const VOLUMES = { main: '正卷', sub: '副卷' } as const

type Film = PackagePlan['recordings'][number]

/** Captions for the player; a browser that opens the page from a disk may not load them, so they are named below, too. */
const track = (plan: PackagePlan, r: Film): string =>
  plan.sidecars
    .filter((s) => s.recordingId === r.recordingId && s.text !== undefined)
    .map((s) => `<track kind="captions" srclang="zh" label="字幕" src="${href(MEDIA_FOLDER + s.name)}">`)
    .join('')

const beside = (plan: PackagePlan, r: Film): string =>
  plan.sidecars
    .filter((s) => s.recordingId === r.recordingId)
    .map(
      (s) =>
        `<br><a href="${href(MEDIA_FOLDER + s.name)}">${s.text === undefined ? '手机切片链' : '字幕（文字记录）'}</a>`,
    )
    .join('')

const player = (plan: PackagePlan, r: Film): string => {
  const src = href(MEDIA_FOLDER + r.name)
  const kind = r.mime.split('/')[0]
  if (kind === 'image') return `<img src="${src}" alt="${esc(r.title)}">`
  return kind === 'audio'
    ? `<audio controls preload="none" src="${src}">${track(plan, r)}</audio>`
    : `<video controls preload="none" src="${src}">${track(plan, r)}</video>`
}

const facts = (i: IndexInput): string => {
  const { summary, audience, archive } = i.plan
  const pairs: (readonly [string, string])[] = [
    ['案号', summary.caseNo],
    ['案件名称', summary.title],
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
  return `<table><tbody>${pairs.map(([k, v]) => `<tr><th>${k}</th><td>${esc(v)}</td></tr>`).join('\n')}</tbody></table>`
}

const documents = (plan: PackagePlan): string =>
  table(
    ['卷', '文书', '文号', '日期', '页数'],
    plan.documents.map((d) =>
      row([
        VOLUMES[d.volume],
        `<a href="${href(`data/documents/${d.name}`)}">${esc(d.title)}</a>`,
        esc(d.number ?? ''),
        esc(d.date ?? ''),
        String(d.pages),
      ]),
    ),
  )

const recordings = (plan: PackagePlan): string =>
  plan.recordings.length === 0
    ? '<p>本包没有音像记录。</p>'
    : plan.recordings
        .map(
          (r) =>
            `<figure>${player(plan, r)}<figcaption>${esc(r.title)}　${printDatetime(r.from)}至${printDatetime(r.to)}<br><code>${r.sha256}</code>${beside(plan, r)}</figcaption></figure>`,
        )
        .join('\n')

const timeline = (i: IndexInput): string =>
  table(
    ['时间', '事件', '涉及', '经办', '日志序号'],
    i.events.map((e) =>
      row([
        printDatetime(e.at),
        esc(titleOf(e, e.streamId === i.plan.summary.caseId)),
        esc(e.about ?? ''),
        esc(e.agent),
        String(e.index),
      ]),
    ),
  )

const howTo = (hasPage: boolean): string => `<ol>${
  hasPage
    ? '<li>在浏览器里：打开 <a href="verify/verify.html">verify/verify.html</a>，选择本目录或者 .tar 文件，不需要联网。</li>'
    : ''
}<li>完整核验：用 <code>liuhen verify 卷包.tar --policy 信任策略.txt</code>，不需要联网。</li>
<li>只用系统自带工具：<code>sh verify/verify.sh . '机关公布的公钥'</code>，说明见 verify/README.zh.md。</li>
<li>本页只供阅读，不是证明；所列内容以 proofs 目录中的事件和 data 目录中的原件为准。</li></ol>`

/** index.html at the root of the bag: for people, offline, without scripts and without anything from elsewhere. */
export const indexPage = (i: IndexInput): Uint8Array => {
  const { summary } = i.plan
  const demo =
    summary.clock === 'simulated'
      ? '<p class="demo"><strong>演示数据</strong>，使用模拟时钟，不具有法律效力。</p>'
      : ''
  return utf8(`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; media-src 'self' file:; img-src 'self' file:">
<title>${esc(`${summary.caseNo} ${summary.title}`)}</title><style>${STYLE}</style></head><body>
${demo}<h1>${esc(summary.title)}</h1>
${facts(i)}
<h2>怎样核验</h2>${howTo(i.hasVerifyPage)}<p>日志公钥指纹（请与机关另行公布的指纹核对）：<code>${esc(i.fingerprint)}</code></p>
<h2>文书</h2>${documents(i.plan)}
<h2>音像记录</h2>${recordings(i.plan)}
<h2>时间线</h2>${timeline(i)}
${i.plan.audience === 'whole' ? '' : '<p class="note">时间线中有的事件没有写明“涉及”，其内容不向本包的接收人披露；事件本身仍在日志之中。</p>'}
</body></html>
`)
}
