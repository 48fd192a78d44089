import { html } from '../html.ts'
import type { Page } from '../layout.ts'
import type { Withdrawal } from '../published.ts'

/** pen-48: whoever comes back to a decision that was taken back reads that it was, when and why. */
export const withdrawnPage = (w: Withdrawal): Page => ({
  title: `已撤下：${w.decisionNo}`,
  path: '/decisions',
  body: html`<section class="message"><h1>本条公示已经撤下</h1>
<p>${w.agency}于${w.publishedAt}公示的${w.decisionNo}，已于${w.withdrawnAt}依法撤下。</p>
<p>撤下理由：${w.reason}</p>
<p>请返回<a href="/">决定公示</a>查看其他公示。</p></section>`,
})
