import { type Html, html } from './html.ts'
import type { Agency, Installation } from './published.ts'

export type Site = Readonly<{ agencies: readonly Agency[]; installation: Installation }>

export type Page = Readonly<{ title: string; path: string; body: Html; scripts?: readonly string[] }>

const LINKS = [
  ['/', '决定公示'],
  ['/check', '文件核验'],
  ['/about', '公示说明'],
] as const

const siteName = (site: Site): string =>
  site.agencies.length === 1 ? (site.agencies[0]?.name ?? '') : '行政执法信息公示'

const demonstration = (site: Site): Html | undefined =>
  site.installation.kind === 'demonstration'
    ? html`<p class="demo" role="note"><strong>演示数据</strong>——案件、当事人和时间均为虚构，时钟为模拟时钟${
        site.installation.simulatedAt === null ? '' : `（${site.installation.simulatedAt}）`
      }，不具有法律效力。</p>`
    : undefined

const watermark = (site: Site): Html | undefined =>
  site.installation.kind === 'demonstration'
    ? html`<div class="watermark" aria-hidden="true"></div>`
    : undefined

/** More agencies than this stand behind one line. */
const SHOWN_AT_ONCE = 2

/** Where to go with a question or a complaint. */
const addresses = (site: Site): Html => {
  const lines = site.agencies
    .filter((a) => a.phone !== null || a.address !== null)
    .map(
      (a) =>
        html`<p>${a.name}${a.address === null ? '' : `　地址：${a.address}`}${
          a.phone === null ? '' : `　监督举报电话：${a.phone}`
        }</p>`,
    )
  return lines.length <= SHOWN_AT_ONCE
    ? html`${lines}`
    : html`<details><summary>各机关的地址和监督举报电话（${lines.length} 个机关）</summary>${lines}</details>`
}

export const layout = (site: Site, page: Page): string =>
  `<!doctype html>\n${
    html`<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="format-detection" content="telephone=no">
<title>${page.title} - ${siteName(site)}</title>
<link rel="stylesheet" href="/assets/portal.css">
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
${(page.scripts ?? []).map((src) => html`<script src="${src}" defer></script>`)}
</head>
<body>
<a class="skip" href="#main">跳到正文</a>
${demonstration(site)}
<header class="top"><div class="wide">
<p class="name"><a href="/">${siteName(site)}</a>${site.agencies.length === 1 ? html`<span>行政执法决定公示</span>` : undefined}</p>
<nav aria-label="主导航">${LINKS.map(
      ([href, label]) =>
        html`<a href="${href}"${href === page.path ? html` aria-current="page"` : undefined}>${label}</a>`,
    )}</nav>
</div></header>
<main id="main" class="wide">${page.body}</main>
<footer><div class="wide">
${addresses(site)}
<p>公示内容经机关审核后发布；决定被撤销、确认违法或变更的，依法撤下。</p>
</div></footer>
${watermark(site)}
</body>
</html>`.html
  }\n`
