import { html } from '../html.ts'
import type { Page } from '../layout.ts'

/** For every id under which nothing was published: the same words, so that nobody learns which are near. */
export const notFoundPage: Page = {
  title: '没有找到',
  path: '',
  body: html`<section class="message"><h1>没有找到这个页面</h1>
<p>地址可能有误。请返回<a href="/">决定公示</a>重新查找。</p></section>`,
}

export const failurePage: Page = {
  title: '暂时无法显示',
  path: '',
  body: html`<section class="message"><h1>暂时无法显示</h1><p>系统没有应答，请稍后刷新。</p></section>`,
}
