import { type Html, html } from '../html.ts'
import type { Page } from '../layout.ts'
import type { Decision, DecisionPage } from '../published.ts'

const card = (d: Decision): Html => html`<li><article>
<h2><a href="/decisions/${d.id}">${d.decisionNo}</a></h2>
<p class="party">${d.party}</p>
<p class="what">${d.violation}</p>
<p class="penalty">${d.penalty}</p>
<p class="when"><span>${d.agency}</span> <span>决定日期 <time datetime="${d.decidedOn}">${d.decidedOn}</time></span> <span>公示 <time>${d.publishedAt}</time></span></p>
</article></li>`

const link = (q: string, page: number): string =>
  `/?${new URLSearchParams({ ...(q === '' ? {} : { q }), page: String(page) }).toString()}`

const pager = (q: string, { page, pages }: DecisionPage): Html | undefined =>
  pages === 1
    ? undefined
    : html`<nav class="pager" aria-label="分页">
${page > 1 ? html`<a rel="prev" href="${link(q, page - 1)}">上一页</a>` : html`<span>上一页</span>`}
<span>第 ${page} 页，共 ${pages} 页</span>
${page < pages ? html`<a rel="next" href="${link(q, page + 1)}">下一页</a>` : html`<span>下一页</span>`}
</nav>`

const nothing = (q: string): Html =>
  q === ''
    ? html`<p class="empty">目前没有公示中的决定。</p>`
    : html`<p class="empty">没有找到与“${q}”相符的公示决定。请核对文号或当事人名称，自然人姓名公示时已作隐名处理；也可<a href="/">查看全部</a>。</p>`

export const homePage = (q: string, found: DecisionPage): Page => ({
  title: q === '' ? '决定公示' : `检索：${q}`,
  path: '/',
  body: html`
<h1>行政执法决定公示</h1>
<form class="search" role="search" action="/" method="get">
<label for="q">按文号、当事人、违法行为或机关检索</label>
<div><input id="q" name="q" type="search" maxlength="60" value="${q}"><button>检索</button></div>
</form>
${
  found.items.length === 0
    ? nothing(q)
    : html`<p class="count">共 ${found.total} 件${q === '' ? '' : `与“${q}”相符的决定`}，按公示时间从新到旧排列。</p>
<ol class="decisions">${found.items.map(card)}</ol>${pager(q, found)}`
}`,
})
