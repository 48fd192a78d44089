import { utf8 } from '@liuhen/ledger/bytes'
import { visibleText } from '@liuhen/ledger/visible-text'
import { escapeText } from './xml.ts'

/** Pages for people that lie in a package: read from a disc, on a telephone and on paper; no scripts, nothing from elsewhere. */
const STYLE = `*{box-sizing:border-box}
body{margin:0;font:16px/1.75 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:#1c2430;background:#fbfaf7}
main{max-width:1040px;margin:0 auto;padding:0 24px 72px}
header{border-top:4px solid #9b2226;padding:24px 0 8px}
h1{margin:0;font-size:28px;line-height:1.4}h2{margin:44px 0 12px;font-size:20px;line-height:1.5}h3{margin:24px 0 8px;font-size:16px}
p{margin:8px 0}a{color:#7f1d1d}ol,ul{margin:8px 0;padding-left:1.4em}
.eyebrow,.note{color:#55606f;font-size:14px}.eyebrow{margin:0 0 4px}
.demo{margin:0;padding:8px 24px;background:#fff3cd}
.bar{display:flex;flex-wrap:wrap;gap:4px 20px;padding:10px 0;border-bottom:1px solid #dcd9d1;font-size:15px}
dl.facts{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));margin:16px 0 0;background:#fff;border:1px solid #dcd9d1;border-radius:6px}
dl.facts>div{display:grid;grid-template-columns:8em 1fr;gap:12px;padding:9px 16px;border-top:1px solid #ece9e1}
dl.facts>div:nth-child(-n+2){border-top:0}dl.facts.one{grid-template-columns:1fr}dl.facts.one>div{grid-template-columns:13em 1fr}dl.facts.one>div:nth-child(2){border-top:1px solid #ece9e1}
dt{color:#55606f}dd{margin:0;overflow-wrap:anywhere;white-space:pre-line}dd .from{display:block;color:#55606f;font-size:13px}figure dl.facts.one{margin:10px 0}figure dl.facts.one>div{grid-template-columns:5em 1fr;padding:6px 12px}
details{margin:16px 0}summary{cursor:pointer;padding:8px 0}
.wide{overflow-x:auto;background:#fff;border:1px solid #dcd9d1;border-radius:6px}
table{border-collapse:collapse;width:100%;background:#fff;font-size:15px}
th,td{padding:8px 14px;border-top:1px solid #ece9e1;text-align:left;vertical-align:top}
th.n{text-align:right}thead th{border-top:0;background:#f4f1ea;font-weight:600;white-space:nowrap}td{overflow-wrap:anywhere}td.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}td.k{width:1%;white-space:nowrap}
tr.group th{background:#faf8f3;font-weight:600}
.mark{display:inline-block;padding:0 8px;border:1px solid currentcolor;border-radius:4px;font-size:13px;line-height:1.7;white-space:nowrap}
.ok{color:#1f6b43}.bad{color:#9b2226;background:#fbeceb}.open{color:#7a5200}.none{color:#6b6457;font-style:normal}
.cards{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:12px;margin:16px 0}
.card{padding:14px 16px;background:#fff;border:1px solid #dcd9d1;border-radius:6px}.card b{display:block;font-size:20px;line-height:1.5;overflow-wrap:anywhere}.card span{display:block;color:#55606f;font-size:14px}
.card.ok{border-left:4px solid #1f6b43}.card.open{border-left:4px solid #b07a00}.card.bad{border-left:4px solid #9b2226}.card.bad b{color:#9b2226}.card.ok b,.card.open b{color:#1c2430}
.say{padding:12px 16px;background:#f4f1ea;border-radius:6px}
figure{margin:0 0 20px;padding:16px;background:#fff;border:1px solid #dcd9d1;border-radius:6px;display:grid;grid-template-columns:minmax(0,5fr) minmax(0,6fr);gap:20px;align-items:start}
figcaption h3{margin:0 0 4px}figcaption p{margin:4px 0}video,audio,img{display:block;width:100%;max-height:420px;background:#000;border-radius:4px}audio,img{background:none}img{object-fit:contain}
figure.one{display:block;max-width:560px;margin-top:20px}figure.one figcaption{margin-top:8px}code{font:13px/1.6 ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere}
@media (max-width:700px){main{padding:0 16px 48px}h1{font-size:23px}.cards{grid-template-columns:repeat(2,minmax(0,1fr))}.card{padding:12px}.card b{font-size:17px}dl.facts{grid-template-columns:1fr}dl.facts>div:nth-child(2){border-top:1px solid #ece9e1}dl.facts>div,dl.facts.one>div{grid-template-columns:6.5em 1fr}figure{grid-template-columns:1fr}.wide table{min-width:560px}}
@media print{@page{margin:18mm 16mm}body{background:#fff;font-size:11pt}main{max-width:none;padding:0}h2{margin:16pt 0 6pt;break-after:avoid}h3,thead{break-after:avoid}video,audio,.bar,figure.one{display:none}figure{grid-template-columns:1fr;break-inside:avoid}tr,.card,dl.facts>div{break-inside:avoid}.wide{overflow:visible}.wide table{min-width:0}a{color:inherit}table{font-size:9.5pt;line-height:1.5}th,td{padding:3pt 6pt}tr.group{break-after:avoid}.card{padding:8pt}.card b{font-size:12pt}details::details-content{content-visibility:visible;block-size:auto}p,dl.facts,.say{line-height:1.55}dl.facts{font-size:10pt}dl.facts>div,dl.facts.one>div{padding:3pt 8pt}.mark{font-size:9pt}code{font-size:8.5pt}}`

