import type { LogState } from '../ask-server.ts'
import { html } from '../html.ts'
import type { Page, Site } from '../layout.ts'
import { keyList } from './keys.ts'

export const aboutPage = (site: Site, log: LogState | undefined): Page => ({
  title: '公示说明',
  path: '/about',
  body: html`
<article class="prose">
<h1>公示说明</h1>
<h2>依据</h2>
<ul>
<li>《中华人民共和国行政处罚法》第四十八条：具有一定社会影响的行政处罚决定应当依法公开；公开的决定被依法变更、撤销、确认违法或者确认无效的，应当在三日内撤回并公开说明理由。</li>
<li>《国务院办公厅关于全面推行行政执法公示制度执法全过程记录制度重大执法决定法制审核制度的指导意见》（国办发〔2018〕118号）：行政许可、行政处罚的执法决定信息自作出决定之日起7个工作日内公开。</li>
<li>《中华人民共和国政府信息公开条例》第十四条至第十六条：涉及国家秘密、商业秘密、个人隐私等的信息不予公开。</li>
</ul>
<h2>公开什么，不公开什么</h2>
<p>公开决定书文号、当事人、违法行为类型（或者事项）、决定内容、决定依据、决定机关和决定日期。自然人的姓名作隐名处理，证件号码、住址、电话不公开；举报人信息一律不公开。</p>
<h2 id="check">怎样核验</h2>
<ol>
<li>在<a href="/check">文件核验</a>页选择您收到的电子文书，浏览器会在本地计算摘要，取得日志的证明，并自己逐项核验；扫描文书上的二维码得到的文字，也可以粘贴在那里。</li>
<li>收到整个案卷包的，用浏览器打开包里的 verify/verify.html 核验；内部文书不公开，只能这样核验。</li>
<li>每条公示都可以下载“公示原始记录”和“包含证明”，不用本机关的软件也能验证。</li>
</ol>
<details><summary>技术说明</summary>
<p>原始记录里的 entry 是日志叶的原文，payload 与 salt 按 SHA-256("liuhen.part.v1\n" + salt + payload) 计算后，应等于叶中 c.pub 的值。包含证明采用 C2SP tlog-proof 格式，检查点采用 C2SP signed note 格式，可用任何符合该标准的工具验证。</p>
</details>
<h2 id="keys">日志的公钥</h2>
<p>核验时请与机关另行公布的指纹（公告栏、纸质文书）逐字比对。</p>
${log === undefined ? html`<p>公钥暂时取不到，请稍后再试。</p>` : keyList(log.keys)}
<h2 id="report">举报与异议</h2>
${
  site.agencies.length === 0
    ? html`<p>机关信息尚未设置。</p>`
    : html`<ul>${site.agencies.map(
        (a) =>
          html`<li>${a.name}：${a.phone === null ? '举报电话未公布，请到机关现场反映' : html`举报电话 <a href="tel:${a.phone}">${a.phone}</a>`}${
            a.address === null ? '' : `；来访地址 ${a.address}`
          }</li>`,
      )}</ul>`
}
<p>发现违法行为，请说明时间、地点和经过；对举报人的信息严格保密。认为公示内容有误或者应当撤下的，请联系作出决定的机关。</p>
</article>`,
})
