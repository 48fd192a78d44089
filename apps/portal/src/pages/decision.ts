import { type Html, html } from '../html.ts'
import type { Page } from '../layout.ts'
import type { Decision } from '../published.ts'

export type DecisionProofView = Readonly<{
  leafHash: string
  /** Absent until the log has taken the event in. */
  index?: number
  hasProof: boolean
}>

const row = (label: string, value: string): Html => html`<div><dt>${label}</dt><dd>${value}</dd></div>`

const proof = (d: Decision, p: DecisionProofView | undefined): Html | undefined =>
  p === undefined
    ? undefined
    : html`<section class="proof" aria-labelledby="proof"><h2 id="proof">留痕核验</h2>
<p>本条公示作为一个事件写入透明日志，${
        p.index === undefined ? '正在等待入链，通常不超过1分钟。' : `序号 ${p.index}。`
      }内容改动任何一个字，下列摘要都对不上。</p>
<dl>${row('日志叶摘要', p.leafHash)}</dl>
<p class="links"><a href="/decisions/${d.id}/record.json" download>下载公示原始记录</a>${
        p.hasProof ? html`<a href="/decisions/${d.id}/proof.tlog-proof" download>下载包含证明</a>` : undefined
      }<a href="/about#check">怎样核验</a></p></section>`

export const decisionPage = (d: Decision, p: DecisionProofView | undefined): Page => ({
  title: d.decisionNo,
  path: '/decisions',
  body: html`
<nav class="crumbs" aria-label="位置"><a href="/">决定公示</a> › <span>${d.decisionNo}</span></nav>
<article class="decision">
<h1>行政执法决定信息<small>${d.decisionNo}</small></h1>
<dl class="facts">
${row('决定书文号', d.decisionNo)}
${row('当事人', d.party)}
${row('违法行为类型（事项）', d.violation)}
${row('决定内容', d.penalty)}
${row('决定依据', d.basis)}
${row('决定机关', d.agency)}
${row('决定日期', d.decidedOn)}
${row('公示时间', d.publishedAt)}
</dl>
<p class="note">自然人的姓名、住址、证件号码和联系方式依法不予公开，姓名已作隐名处理。</p>
</article>
${proof(d, p)}`,
})