/** For people: a character that would turn the words beside it is named. */
export const esc = (text: string): string => escapeText(visibleText(text))

/** A relative path for an attribute: every segment encoded, so that no name can leave its folder. */
export const href = (path: string): string => esc(path.split('/').map(encodeURIComponent).join('/'))

export const link = (path: string, words: string): string => `<a href="${href(path)}">${esc(words)}</a>`

/** A cell, or a pair of class and cell; cells are HTML. */
type Cell = string | readonly [className: string, html: string]
export const row = (cells: readonly Cell[]): string =>
  `<tr>${cells.map((c) => (typeof c === 'string' ? `<td>${c}</td>` : `<td class="${c[0]}">${c[1]}</td>`)).join('')}</tr>`

/** `rows` are HTML; it scrolls by itself where the page is too narrow for it. A name that begins with # stands over numbers. */
export const table = (head: readonly string[], rows: readonly string[]): string =>
  `<div class="wide" tabindex="0"><table><thead><tr>${head.map((h) => (h.startsWith('#') ? `<th scope="col" class="n">${h.slice(1)}</th>` : `<th scope="col">${h}</th>`)).join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`

/** Names and values; values are HTML. */
export const facts = (pairs: readonly (readonly [string, string])[], columns: 1 | 2): string =>
  `<dl class="facts${columns === 1 ? ' one' : ''}">${pairs.map(([k, v]) => `<div><dt>${esc(k)}</dt><dd>${v}</dd></div>`).join('\n')}</dl>`

export type Tone = 'ok' | 'bad' | 'open'
export const mark = (tone: Tone, words: string): string => `<span class="mark ${tone}">${esc(words)}</span>`

/** Captions; a browser that opens the page from a disc may not load them, so they are named beside it, too. */
export const trackOf = (src: string): string =>
  `<track kind="captions" srclang="zh" label="字幕" src="${href(src)}">`

/** Files are numbered as they lie in the folder: several may be called the same. */
export const numbered = ({ name, title }: Readonly<{ name: string; title: string }>): string =>
  `${/^\d+/.exec(name)?.[0] ?? ''} ${title}`.trim()

/** Plays a recording from the disc; `track` is HTML. */
export const player = (src: string, mime: string, title: string, track = ''): string => {
  const kind = mime.split('/')[0]
  if (kind === 'image') return `<img src="${href(src)}" alt="${esc(title)}">`
  const tag = kind === 'audio' ? 'audio' : 'video'
  return `<${tag} controls preload="metadata" src="${href(src)}" aria-label="${esc(title)}">${track}</${tag}>`
}

const DEMO = '<p class="demo"><strong>演示数据</strong>，使用模拟时钟，不具有法律效力。</p>\n'

/** `body` is HTML. */
export const page = (p: Readonly<{ title: string; clock: 'real' | 'simulated'; body: string }>): Uint8Array =>
  utf8(`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; media-src 'self' file:; img-src 'self' file:">
<title>${esc(p.title)}</title><style>${STYLE}</style></head><body>
${p.clock === 'simulated' ? DEMO : ''}<main>
${p.body}
</main></body></html>
`)
