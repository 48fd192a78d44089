import type { FoundFile, LogState } from '../ask-server.ts'
import { type Html, html } from '../html.ts'
import type { Page } from '../layout.ts'

const KIND = { document: '文书', recording: '音像记录' } as const
const anchoringOf = ({ anchoring, witnesses: { confirmed, named, size } }: LogState): string =>
  ({
    UNANCHORED: '未锚定（尚无外部见证，仅能证明与本机关日志一致）',
    TIMESTAMPED: '已加盖可信时间戳',
    WITNESSED: `已有外部机构见证（${confirmed}/${named}），确认到第 ${size} 条`,
  })[anchoring]

/** yyyy-MM-dd HH:mm as the clock in China shows it. */
const chinaTime = (instant: string): string =>
  new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(new Date(instant))

/** `unavailable` is not "not found": the answer is then that nothing was checked. */
export type Checked = Readonly<{ sha256: string; answer: FoundFile | 'unavailable' }>

const details = (f: FoundFile): Html =>
  html`${f.kind === undefined ? '' : `类别：${KIND[f.kind]}。`}${f.title === undefined ? '' : `名称：${f.title}。`}${
    f.number === undefined ? '' : `文号：${f.number}。`
  }${f.recordedAt === undefined ? '' : `记录时间：${chinaTime(f.recordedAt)}。`}`

const verdict = ({ sha256, answer }: Checked): Html => {
  if (answer === 'unavailable')
    return html`<div class="verdict unknown" role="status"><h2>未核验</h2><p>核验服务暂时没有应答，没有得出任何结论。请稍后再试。</p></div>`
  if (!answer.found)
    return html`<div class="verdict no" role="status"><h2>日志中没有这个文件</h2><p>文件可能经过改动（转换格式、重新保存、截取都会改变摘要），或者不是本机关送达、公示的文件。请以原始文件再试，或者向本机关查询。</p><p class="hash">${sha256}</p></div>`
  if (answer.correctedAt !== undefined)
    return html`<div class="verdict unknown" role="status"><h2>与日志记录一致，但已经更正</h2><p>${details(answer)}</p><p>这份文书在 ${chinaTime(answer.correctedAt)} 已经更正，现以更正件为准；它仍是当时制发的原件，一个字节都没有改动。更正件请向本机关索取。</p><p class="hash">${sha256}</p></div>`
  return html`<div class="verdict yes" role="status"><h2>与日志记录一致</h2><p>${details(answer)}</p><p>这说明该文件在记录之后一个字节都没有改动；不说明文件内容本身是否属实。</p><p class="hash">${sha256}</p></div>`
}

const logPanel = (state: LogState | undefined, hasFiles: boolean): Html => html`
<section class="proof" aria-labelledby="log"><h2 id="log">透明日志</h2>
${
  state === undefined
    ? html`<p>日志状态暂时取不到，请稍后再试。</p>`
    : html`<dl><div><dt>日志名称</dt><dd>${state.origin}</dd></div>
<div><dt>已记录事件</dt><dd>${state.size} 个</dd></div>
<div><dt>公钥指纹</dt><dd class="key">${state.fingerprint}</dd></div>
<div><dt>验证公钥</dt><dd>${state.vkey}</dd></div>
${state.sm2 === undefined ? undefined : html`<div><dt>国密公钥指纹</dt><dd class="key">${state.sm2.fingerprint}</dd></div><div><dt>国密公钥（SM2）</dt><dd>${state.sm2.vkey}</dd></div>`}<div><dt>锚定</dt><dd>${anchoringOf(state)}</dd></div></dl>
<p>请把公钥指纹与机关另行公布的指纹（公告栏、纸质文书）核对：仅凭本网站给出的指纹，不能证明网站没有被冒充。</p>`
}
${hasFiles ? html`<p class="links"><a href="/log/checkpoint">查看最新检查点</a></p>` : undefined}</section>`

const offlinePanel = (sha256: string): Html => html`
<section class="proof" aria-labelledby="offline"><h2 id="offline">离线核验案卷包</h2>
<p>收到整个案卷包（光盘、U盘）的，可以在不联网的电脑上逐项核验：下载核验页，用浏览器打开，选择案卷包，粘贴上面的验证公钥。案卷包里也附有同一页。</p>
<dl><div><dt>核验页的 SHA-256</dt><dd class="key">${sha256}</dd></div></dl>
<p class="links"><a href="/verify.html">下载核验页 verify.html</a></p></section>`

export const checkPage = (input: {
  checked?: Checked
  state: LogState | undefined
  hasFiles: boolean
  /** SHA-256 of the page for download. */
  verifier?: string
  wrong?: string
}): Page => ({
  title: '文件核验',
  path: '/check',
  script: '/assets/check.js',
  body: html`
<h1>文件核验</h1>
<p class="lead">核对您手中的电子文书（PDF）或者音像记录是否就是本机关记录的那一份。文件只在您的浏览器里计算摘要，<strong>不会上传</strong>。</p>
<section class="drop" id="drop" hidden>
<input id="file" type="file" accept=".pdf,video/*,audio/*,image/*"><label for="file">选择文件，或者把文件拖到这里</label>
<progress id="progress" max="1" value="0" hidden></progress>
<p id="state" role="status" aria-live="polite"></p>
</section>
<p class="lead" id="label" hidden></p>
<form class="search" action="/check" method="get">
<label for="sha256">或者填写文件的 SHA-256 摘要（64位十六进制，可用 sha256sum、certutil -hashfile 计算）</label>
<div><input id="sha256" name="sha256" maxlength="80" value="${input.checked?.sha256 ?? input.wrong ?? ''}" spellcheck="false" autocomplete="off"><button>核验</button></div>
</form>
${
  input.wrong === undefined
    ? undefined
    : html`<div class="verdict unknown" role="alert"><h2>摘要格式不对</h2><p>SHA-256 摘要是64位十六进制字符（0-9、a-f），请检查是否多了空格或者少了字符。</p></div>`
}
${input.checked === undefined ? undefined : verdict(input.checked)}
${logPanel(input.state, input.hasFiles)}
${input.verifier === undefined ? undefined : offlinePanel(input.verifier)}`,
})
